/** The scripts of the pages that need some, bundled from their source by esbuild: the same source gives the same bytes. */
import { createHash } from 'node:crypto';
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

export interface TrusteeIsland {
  readonly script: Asset;
  readonly worker: Asset;
}

/** @param workFactor base-2 logarithm of scrypt's work for key files that the page writes: age's own is 18. */
export async function bundleTrusteeIsland(workFactor = 18): Promise<TrusteeIsland> {
  try {
    const worker = await bundle('trustee/island/worker.ts', {
      define: { WORK_FACTOR: String(workFactor) },
    });
    const script = await bundle('trustee/island/page.ts', {
      define: { WORKER_PATH: JSON.stringify(worker.path) },
    });
    return { script, worker };
  } finally {
    // Or its process would stay.
    await stop();
  }
}

/** The script of the workers that recount a record in a page: see recount/recount.ts. */
export async function bundleRecountWorker(): Promise<{ readonly worker: Asset }> {
  try {
    return { worker: await bundle('recount/worker.ts') };
  } finally {
    await stop();
  }
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
  const { worker } = await bundleRecountWorker();
  try {
    const keyWorker = await bundleKeyWorker();
    const define = { WORKER_NAME: beside(worker), KEY_WORKER_NAME: beside(keyWorker) };
    return { script: await bundle('recount/page.tsx', { define }), worker, keyWorker };
  } finally {
    await stop();
  }
}

export interface DeskIsland {
  readonly script: Asset;
  readonly keyWorker: Asset;
}

/** The script of every page of the officers' desk, and that of its workers. */
export async function bundleDeskIsland(): Promise<DeskIsland> {
  try {
    const keyWorker = await bundleKeyWorker();
    const define = { KEY_WORKER_NAME: beside(keyWorker) };
    return { script: await bundle('desk/island/desk.tsx', { define }), keyWorker };
  } finally {
    await stop();
  }
}

/** The scripts of a member's pages, by the page. */
/** And the reader of codes that pages load when it is asked for. */
export type MemberIslands = Readonly<Record<MemberPage | 'scanner', Asset>>;

export const MEMBER_PAGES = ['vote', 'check', 'my-vote', 'dispute'] as const;
export type MemberPage = (typeof MEMBER_PAGES)[number];

const ofPages = <T>(pairs: readonly (readonly [MemberPage, T])[]): Readonly<Record<MemberPage, T>> =>
  Object.fromEntries(pairs) as Record<MemberPage, T>;

export async function bundleMemberIslands(): Promise<MemberIslands> {
  try {
    const scanner = await bundle('member/island/scanner.ts');
    const bundling = {
      plugins: [plainKernel, smallSchemas],
      define: {
        SCANNER_PATH: JSON.stringify(scanner.path),
        SCANNER_INTEGRITY: JSON.stringify(scanner.integrity),
      },
    };
    const pages = ofPages(
      await Promise.all(
        MEMBER_PAGES.map(
          async (page) => [page, await bundle(`member/island/${page}.tsx`, bundling)] as const,
        ),
      ),
    );
    return { ...pages, scanner };
  } finally {
    await stop();
  }
}

/**
 * What a manifest lists as `booth`: the SHA-256 of each script of the members' pages, base64url, by the page. The reader
 * of codes is bound by its hash in them.
 */
export async function boothHashes(
  bundled = bundleMemberIslands(),
): Promise<Readonly<Record<MemberPage, string>>> {
  const islands = await bundled;
  const hashOf = ({ bytes }: Asset): string => createHash('sha256').update(bytes).digest('base64url');
  return ofPages(MEMBER_PAGES.map((page) => [page, hashOf(islands[page])] as const));
}
