/** `teller`: one file for each subcommand, an exit code from exit.ts, and one line for every error. */
import { Command, CommanderError } from 'commander';
import { addBench } from './bench.ts';
import { addCast } from './cast.ts';
import { addDemo } from './demo.ts';
import { addEntitlements } from './entitlements.ts';
import { EXIT, exitCodeOf, messageOf } from './exit.ts';
import { addExport } from './export.ts';
import { addObserver } from './observer.ts';
import { addOfficer } from './officer.ts';
import { addRegistrar } from './registrar.ts';
import { addServe } from './serve.ts';
import { addTrustee } from './trustee.ts';
import { addVerify } from './verify.ts';

const program = new Command('teller')
  .description("Ballots and counts that anyone can check, for members' organisations.")
  .exitOverride()
  .showHelpAfterError('(teller --help lists the commands)');

for (const add of [
  addServe,
  addOfficer,
  addRegistrar,
  addEntitlements,
  addTrustee,
  addCast,
  addExport,
  addVerify,
  addObserver,
  addBench,
  addDemo,
]) {
  add(program);
}

// Started by another process over a channel: whatever becomes of that one, this one does not outlive it.
if (process.connected && process.argv[2] !== 'serve')
  process.once('disconnect', () => process.exit(EXIT.couldNotRun));
process.channel?.unref();

// A fault of the program is no verdict.
process.on('uncaughtException', (error) => {
  process.stderr.write(`teller: a fault: ${error.stack ?? messageOf(error)}\n`);
  process.exit(EXIT.couldNotRun);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  // Commander has said what is wrong with the arguments.
  if (!(error instanceof CommanderError)) process.stderr.write(`teller: ${messageOf(error)}\n`);
}
