/**
 * Making the published roll of an election (docs/protocol.md §4.2) from voters and their public keys. The
 * registrar's own input: what it gives is still put through `checkRoll` before it is signed.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeCanonical } from '../codec/canonical-json.ts';
import type { BlobName } from '../codec/fields.ts';
import { type Bytes, toBase64Url } from '../crypto/bytes.ts';
import type { EntitlementRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import { kindsOf, type Roll } from './flat-lines.ts';
import { compareBytes, compareText } from './order.ts';
import type { RollBody, RollCount, RollDocument, RollLine } from './roll-document.ts';
import { rollHead } from './roll-head.ts';

/** What the roll needs to know of a manifest. */
export interface RollTerms {
  readonly kind: string;
  readonly colleges: readonly {
    readonly id: string;
    readonly mode: 'secret' | 'recorded';
    readonly weights: readonly number[];
    readonly entitlement: EntitlementRule | null;
  }[];
  readonly contests: readonly {
    readonly id: string;
    readonly colleges: readonly string[];
    readonly options: readonly string[];
  }[];
  readonly roll: { readonly mergeBelow: number };
}

/** Whether the roll says who the voters of a college are: where they vote on the record, but not for a petition. */
export function isNamed(
  { kind }: Pick<RollTerms, 'kind'>,
  { mode }: Pick<RollTerms['colleges'][number], 'mode'>,
): boolean {
  return mode === 'recorded' && kind !== 'petition';
}

/** A voter with a credential. */
export interface RegisteredVoter {
  /** 32 bytes. */
  readonly P: Bytes;
  readonly college: string;
  readonly weight: number;
  /** All bodies that the voter belongs to or represents, whatever their size. */
  readonly bodies: readonly string[];
  /** Published where voters are named. */
  readonly name: string;
  readonly chosen: RollLine['chosen'];
  /** Published where voters are named. */
  readonly mandates: RollLine['mandates'];
  readonly substitutes: readonly { readonly P: Bytes; readonly name: string }[];
}

/** The body of the `roll` entry. */
export interface RollEntryBody {
  readonly root: string;
  readonly size: number;
  readonly colleges: { id: string; size: number }[];
  readonly blob: BlobName;
}

/** Voters by college and body, in the order that a roll has them. */
export function countVoters(voters: readonly Pick<RegisteredVoter, 'college' | 'bodies'>[]): RollCount[] {
  const counts = new Map<string, RollCount>();
  for (const { college, bodies } of voters) {
    for (const body of bodies) {
      const key = `${college}/${body}`;
      counts.set(key, { college, body, n: (counts.get(key)?.n ?? 0) + 1 });
    }
  }
  return [...counts.values()].sort(
    (a, b) => compareText(a.college, b.college) || compareText(a.body, b.body),
  );
}

/**
 * The bodies that a line lists: all of a voter who is named, and others that are large enough. A strand is listed for
 * whoever represents it, never for its members: beside a branch it would single out who they are.
 * @param listed whether a body of the college may be listed.
 */
function bodiesOf(
  { bodies }: RegisteredVoter,
  strands: ReadonlySet<string>,
  listed: (body: string) => boolean,
) {
  return bodies.filter((body) => listed(body) && (!strands.has(body) || bodies.length === 1)).sort();
}

/** @throws RollError `unknown-college`. */
export function buildRoll(
  election: string,
  terms: RollTerms,
  { frozen, bodies }: Pick<RollDocument, 'frozen'> & { readonly bodies: readonly RollBody[] },
  voters: readonly RegisteredVoter[],
): RollDocument {
  const colleges = new Map(terms.colleges.map((college) => [college.id, college]));
  const counts = countVoters(voters);
  const large = new Set(
    counts.filter(({ n }) => n >= terms.roll.mergeBelow).map(({ college, body }) => `${college}/${body}`),
  );
  const strands = new Set(bodies.filter(({ kind }) => kind === 'strand').map(({ id }) => id));
  const lines = [...voters]
    .sort((a, b) => compareBytes(a.P, b.P))
    .map((voter, i): RollLine => {
      const college = colleges.get(voter.college);
      if (!college)
        throw new RollError('unknown-college', `voters[${i}].college`, `no college ${voter.college}`);
      const named = isNamed(terms, college);
      return {
        P: toBase64Url(voter.P),
        college: college.id,
        weight: voter.weight,
        bodies: bodiesOf(voter, strands, (body) => named || large.has(`${college.id}/${body}`)),
        name: named ? voter.name : null,
        chosen: voter.chosen,
        mandates: named ? voter.mandates : null,
        substitutes: voter.substitutes.map(({ P, name }) => ({
          P: toBase64Url(P),
          name: named ? name : null,
        })),
      };
    });
  const sorted = [...bodies].sort((a, b) => compareText(a.id, b.id));
  return { v: 1, election, frozen, bodies: sorted, counts, lines };
}

/** The published bytes of a roll, and the body of the entry that names them. */
export function publishRoll(document: RollDocument, terms: RollTerms): { blob: Bytes; body: RollEntryBody } {
  const blob = encodeCanonical(document);
  const sizes = collegeSizes(document);
  return {
    blob,
    body: {
      root: toBase64Url(rollHead(document)),
      size: document.lines.length,
      colleges: terms.colleges.map(({ id }) => ({ id, size: sizes.get(id) ?? 0 })),
      blob: { sha256: toBase64Url(sha256(blob)), bytes: blob.length },
    },
  };
}

/** How many lines each college has. */
export function collegeSizes({ lines }: Pick<Roll, 'lines'>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { college } of kindsOf(lines)) sizes.set(college, (sizes.get(college) ?? 0) + 1);
  return sizes;
}
