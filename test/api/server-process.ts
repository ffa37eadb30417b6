/** Runs the service in a process of its own, to be killed: prints its address on standard output. */
import { startServer } from '../../src/api/server.ts';

const [dataDir = ''] = process.argv.slice(2);
const { url } = await startServer({
  dataDir,
  port: 0,
  host: '127.0.0.1',
  publicUrl: null,
  report: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${url}\n`);
