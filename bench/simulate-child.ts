/** Makes one simulated record, in the process that recounts.ts and browser.ts start for it: a large one needs room. */
import {
  type SimulatedRecordOptions,
  writeSimulatedRecord,
} from '../src/simulation/write-simulated-record.ts';

const options = JSON.parse(process.argv[2] ?? '') as SimulatedRecordOptions;
process.stdout.write(JSON.stringify(await writeSimulatedRecord(options)));
