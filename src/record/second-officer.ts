/** Entries that two officers sign, because the manifest says so (docs/protocol.md §5.1). */
import type { ManifestBody, SecondKind } from '../ballot/manifest.ts';
import type { SignedEntry } from './entries.ts';

type Signed = Pick<SignedEntry, 'type' | 'body'>;

/** What a manifest calls the entry: an act by its kind, any other by its type. */
function kindOf({ type, body }: Signed): string {
  return type === 'act' && 'act' in body ? body.act.kind : type;
}

/** Whether another officer than the first has to sign the entry too. */
export function needsSecond(entry: Signed, { roles }: Pick<ManifestBody, 'roles'>): boolean {
  const kinds: readonly (SecondKind | undefined)[] = roles.second ?? [];
  return kinds.some((kind) => kind === kindOf(entry));
}
