/** `teller serve`: the service on its embedded databases, until it is told to stop. */
import type { Command } from 'commander';
import { readConfig } from '../api/config.ts';
import { wholeNumber } from './options.ts';

interface ServeOptions {
  readonly data?: string;
  readonly port?: number;
  readonly host?: string;
  readonly url?: string;
  readonly json?: true;
}

/** Resolves when the process is told to stop, or when the process that started it has gone. */
function told(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    if (process.connected) process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
}

async function serve(options: ServeOptions): Promise<void> {
  const config = readConfig();
  const dataDir = options.data ?? config.dataDir;
  const stop = told();
  // The other commands need none of it.
  const { startServer } = await import('../api/server.ts');
  const server = await startServer({
    dataDir,
    port: options.port ?? config.port,
    host: options.host ?? config.host,
    publicUrl: options.url?.replace(/\/+$/, '') ?? config.publicUrl,
    votesPerMinute: config.votesPerMinute,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  if (options.json) process.stdout.write(`${JSON.stringify({ url: server.url, data: dataDir })}\n`);
  else {
    process.stdout.write(`teller is at ${server.url}, its data in ${dataDir}. Ctrl-C stops it.\n`);
    if (server.officerKey !== null) {
      process.stdout.write(
        `The keys of two officers are new, in ${dataDir}/officer-key and second-officer-key. Give one away.\n`,
      );
    }
  }
  await stop;
  await server.stop();
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the service: ballot box, registrar and public pages')
    .option('--data <dir>', 'where databases and keys are kept (TELLER_DATA, or var)')
    .option(
      '--port <n>',
      'port to listen at; 0 lets the system choose (TELLER_PORT, or 8080)',
      wholeNumber(0, 65_535),
    )
    .option('--host <host>', 'address to listen at (TELLER_HOST, or 127.0.0.1)')
    .option('--url <url>', 'the address that members see (TELLER_URL)')
    .option('--json', 'say where it is in one line of JSON')
    .action(serve);
}
