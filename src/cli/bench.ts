/** `teller bench`: the benchmark of bench/, on this machine. */
import type { Command } from 'commander';

interface BenchOptions {
  readonly quick?: boolean;
  readonly json?: string;
  readonly only?: readonly string[];
}

export function addBench(program: Command): void {
  program
    .command('bench')
    .description('measure primitives, ballots, whole recounts, casting, trustees and what pages load')
    .option('--quick', 'fewer runs, smaller records: a few minutes')
    .option('--json <file>', 'write {machine, figures: [{name, unit, value, runs}]} there')
    .option('--only <part...>', 'recounts, browser, booth, casting, primitives, ballots, trustees, bundles')
    .action(async ({ quick = false, json, only }: BenchOptions) => {
      const { runBench } = await import('../../bench/run.ts');
      await runBench({ quick, file: json, only });
    });
}
