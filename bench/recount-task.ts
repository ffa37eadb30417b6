/** A recount that is timed, after the program has been loaded. */
import { hintFolder } from '../src/cli/hint-folder.ts';
import { folderSource } from '../src/cli/sources.ts';
import { bigintKernel } from '../src/crypto/kernel/bigint.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import type { HintStore } from '../src/tally/ballots/hints.ts';
import { verifyRecord } from '../src/tally/verify/verify-record.ts';
import { nodeCheckers } from '../src/tally/workers/node-checkers.ts';
import type { RecountTask, RecountTimes } from './child.ts';
import type { RecountWay } from './effort.ts';

/** Only `making` writes them. */
function hintsFor(way: RecountWay, store: HintStore): HintStore | undefined {
  if (way.startsWith('making')) return store;
  return way.startsWith('hints') ? { read: (path) => store.read(path) } : undefined;
}

/** @param task a RecountTask, in JSON. */
export async function recount(task: string): Promise<RecountTimes> {
  const { directory, election, way } = JSON.parse(task) as RecountTask;
  const kernel = way === 'bigint.1core' ? bigintKernel : wasmKernel;
  const checkers = way.endsWith('.2cores') ? nodeCheckers({ threads: 1, here: true }) : null;
  const marks = [performance.now()];
  const works = [process.cpuUsage()];
  const { ok, checks } = await verifyRecord(folderSource(directory), {
    anchor: { manifest: election },
    kernel,
    checking: checkers?.checking,
    scratch: checkers?.scratch,
    hints: hintsFor(way, hintFolder(directory)),
    onProgress: ({ stage }) => {
      if (stage !== 'count') return;
      marks.push(performance.now());
      works.push(process.cpuUsage(works[0]));
    },
  });
  marks.push(performance.now());
  await checkers?.stop();
  if (!ok) throw new Error(checks.flatMap(({ failures }) => failures.map(({ why }) => why))[0]);
  const seconds = (i: number): number => ((marks[i + 1] ?? 0) - (marks[i] ?? 0)) / 1000;
  // In kilobytes, of all threads.
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const { user = 0, system = 0 } = works[1] ?? {};
  const work = (user + system) / 1e6;
  return { ballots: seconds(0), countTree: seconds(1), decryption: seconds(2), megabytes, work };
}
