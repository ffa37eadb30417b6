/** The scripts that a service hands out, each bundled when a page first needs it, and their hashes for a manifest. */
import { createHash } from 'node:crypto';
import type { Asset } from './assets.ts';
import {
  bundleDeskIsland,
  bundleMemberIslands,
  bundleRecountIsland,
  bundleTrusteeIsland,
  MEMBER_PAGES,
  type MemberPage,
} from './islands.ts';

/** What fails is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The scripts that the public trusts, by page and worker. The reader of codes is bound by its hash in those that load it. */
export type PublicScript =
  | MemberPage
  | 'recount'
  | 'recount-worker'
  | 'key-worker'
  | 'trustee'
  | 'trustee-worker';

/** SHA-256, base64url. */
export type ScriptHashes = Readonly<Record<PublicScript, string>>;

const hashOf = ({ bytes }: Asset): string => createHash('sha256').update(bytes).digest('base64url');

export class Scripts {
  readonly members = once(bundleMemberIslands);
  readonly recount = once(bundleRecountIsland);
  readonly trustee = once(async () => await bundleTrusteeIsland());
  readonly desk = once(bundleDeskIsland);

  /** What a manifest lists as `booth`: of every script that members, observers and trustees run. */
  async hashes(): Promise<ScriptHashes> {
    const [members, recount, trustee] = await Promise.all([this.members(), this.recount(), this.trustee()]);
    const ofMembers = MEMBER_PAGES.map((page) => [page, hashOf(members[page])] as const);
    return {
      ...(Object.fromEntries(ofMembers) as Record<MemberPage, string>),
      recount: hashOf(recount.script),
      'recount-worker': hashOf(recount.worker),
      'key-worker': hashOf(recount.keyWorker),
      trustee: hashOf(trustee.script),
      'trustee-worker': hashOf(trustee.worker),
    };
  }
}
