/**
 * Whether a vote is recorded and counted, or nobody voted in a member's place: worked out on the member's device from
 * proofs (docs/protocol.md §8.1, §9.3). What the server shows is hostile.
 */
import type { Contest } from '../../../ballot/manifest.ts';
import { parseToken, type Token } from '../../../ballot/token.ts';
import { encodeCanonical, type Json } from '../../../codec/canonical-json.ts';
import { fromBase64Url } from '../../../crypto/bytes.ts';
import { bigintKernel } from '../../../crypto/kernel/bigint.ts';
import type { TallyDocument } from '../../../record/entries.ts';
import { parseDocument } from '../../../record/envelope.ts';
import { type Receipt, receipt as receiptSchema, verifyInLog } from '../../../record/receipt.ts';
import type { RollLine } from '../../../roll/roll-document.ts';
import { type CountProof, countProof, verifyCountProof } from '../../../tally/count-proof.ts';
import { holds, type MemberElection, parseReceipt, readLine, readTally, Untrue } from './election.ts';
import { readSent } from './memory.ts';
import { get, Refused } from './requests.ts';
import { findPlace, type Head, type Place, readHead } from './voter.ts';

/** What a member looks up by. */
export type Asked =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'voter'; readonly voter: number }
  | { readonly kind: 'leaf'; readonly leaf: string }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

/** A receipt code, a voting code, a voter number, or a link that ends in one; null for anything else. */
export function parseAsked(text: string): Asked | null {
  const code = text.trim().split('#').at(-1) ?? '';
  const leaf = code.replaceAll(/\s/g, '');
  if (/^[A-Za-z0-9_-]{43}$/.test(leaf)) return { kind: 'leaf', leaf };
  const digits = leaf.replaceAll(/[,.’']/g, '');
  if (/^[1-9][0-9]{0,9}$/.test(digits)) return { kind: 'voter', voter: Number(digits) };
  try {
    return { kind: 'token', token: parseToken(code) };
  } catch {
    return null;
  }
}

/** A saved receipt. */
export function parseSaved(text: string): Asked | null {
  try {
    const bytes = encodeCanonical(JSON.parse(text) as Json);
    return { kind: 'receipt', receipt: parseDocument(receiptSchema, bytes) };
  } catch {
    return null;
  }
}

/** `later`: another ballot of this voter is counted; `none`: no ballot is. */
export type Counted = 'not-yet' | 'this' | 'later' | 'none';

export interface Found {
  readonly voter: number | null;
  /** On the roll, proved; null before there is a roll. */
  readonly line: RollLine | null;
  /** The line's credential is that of the code; true where no code was given. */
  readonly isOwn: boolean;
  /** Of a vote or a check, proved; null: none is recorded. */
  readonly receipt: Receipt | null;
  /** Whoever asks knows this vote: by its receipt, or because it was cast on this device. */
  readonly isMine: boolean;
  /** The number has another credential than on the roll, under which no ballot is known. */
  readonly isReplaced: boolean;
  readonly counted: Counted;
}

export type Looked =
  | { readonly kind: 'no-roll' | 'not-on-roll' | 'replaced' }
  | { readonly kind: 'no-such-number'; readonly voter: number; readonly size: number }
  /** The ballot box has no entry of this receipt. */
  | { readonly kind: 'missing'; readonly leaf: string; readonly receipt: Receipt | null }
  | { readonly kind: 'found'; readonly found: Found };

function cellOf({ id, shape }: Contest, { college, weight }: RollLine): string {
  return `${id}/${college}/${shape.kind === 'split' ? 'split' : weight}`;
}

function parseProofs(answer: Json): CountProof[] {
  const list = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'proofs') : null;
  if (!Array.isArray(list)) throw new Untrue('proofs');
  return list.map((proof: Json) => holds(() => parseDocument(countProof, encodeCanonical(proof))));
}

/** The ballot that is counted for a voter, the same in every contest; null if none is. @throws Untrue. */
function verifyProofs(
  known: MemberElection,
  tally: TallyDocument,
  proofs: readonly CountProof[],
  voter: number,
  line: RollLine,
): string | null {
  const { manifest, context, roll } = known;
  const contests = manifest.contests.filter(({ colleges }) => colleges.includes(line.college));
  if (context === null || roll === null || proofs.length !== contests.length) throw new Untrue('proofs');
  const leaves = contests.map((contest, i) => {
    const cell = cellOf(contest, line);
    const tallied = tally.cells.find(({ id }) => id === cell);
    const proof = proofs[i];
    if (tallied === undefined || proof === undefined) throw new Untrue(`no count of ${cell}`);
    const expected = { ctx: fromBase64Url(context.ctx), cell, contest, roll: roll.size, voter, tallied };
    holds(() => verifyCountProof(bigintKernel, proof, expected));
    return proof.ballot?.leaf ?? null;
  });
  const [first = null] = leaves;
  if (leaves.some((leaf) => leaf !== first)) throw new Untrue('another ballot in each question');
  return first;
}

/** @param leaf of the ballot that the voter knows of. */
async function lookCounted(
  known: MemberElection,
  voter: number,
  line: RollLine,
  leaf: string | null,
): Promise<Counted> {
  const tally = await readTally(known);
  if (tally === null) return 'not-yet';
  const answer = await get(`/elections/${known.election}/voters/${voter}/counting`);
  const counted = verifyProofs(known, tally, parseProofs(answer), voter, line);
  if (counted === null) return 'none';
  return counted === leaf ? 'this' : 'later';
}

interface Ask {
  readonly voter: number | null;
  readonly receipt: Receipt | null;
  readonly isMine: boolean;
  readonly isReplaced?: boolean;
  /** The credential of the code, where one was given. */
  readonly P?: string;
}

async function found(
  known: MemberElection,
  { voter, receipt, isMine, isReplaced = false, P }: Ask,
): Promise<Looked> {
  const line = voter === null || known.roll === null ? null : await readLine(known, voter);
  const isVote = receipt === null || receipt.type === 'ballot';
  const counted =
    voter === null || line === null || !isVote
      ? 'not-yet'
      : await lookCounted(known, voter, line, receipt?.leaf ?? null);
  const isOwn = P === undefined || line === null || line.P === P;
  return { kind: 'found', found: { voter, line, isOwn, receipt, isMine, isReplaced, counted } };
}

async function lookLeaf(known: MemberElection, leaf: string, kept: Receipt | null = null): Promise<Looked> {
  try {
    const receipt = parseReceipt(await get(`/elections/${known.election}/receipts/${leaf}`));
    holds(() => verifyInLog(receipt, known.manifest));
    if (receipt.leaf !== leaf) throw new Untrue('the receipt of another entry');
    return await found(known, { voter: receipt.voter, receipt, isMine: true });
  } catch (error) {
    if (error instanceof Refused && error.code === 'unknown-entry')
      return { kind: 'missing', leaf, receipt: kept };
    throw error;
  }
}

/** Whoever has a voting code need not have cast what is recorded under it. */
function voteOf(
  { election }: MemberElection,
  P: string,
  head: Head | null | undefined,
): Pick<Ask, 'receipt' | 'isMine' | 'isReplaced'> {
  if (head?.kind !== 'ballot')
    return { receipt: null, isMine: false, isReplaced: head?.kind === 'replacement' };
  return { receipt: head.receipt, isMine: readSent(election, P).some(({ leaf }) => leaf === head.leaf) };
}

const isReplaced = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'credential-replaced';

async function lookVoter(known: MemberElection, voter: number): Promise<Looked> {
  const size = known.roll?.size ?? 0;
  if (voter > size) return { kind: 'no-such-number', voter, size };
  const line = await readLine(known, voter);
  try {
    const own = await readHead(known, line.P, line.college);
    return await found(known, { voter, ...voteOf(known, line.P, own?.head) });
  } catch (error) {
    if (!isReplaced(error)) throw error;
    return await found(known, { voter, receipt: null, isMine: false, isReplaced: true });
  }
}

async function lookToken(known: MemberElection, token: Token): Promise<Looked> {
  let place: Place | null;
  try {
    place = await findPlace(known, token);
  } catch (error) {
    if (!isReplaced(error)) throw error;
    return { kind: 'replaced' };
  }
  if (place === null) return { kind: 'not-on-roll' };
  const { head, voter, credential } = place;
  return await found(known, { voter, ...voteOf(known, credential.P, head), P: credential.P });
}

/** @throws Unreachable, Refused; Untrue for what its proof does not bear out. */
export async function look(known: MemberElection, asked: Asked): Promise<Looked> {
  switch (asked.kind) {
    case 'leaf':
      return await lookLeaf(known, asked.leaf);
    case 'receipt':
      // What was promised then must hold by itself, and be there now.
      holds(() => verifyInLog(asked.receipt, known.manifest));
      return await lookLeaf(known, asked.receipt.leaf, asked.receipt);
    case 'voter':
      return known.roll === null ? { kind: 'no-roll' } : await lookVoter(known, asked.voter);
    case 'token':
      return known.roll === null ? { kind: 'no-roll' } : await lookToken(known, asked.token);
  }
}
