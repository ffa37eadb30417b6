/**
 * Credentials that took the place of others while voting was open (docs/protocol.md §5.4). Few, so maps will do; the
 * roll stays what it was.
 */
import type { MerkleTree } from '../board/merkle-tree.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import type { BallotChains } from './ballot-chains.ts';
import type { Place, Placed } from './item.ts';
import type { RollIndex, Voter } from './roll-index.ts';

export class Replacements {
  /** By voter number, the latest. */
  readonly #latest = new Map<number, Placed<'replacement'>>();
  /** By new P. */
  readonly #byNew = new Map<string, Placed<'replacement'>>();
  /** By old P. */
  readonly #byOld = new Map<string, Placed<'replacement'>>();

  /** How many there were. */
  get size(): number {
    return this.#byOld.size;
  }

  /** All of them, in log order. */
  [Symbol.iterator](): Iterator<Placed<'replacement'>> {
    return this.#byOld.values();
  }

  add(placed: Placed<'replacement'>): void {
    this.#latest.set(placed.body.voter, placed);
    this.#byNew.set(placed.body.new, placed);
    this.#byOld.set(placed.body.old, placed);
  }

  /** The latest of a voter. */
  of(voter: number): Placed<'replacement'> | undefined {
    return this.#latest.get(voter);
  }

  /** That in which P came in. */
  made(P: string): Placed<'replacement'> | undefined {
    return this.#byNew.get(P);
  }

  /** That in which P went out. */
  ended(P: string): Placed<'replacement'> | undefined {
    return this.#byOld.get(P);
  }
}

interface Lookup {
  readonly voters: RollIndex | null;
  readonly replacements: Replacements;
}

/** Whose credential P is or was. */
export function holderOf({ voters, replacements }: Lookup, P: string): Voter | undefined {
  const made = replacements.made(P);
  return made === undefined ? voters?.find(P) : voters?.at(made.body.voter);
}

/** Whose credential P is now: it may vote. */
export function voterOf(state: Lookup, P: string): Voter | undefined {
  return state.replacements.ended(P) === undefined ? holderOf(state, P) : undefined;
}

/** P of a voter number now, in base64url. */
export function keyOf({ voters, replacements }: Lookup, voter: number): string | undefined {
  const key = voters?.keyOf(voter);
  return replacements.of(voter)?.body.new ?? (key && toBase64Url(key));
}

/** What the voter's next ballot has to name. */
export interface ChainLink extends Place {
  readonly kind: 'ballot' | 'replacement';
}

/** The latest link of a voter's chain: the counting ballot, or the replacement after it. */
export function linkOf(
  {
    chains,
    tree,
    replacements,
  }: { readonly chains: BallotChains; readonly tree: MerkleTree; readonly replacements: Replacements },
  voter: number,
): ChainLink | undefined {
  const replaced = replacements.of(voter);
  const head = chains.head(voter);
  if (replaced !== undefined && replaced.index > (head ?? 0)) {
    return { kind: 'replacement', index: replaced.index, leaf: replaced.leaf };
  }
  return head === undefined
    ? undefined
    : { kind: 'ballot', index: head, leaf: toBase64Url(tree.node(0, head)) };
}
