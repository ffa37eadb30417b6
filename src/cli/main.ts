/** `teller`: one file for each subcommand, an exit code from exit.ts, and one line for every error. */
import { Command, CommanderError } from 'commander';
import { EXIT, exitCodeOf, messageOf } from './exit.ts';

/** Where the commands are, in the order of the help. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  serve: async () => (await import('./serve.ts')).addServe,
  officer: async () => (await import('./officer.ts')).addOfficer,
  registrar: async () => (await import('./registrar.ts')).addRegistrar,
  entitlements: async () => (await import('./entitlements.ts')).addEntitlements,
  trustee: async () => (await import('./trustee.ts')).addTrustee,
  cast: async () => (await import('./cast.ts')).addCast,
  export: async () => (await import('./export.ts')).addExport,
  verify: async () => (await import('./verify.ts')).addVerify,
  observer: async () => (await import('./observer.ts')).addObserver,
  bench: async () => (await import('./bench.ts')).addBench,
  demo: async () => (await import('./demo.ts')).addDemo,
};

const program = new Command('teller')
  .description("Ballots and counts that anyone can check, for members' organisations.")
  .exitOverride()
  .showHelpAfterError('(teller --help lists the commands)');

// Only the command that is asked for is loaded, and all of them to list them. `demo-members` is one of demo's.
const asked = process.argv[2]?.split('-')[0] ?? '';
for (const load of Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]] : Object.values(COMMANDS)) {
  (await load?.())?.(program);
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
