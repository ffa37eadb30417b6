/** What an election that is made for tests is made of. Keys, tokens and random values come from its seed. */

import { sha256 } from '@noble/hashes/sha2.js';
import type { Choices } from '../../src/ballot/choices.ts';
import type {
  College,
  Contest,
  DecisionRule,
  Link,
  ManifestBody,
  SecondKind,
} from '../../src/ballot/manifest.ts';
import { type Bytes, concat, toUtf8, u32 } from '../../src/crypto/bytes.ts';
import { parseSigningKey, type SigningKey } from '../../src/crypto/ed25519.ts';
import type { Act, Role } from '../../src/record/entries.ts';
import type { RollBody } from '../../src/roll/roll-document.ts';

export interface VoterPlan {
  readonly college: string;
  readonly weight?: number;
  readonly bodies?: readonly string[];
  /** Cast one after another; none: this voter stays away. */
  readonly votes: readonly Choices[];
  /** A ballot that is opened instead of being cast, before the first vote. */
  readonly checks?: Choices;
  /** The election before this one that chose this delegate, as a place in the plan's links, and the option. */
  readonly chosen?: { readonly link: number; readonly contest: string; readonly option: string };
  /** Another credential takes the place of this voter's, after everybody has voted. */
  readonly replaced?: { readonly reason: 'lost' | 'substitute'; readonly votes: readonly Choices[] };
}

/** An election before this one. */
export interface LinkPlan {
  readonly relation: Link['relation'];
  readonly rule: string | null;
  readonly plan: ElectionPlan;
}

export interface ElectionPlan {
  readonly seed: string;
  readonly colleges: readonly College[];
  readonly contests: readonly Contest[];
  readonly rules: readonly DecisionRule[];
  readonly voters: readonly VoterPlan[];
  readonly bodies?: readonly RollBody[];
  /** Null: every college is recorded. */
  readonly trustees?: {
    readonly threshold: number;
    readonly count: number;
    readonly agreements: number;
  } | null;
  /** The trustees that agree and decrypt, from 1; the first t where it is not said. */
  readonly active?: readonly number[];
  /** Changes to the manifest that is made of the rest. */
  readonly manifest?: Partial<ManifestBody>;
  /** Witnesses: how many, how many must cosign, and when they see the manifest, the closing and the end. */
  readonly witnesses?: {
    readonly count: number;
    readonly quorum: number;
    readonly manifestAt: number;
    /** When the log just before the closing was last seen, and when the closing was. */
    readonly beforeClosingAt: number;
    readonly closingAt: number;
    readonly endAt: number;
  };
  /** What options are called, where it is not by their ids. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly links?: readonly LinkPlan[];
  /** The officer commits to a value for the lot, and shows it. */
  readonly lot?: true;
  /** How many officers there are: one, or two where two sign. */
  readonly officers?: number;
  /** What officer 2 signs too. */
  readonly second?: SecondKind[];
  /** Signed by officer 1, at the end of each phase. */
  readonly acts?: Partial<Record<'setup' | 'open' | 'closed' | 'counted' | 'declared', readonly Act[]>>;
  /** The box publishes another tally first, which nobody agrees to. */
  readonly wrongTally?: boolean;
  /** Where to end, if not with the result. */
  readonly stop?: 'opened' | 'closed';
}

/** The signing key of a name in an election of this seed. */
export function keyOf(seed: string, name: string): SigningKey {
  return parseSigningKey(sha256(toUtf8(`${seed}/${name}`)));
}

/** The seed's key of a role's i-th signer: `trustee-2`, `officer`, `officer-2`. */
export function keyOfSigner(
  seed: string,
  { role, i }: { readonly role: Role; readonly i: number },
): SigningKey {
  return keyOf(seed, role === 'trustee' || i > 1 ? `${role}-${i}` : role);
}

/** A random source that gives the same bytes for the same seed. */
export function seededRandom(seed: string): (length: number) => Bytes {
  let block = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () =>
      sha256(concat(toUtf8(seed), u32(block++))),
    );
    return concat(...blocks).slice(0, length);
  };
}
