/** The scripts of the pages that need some, bundled from their source by esbuild: the same source gives the same bytes. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';
import { type Asset, asset } from './assets.ts';

/** zod's messages in fifty languages, of which nobody reads one: a third of the bytes. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Bundles a script with all that it imports.
 * @param source below this folder.
 * @param define what stands for names that the source declares, as expressions.
 */
async function bundle(source: string, define: Readonly<Record<string, string>> = {}): Promise<Asset> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
    bundle: true,
    write: false,
    outdir: 'assets',
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    legalComments: 'eof',
    plugins: [withoutLocales],
    logLevel: 'silent',
    define,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new TypeError(`esbuild made nothing of ${source}`);
  return asset(basename(output.path), output.contents);
}

export interface TrusteeIsland {
  readonly script: Asset;
  readonly worker: Asset;
}

/** @param workFactor base-2 logarithm of scrypt's work for key files that the page writes: age's own is 18. */
export async function bundleTrusteeIsland(workFactor = 18): Promise<TrusteeIsland> {
  try {
    const worker = await bundle('trustee/island/worker.ts', { WORK_FACTOR: String(workFactor) });
    const script = await bundle('trustee/island/page.ts', { WORKER_PATH: JSON.stringify(worker.path) });
    return { script, worker };
  } finally {
    // Or its process would stay.
    await stop();
  }
}
