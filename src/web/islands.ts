/** The scripts of the pages that need some, bundled from their source by esbuild: the same source gives the same bytes. */
import { readFile } from 'node:fs/promises';
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
 * For members' telephones: in the place of zod what the record's schemas use of it (member/island/schema.ts), imported
 * so that what is not used can be left out.
 */
const smallSchemas: Plugin = {
  name: 'small-schemas',
  setup(build) {
    const schema = fileURLToPath(new URL('member/island/schema.ts', import.meta.url));
    build.onResolve({ filter: /^zod$/ }, () => ({ path: schema }));
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return {
        loader: 'ts',
        contents: source.replace("import { z } from 'zod'", "import * as z from 'zod'"),
      };
    });
  },
};

/** Members' pages may compile nothing: the kernel on plain integers stands in for the one in WebAssembly. */
const plainKernel: Plugin = {
  name: 'plain-kernel',
  setup(build) {
    build.onLoad({ filter: /\/crypto\/kernel\/wasm\.ts$/ }, () => ({
      loader: 'ts',
      contents: "export { bigintKernel as wasmKernel } from './bigint.ts';",
    }));
  },
};

interface Bundling {
  /** What stands for names that the source declares, as expressions. */
  readonly define?: Readonly<Record<string, string>>;
  readonly plugins?: readonly Plugin[];
}

/**
 * Bundles a script with all that it imports.
 * @param source below this folder.
 */
async function bundle(
  source: string,
  { define = {}, plugins = [withoutLocales] }: Bundling = {},
): Promise<Asset> {
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
    plugins: [...plugins],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
    external: ['/assets/*'],
    define: { ...define },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new TypeError(`esbuild made nothing of ${source}`);
  return asset(basename(output.path), output.contents);
}

let underway = 0;

/** The bundler's process ends when nobody is at work, or the service's would never end; and not before. */
async function atWork<T>(make: () => Promise<T>): Promise<T> {
  underway += 1;
  try {
    return await make();
  } finally {
    underway -= 1;
    if (underway === 0) await stop();
  }
}

export interface TrusteeIsland {
  readonly script: Asset;
  readonly worker: Asset;
}

/** @param workFactor base-2 logarithm of scrypt's work for key files that the page writes: age's own is 18. */
export async function bundleTrusteeIsland(workFactor = 18): Promise<TrusteeIsland> {
  return await atWork(async () => {
    const worker = await bundle('trustee/island/worker.ts', {
      define: { WORK_FACTOR: String(workFactor) },
    });
    const script = await bundle('trustee/island/page.ts', {
      define: { WORKER_PATH: JSON.stringify(worker.path) },
    });
    return { script, worker };
  });
}

/** The script of the workers that recount a record in a page: see recount/recount.ts. */
export async function bundleRecountWorker(): Promise<{ readonly worker: Asset }> {
  return await atWork(async () => ({ worker: await bundle('recount/worker.ts') }));
}

/** How a page names a worker's script: beside its own, wherever that is. */
const beside = ({ path }: Asset): string => JSON.stringify(`./${basename(path)}`);

/** The script of the workers that open signing keys: see keys/key-work.ts. */
const bundleKeyWorker = (): Promise<Asset> => bundle('keys/key-worker.ts');

export interface RecountIsland {
  readonly script: Asset;
  readonly worker: Asset;
  readonly keyWorker: Asset;
}

/** The page of a recount, and the scripts of its workers. */
export async function bundleRecountIsland(): Promise<RecountIsland> {
  return await atWork(async () => {
    const { worker } = await bundleRecountWorker();
    const keyWorker = await bundleKeyWorker();
    const define = { WORKER_NAME: beside(worker), KEY_WORKER_NAME: beside(keyWorker) };
    return { script: await bundle('recount/page.tsx', { define }), worker, keyWorker };
  });
}

export interface DeskIsland {
  readonly script: Asset;
  readonly keyWorker: Asset;
}

/** The script of every page of the officers' desk, and that of its workers. */
export async function bundleDeskIsland(): Promise<DeskIsland> {
  return await atWork(async () => {
    const keyWorker = await bundleKeyWorker();
    const define = { KEY_WORKER_NAME: beside(keyWorker) };
    return { script: await bundle('desk/island/desk.tsx', { define }), keyWorker };
  });
}

export const MEMBER_PAGES = ['vote', 'check', 'my-vote', 'dispute'] as const;
export type MemberPage = (typeof MEMBER_PAGES)[number];

/** The scripts of a member's pages, by the page, and the reader of codes that pages load when it is asked for. */
export type MemberIslands = Readonly<Record<MemberPage | 'scanner', Asset>>;

export async function bundleMemberIslands(): Promise<MemberIslands> {
  return await atWork(async () => {
    const scanner = await bundle('member/island/scanner.ts');
    const bundling = {
      plugins: [plainKernel, smallSchemas],
      define: {
        SCANNER_PATH: JSON.stringify(scanner.path),
        SCANNER_INTEGRITY: JSON.stringify(scanner.integrity),
      },
    };
    const pages = await Promise.all(
      MEMBER_PAGES.map(async (page) => [page, await bundle(`member/island/${page}.tsx`, bundling)] as const),
    );
    return { ...(Object.fromEntries(pages) as Record<MemberPage, Asset>), scanner };
  });
}
