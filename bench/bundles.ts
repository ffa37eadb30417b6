/** How much a browser loads for each page with a script, compressed as servers do. */
import { gzipSync } from 'node:zlib';
import * as islands from '../src/web/islands.ts';
import { type Figure, rounded } from './figure.ts';

const named = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export async function* bundles(): AsyncGenerator<Figure> {
  for (const [name, bundle] of Object.entries(islands)) {
    if (!name.startsWith('bundle') || typeof bundle !== 'function') continue;
    for (const [part, { bytes }] of Object.entries(await bundle())) {
      const kilobytes = gzipSync(bytes, { level: 9 }).length / 1000;
      const page = named(name).replace(/^bundle-/, '');
      yield { name: `bundle.${page}.${part}.gzip_kb`, unit: 'kB', value: rounded(kilobytes), runs: 1 };
    }
  }
}
