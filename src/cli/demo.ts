/** `teller demo`: a whole election on this machine, every party a process of its own. */
import { type Command, Option } from 'commander';
import type { DemoOptions } from './demo/demo-options.ts';
import type { IntruderOptions } from './demo/intruder.ts';
import type { MembersOptions } from './demo/members.ts';
import { wholeNumber } from './options.ts';

const DEFAULT_MEMBERS = 3000;

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'run a whole election over HTTP: officer, registrar, trustees, members, and a recount of what is exported',
    )
    .option('--members <n>', 'size of the invented membership', wholeNumber(30, 1_000_000), DEFAULT_MEMBERS)
    .option('--seed <text>', 'of names, branches and choices; printed, drawn without it')
    .option(
      '--trustees <n>',
      'how many share the key; 1: the automatic one of the server',
      wholeNumber(1, 50),
      3,
    )
    .option('--threshold <t>', 'how many of them decrypt', wholeNumber(1, 50), 2)
    .option('--lose <k>', 'how many drop out before the decryption (1 where one may)', wholeNumber(0, 49))
    .option('--turnout <percent>', 'of the members; delegates vote more', wholeNumber(1, 100), 80)
    .option('--data <dir>', 'a new folder for everything that the parties keep; a temporary one without it')
    .option('--record <dir>', 'leave the exported record in this new folder')
    .option('--port <n>', 'of the server; 0 lets the system choose', wholeNumber(0, 65_535), 0)
    .option('--once', 'exit at the end, instead of serving the record while a terminal watches')
    .option('--json', 'a summary as one line of JSON')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      await runDemo(options);
    });

  const voters = (name: string, description: string): Command =>
    program
      .command(name, { hidden: true })
      .description(description)
      .requiredOption('--server <url>')
      .requiredOption('--election <hash>')
      .requiredOption('--letters <file>')
      .requiredOption('--seed <text>')
      .addOption(new Option('--turnout <percent>').argParser(Number).makeOptionMandatory());
  voters('demo-members', 'one process of the demonstration: a part of the members vote')
    .requiredOption('--part <i>', 'from 0', wholeNumber(0, 1000))
    .requiredOption('--of <n>', 'parts', wholeNumber(1, 1000))
    .action(async (options: MembersOptions) => {
      const { runMembers } = await import('./demo/members.ts');
      await runMembers(options);
    });
  voters('demo-intruder', 'one process of the demonstration: ballots that must be refused')
    .requiredOption('--attempts <n>', 'of each kind', wholeNumber(1, 1000))
    .action(async (options: IntruderOptions) => {
      const { runIntruder } = await import('./demo/intruder.ts');
      await runIntruder(options);
    });
}
