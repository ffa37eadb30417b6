/**
 * Prints the SHA-256 of each script of the members' pages, as this source gives it: `npm run booth-hashes`. A manifest
 * lists them as `booth`, and a server that follows it serves these very bytes.
 */
import { boothHashes } from '../src/web/islands.ts';

for (const [page, hash] of Object.entries(await boothHashes())) process.stdout.write(`${hash}  ${page}\n`);
