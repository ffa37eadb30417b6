/** Scripts and styles by the hash of their bytes: kept for ever, and named with that hash by the page that loads them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Handler } from 'hono';

export interface Asset {
  /** Where it is served, with its hash. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For the attribute of this name (W3C Subresource Integrity). */
  readonly integrity: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** @param name of the file, such as `page.js`. */
export function asset(name: string, contents: Uint8Array): Asset {
  const bytes = new Uint8Array(contents);
  const [stem = '', extension = ''] = name.split(/(?=\.)/);
  const hash = createHash('sha384').update(bytes);
  return {
    path: `/assets/${stem}-${hash.copy().digest('hex').slice(0, 16)}${extension}`,
    type: TYPES[extension] ?? 'application/octet-stream',
    bytes,
    integrity: `sha384-${hash.digest('base64')}`,
  };
}

const styleFile = (name: string): Asset =>
  asset(name, readFileSync(new URL(`style/${name}`, import.meta.url)));

/** Of every page. */
export const STYLE = styleFile('teller.css');
export const ICON = styleFile('icon.svg');

const zips = new WeakMap<Asset, Uint8Array<ArrayBuffer>>();

/** Compressed once; a browser hashes what it was before (W3C Subresource Integrity §3.3). */
function zipped(asset: Asset): Uint8Array<ArrayBuffer> {
  const zip = zips.get(asset) ?? new Uint8Array(gzipSync(asset.bytes, { level: 9 }));
  zips.set(asset, zip);
  return zip;
}

/**
 * The policies of workers, which have none of the page's: as headers of their scripts.
 * @param policies by the name of the script's source.
 */
export function workerPolicies(
  policies: Readonly<Record<string, string>>,
): (asset: Asset) => Record<string, string> {
  return ({ path }) => {
    const found = Object.entries(policies).find(([name]) => path.startsWith(`/assets/${name}-`));
    return found === undefined ? {} : { 'content-security-policy': found[1] };
  };
}

/**
 * Serves the assets of a page.
 * @param headers of one asset, in addition.
 */
export function serveAssets(
  assets: () => Promise<readonly Asset[]>,
  headers: (asset: Asset) => Record<string, string> = () => ({}),
): Handler {
  return async (c, next) => {
    const found = (await assets()).find(({ path }) => path === c.req.path);
    if (found === undefined) return await next();
    const isZipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    return c.body(isZipped ? zipped(found) : found.bytes, 200, {
      ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
      vary: 'Accept-Encoding',
      'content-type': found.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
      ...headers(found),
    });
  };
}
