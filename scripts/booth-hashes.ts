/**
 * Prints the SHA-256 of each script that members, observers and trustees run, as this source gives it: `npm run
 * booth-hashes`. A manifest lists them as `booth`, and a server that follows it serves these very bytes.
 */
import { Scripts } from '../src/web/scripts.ts';

for (const [name, hash] of Object.entries(await new Scripts().hashes()))
  process.stdout.write(`${hash}  ${name}\n`);
