/** One recount, in the process that recounts.ts starts for it: as the program does, modules come from the cache of compiled ones. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { recount } = await import('./recount-task.ts');
process.stdout.write(JSON.stringify(await recount(process.argv[2] ?? '')));
