/** What officers have entered beside the course of an election (docs/protocol.md §5.3), and what follows from it. */
import type { ManifestBody } from '../ballot/manifest.ts';
import { type Bytes, fromBase64Url, toBase64Url, u32 } from '../crypto/bytes.ts';
import { TAGS } from '../crypto/tags.ts';
import { hash256, hash512_256 } from '../crypto/transcript.ts';
import type { Act } from './entries.ts';
import type { Place, Placed } from './item.ts';

export type ActKind = Act['kind'];
export type ActOf<K extends ActKind> = Extract<Act, { kind: K }>;

export interface PlacedAct<A extends Act = Act> extends Place {
  /** The officer who signed it, from 1. */
  readonly officer: number;
  readonly act: A;
  /** All that its officers signed, in canonical form. */
  readonly content: string;
}

/** What the record has of them. */
interface Acts {
  readonly acts: readonly PlacedAct[];
}

/** The acts of a kind, in log order. */
export function actsOf<K extends ActKind>({ acts }: Acts, kind: K): PlacedAct<ActOf<K>>[] {
  const isOfKind = (placed: PlacedAct): placed is PlacedAct<ActOf<K>> => placed.act.kind === kind;
  return acts.filter(isOfKind);
}

/** When voting closes, in Unix seconds, as officers have put it off; null where they close it. */
export function closesOf(state: Acts & { readonly manifest: ManifestBody }): number | null {
  return actsOf(state, 'extension').at(-1)?.act.closes ?? state.manifest.times.closes;
}

export type CastingVote = Omit<ActOf<'casting-vote'>, 'kind'>;

/** The chair's votes at ties. */
export function castingVotesOf(state: Acts): CastingVote[] {
  return actsOf(state, 'casting-vote').map(({ act: { rule, college, vote } }) => ({ rule, college, vote }));
}

/** H256(lot-commitment, election, u32(officer), value), in base64url. */
export function lotCommitment(election: string, officer: number, value: Bytes): string {
  return toBase64Url(hash256(TAGS.lotCommitment, fromBase64Url(election), u32(officer), value));
}

/**
 * The seed of the lot where there are no trustees: H512t(lot-seed, ctx, the officers' values in their order).
 * Null unless every officer of the manifest has shown what was committed to before the opening.
 */
export function officersSeed(
  state: Acts & { readonly manifest: ManifestBody; readonly opening: Placed<'opening'> | null },
): Bytes | null {
  const { manifest, opening } = state;
  if (manifest.trustees !== null || opening === null) return null;
  const shown = new Map(
    actsOf(state, 'lot-reveal').map(({ officer, act: { value } }) => [officer, fromBase64Url(value)]),
  );
  if (shown.size !== manifest.roles.officers.length) return null;
  const values = [...shown].sort(([a], [b]) => a - b).map(([, value]) => value);
  return hash512_256(TAGS.lotSeed, fromBase64Url(opening.leaf), ...values);
}
