/** Progress of anything over a second: a bar in a terminal, a line now and then elsewhere; always on stderr. */

/** Loaded where there is a terminal to draw in. */
const bars = process.stderr.isTTY ? await import('cli-progress') : null;

export interface Progress {
  update(done: number, total?: number): void;
  stop(): void;
}

const SECONDS_BETWEEN_LINES = 5;

export function startProgress(title: string, total: number, quiet = false): Progress {
  if (quiet) return { update: () => {}, stop: () => {} };
  if (bars !== null) {
    const bar = new bars.SingleBar(
      {
        format: `  ${title.padEnd(34)} {bar} {value}/{total}`,
        hideCursor: true,
        clearOnComplete: true,
        stream: process.stderr,
      },
      bars.Presets.rect,
    );
    bar.start(total, 0);
    return {
      update(done, newTotal) {
        if (newTotal !== undefined) bar.setTotal(newTotal);
        bar.update(done);
      },
      stop: () => bar.stop(),
    };
  }
  let last = Date.now();
  let latest = total;
  return {
    update(done, newTotal) {
      if (newTotal !== undefined) latest = newTotal;
      if (Date.now() - last < SECONDS_BETWEEN_LINES * 1000) return;
      last = Date.now();
      process.stderr.write(`  ${title}: ${done} of ${latest}\n`);
    },
    stop: () => {},
  };
}
