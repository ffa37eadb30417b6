/** `teller demo`: a whole election on this machine, every party a process of its own. */
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { DemoOptions } from './demo/demo-options.ts';
import type { IntruderOptions } from './demo/intruder.ts';
import type { MembersOptions } from './demo/members.ts';
import { wholeNumber } from './options.ts';

const DEFAULT_MEMBERS = 3000;

async function listScenarios(): Promise<void> {
  const { readScenario, scenarioNames } = await import('./scenario/scenario-file.ts');
  for (const name of await scenarioNames()) {
    const { title } = await readScenario(name);
    process.stdout.write(`${name.padEnd(28)} ${title}\n`);
  }
}

async function runScenarios(asked: string, record: string | undefined): Promise<void> {
  const { readScenario, scenarioNames } = await import('./scenario/scenario-file.ts');
  const { runScenario } = await import('./scenario/run-scenario.ts');
  if (asked !== 'all') return await runScenario(await readScenario(asked), record);
  for (const name of await scenarioNames())
    await runScenario(await readScenario(name), record === undefined ? undefined : join(record, name));
}

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
    .option('--list', 'name the scenarios: whole elections with made-up ballots, and what must come of them')
    .option('--scenario <name>', 'run that scenario instead; "all" runs one after the other')
    .action(async (options: DemoOptions & { readonly list?: true; readonly scenario?: string }) => {
      if (options.list) return await listScenarios();
      if (options.scenario !== undefined) return await runScenarios(options.scenario, options.record);
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
