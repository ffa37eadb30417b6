/**
 * The scripts of the pages that need some, bundled from their source by esbuild: the same source gives the same bytes.
 * Each is served under its hash, so that it can be kept for ever, and named with that hash by the page that loads it.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';

export interface Asset {
  /** Where it is served, with its hash. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For the attribute of this name (W3C Subresource Integrity). */
  readonly integrity: string;
}

const TYPES = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/** zod's messages in fifty languages, of which nobody reads one: a third of the bytes. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * Bundles a script with all that it imports, or a style sheet.
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
  const bytes = new Uint8Array(output.contents);
  const [name = '', extension = ''] = basename(output.path).split(/(?=\.)/);
  const hash = createHash('sha384').update(bytes);
  return {
    path: `/assets/${name}-${hash.copy().digest('hex').slice(0, 16)}${extension}`,
    type: extension === '.css' ? TYPES['.css'] : TYPES['.js'],
    bytes,
    integrity: `sha384-${hash.digest('base64')}`,
  };
}

export interface TrusteeIsland {
  readonly script: Asset;
  readonly worker: Asset;
  readonly style: Asset;
}

/** @param workFactor base-2 logarithm of scrypt's work for key files that the page writes: age's own is 18. */
export async function bundleTrusteeIsland(workFactor = 18): Promise<TrusteeIsland> {
  try {
    const worker = await bundle('trustee/island/worker.ts', { WORK_FACTOR: String(workFactor) });
    const script = await bundle('trustee/island/page.ts', { WORKER_PATH: JSON.stringify(worker.path) });
    return { script, worker, style: await bundle('trustee/trustee.css') };
  } finally {
    // Or its process would stay.
    await stop();
  }
}
