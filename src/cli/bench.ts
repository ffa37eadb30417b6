/** `teller bench`: the benchmark of bench/, on this machine. */
import type { Command } from 'commander';

interface BenchOptions {
  readonly quick?: boolean;
  readonly json?: string;
}

export function addBench(program: Command): void {
  program
    .command('bench')
    .description('measure what a ballot costs: encrypting, verifying, counting, decrypting, casting')
    .option('--quick', 'fewer runs, smaller batches')
    .option('--json <file>', 'write {machine, figures: [{name, unit, value, runs}]} there')
    .action(async ({ quick = false, json }: BenchOptions) => {
      const { runBench } = await import('../../bench/run.ts');
      await runBench({ quick, file: json });
    });
}
