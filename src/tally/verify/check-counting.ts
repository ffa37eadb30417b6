/**
 * From the closed ballots to the outcome (docs/protocol.md §9, §10), recomputed from the record alone. The walk
 * over the entries has been made; blobs are hostile. What a record has not reached yet is unproven, not false.
 */

import type { ManifestBody } from '../../ballot/manifest.ts';
import { encodeCanonical } from '../../codec/canonical-json.ts';
import { equalBytes, fromBase64Url, toBase64Url } from '../../crypto/bytes.ts';
import { CryptoError } from '../../crypto/errors.ts';
import type { Kernel } from '../../crypto/kernel/kernel.ts';
import { type VerifiedShares, verifyShares } from '../../crypto/threshold.ts';
import { officersSeed } from '../../record/acts.ts';
import { agreementsTo, sharesOf as sharesFor } from '../../record/counting-rules.ts';
import type { ElectionState } from '../../record/election-state.ts';
import type { Outcome, TallyDocument } from '../../record/entries.ts';
import type { Placed } from '../../record/item.ts';
import type { CheckName } from '../../record/problem.ts';
import type { RecordSource } from '../../record/record-source.ts';
import { publishedCells, tooManyBodies } from '../body-cells.ts';
import { type Cell, cellProblems, cellsOf, isDominated, isFew, isUnanimous } from '../cells.ts';
import { type CountPart, countPart } from '../count-part.ts';
import { encryptedCells, sharesOf } from '../decryption.ts';
import { TallyError } from '../errors.ts';
import { type CellCount, outcome } from '../outcome.ts';
import { inputsOf } from '../outcome-inputs.ts';
import { type RecountBasis, recountTally } from '../recount-tally.ts';
import { rollRuleProblems } from '../rules-on-roll.ts';
import type { Tally } from '../tally-document.ts';
import { checkCounts, NOTHING_SECRET, type OpenedTally, openTally } from '../totals.ts';
import { type Fault, faultOf, told } from './faults.ts';
import type { Finding, Findings } from './findings.ts';
import { readResult, readShares, readTally } from './read-documents.ts';
import type { EntryWalk } from './walk-entries.ts';

export interface Counting {
  readonly source: RecordSource;
  readonly kernel: Kernel;
  readonly findings: Findings;
  readonly walk: EntryWalk;
}

/** A tally entry that the recount agrees with. */
interface AgreedTally {
  /** Its leaf, in base64url. */
  readonly leaf: string;
  readonly document: TallyDocument;
  readonly cells: readonly Cell[];
}

/** What was counted and decided. */
export interface Declared {
  /** Of the result, in base64url. */
  readonly leaf: string;
  readonly counts: readonly CellCount[];
  readonly outcome: Outcome;
}

function notReached(findings: Findings, checks: readonly CheckName[], fault: Fault): void {
  for (const check of checks) findings.unproven(check, 'record', fault);
}

/** No secret cell is too small to be decrypted, or too heavy: checked as soon as there is a roll. */
export function checkCellSizes({ findings, walk: { roll, state } }: Counting): void {
  if (roll === null) return notReached(findings, ['roll', 'cells'], faultOf('unreadable-roll'));
  const cells = cellsOf(state.manifest, roll.lines);
  findings.looked('cells', cells.length);
  const tooMany = tooManyBodies(state.manifest, roll);
  if (tooMany !== undefined) findings.failed('cells', 'roll bodies', { why: tooMany });
  for (const { where, why } of cellProblems(state.manifest, cells)) findings.failed('cells', where, { why });
  for (const { id } of cells.filter((cell) => cell.college.mode === 'secret' && isDominated(cell))) {
    findings.noted('cells', id, faultOf('outweighs-all'));
  }
  for (const { where, why } of rollRuleProblems(state.manifest, cells))
    findings.failed('rules', where, { why });
}

/** The tally in question: the declared one, or that with enough agreements, or the latest. */
function tallyInQuestion({
  manifest,
  tallies,
  agreements,
  result,
}: ElectionState): Placed<'tally'> | undefined {
  const declared = tallies.find(({ leaf }) => leaf === result?.body.tally);
  const needed = manifest.trustees?.agreements ?? Number.POSITIVE_INFINITY;
  const agreed = tallies.find(
    ({ leaf }) => agreements.filter(({ body }) => body.tally === leaf).length >= needed,
  );
  return declared ?? agreed ?? tallies.at(-1);
}

/** Compares a published tally with the recomputed one, cell by cell. */
function compareTallies(findings: Findings, published: TallyDocument, own: Tally): void {
  const { cells, election, ctx, closing } = own.document;
  for (const [field, given, expected] of [
    ['election', published.election, election],
    ['ctx', published.ctx, ctx],
    ['closing', published.closing, closing],
  ] as const) {
    if (given !== expected) findings.failed('context', `tally ${field}`, faultOf('instead', given, expected));
  }
  if (published.cells.length !== cells.length) {
    findings.failed('cells', 'tally cells', faultOf('instead', published.cells.length, cells.length));
  }
  cells.forEach((cell, i) => {
    const given = published.cells[i];
    const where = `tally ${cell.id}`;
    findings.looked('count-tree');
    if (given === undefined || given.id !== cell.id || given.mode !== cell.mode) {
      findings.failed('cells', where, faultOf('wrong-cell'));
      return;
    }
    for (const field of ['ballots', 'voters'] as const) {
      if (given[field] === cell[field]) continue;
      findings.failed('cells', `${where} ${field}`, faultOf('instead', given[field], cell[field]));
    }
    if (given.root !== cell.root)
      findings.failed('count-tree', `${where} root`, faultOf('wrong-ballots-root'));
    if (equalBytes(encodeCanonical(sumsOf(given)), encodeCanonical(sumsOf(cell)))) return;
    findings.failed('count-tree', `${where} sums`, faultOf('wrong-sums'));
  });
}

function sumsOf(cell: TallyDocument['cells'][number]): string | number[] {
  return cell.mode === 'secret' ? cell.sums : cell.counts;
}

/** The basis of the tally; undefined where the record has not come that far, or cannot be counted. */
function basisOf({ state, roll, ballots }: EntryWalk): RecountBasis | undefined {
  const { election, manifest, opening, closing, chains, tree } = state;
  if (opening === null || closing === null || roll === null || ballots === null) return undefined;
  return {
    election,
    ctx: opening.leaf,
    closing: closing.leaf,
    cells: publishedCells(manifest, roll, (voter) => chains.head(voter) !== undefined),
    roll: roll.lines.length,
    ballots,
    leafOf: (voter) => {
      const index = chains.head(voter);
      return index === undefined ? undefined : tree.node(0, index);
    },
  };
}

/** Counts the ballots again. @returns undefined where the record is not closed, or has no roll to count by. */
export async function recount({ kernel, findings, walk }: Counting): Promise<Tally | undefined> {
  const { closing } = walk.state;
  if (closing === null) notReached(findings, ['size'], faultOf('no-closing'));
  const basis = basisOf(walk);
  if (basis === undefined) return undefined;
  const here = { width: 1, count: (part: CountPart) => Promise.resolve(countPart(kernel, part)) };
  const tally = await recountTally(kernel, basis, walk.checker ?? here);
  noteFew(findings, walk.state.manifest, tally);
  return tally;
}

/** Nothing is wrong with these cells; but those who decrypt them ought to know. */
function noteFew(findings: Findings, manifest: ManifestBody, { cells, document }: Tally): void {
  cells.forEach(({ id, college }, i) => {
    const ballots = document.cells[i]?.ballots ?? 0;
    if (college.mode === 'recorded' || !isFew(manifest, ballots)) return;
    findings.noted('cells', id, faultOf('few-ballots', ballots));
  });
}

/** Nor with these, when they are decrypted. */
function noteUnanimous(findings: Findings, { cells }: AgreedTally, counts: readonly CellCount[]): void {
  cells.forEach(({ id, college, contest }, i) => {
    const count = counts[i];
    if (
      college.mode === 'recorded' ||
      count === undefined ||
      !isUnanimous(contest, count.ballots, count.counts)
    )
      return;
    findings.noted('cells', id, faultOf('unanimous'));
  });
}

/** Compares the recounted tally with the published one. @returns the entry of that one if they are the same. */
export async function checkTally(
  { source, findings, walk }: Counting,
  own: Tally | undefined,
): Promise<AgreedTally | undefined> {
  const entry = tallyInQuestion(walk.state);
  const published = entry && (await readTally(source, entry.body.blob, findings));
  if (entry === undefined || own === undefined || published === undefined) {
    notReached(findings, ['count-tree'], faultOf('no-tally'));
    return undefined;
  }
  compareTallies(findings, published, own);
  const same = equalBytes(encodeCanonical(published), own.bytes);
  return same ? { leaf: entry.leaf, document: own.document, cells: own.cells } : undefined;
}

/** As many identical agreements as the manifest asks for, before anything was decrypted. */
export function checkAgreement(
  { findings, walk: { state } }: Counting,
  tally: AgreedTally | undefined,
): void {
  const { trustees } = state.manifest;
  if (trustees === null) return;
  const leaf = tally?.leaf ?? tallyInQuestion(state)?.leaf;
  const agreed = leaf === undefined ? 0 : agreementsTo(state, leaf).length;
  if (agreed >= trustees.agreements) return;
  const why = faultOf('agreements-instead', agreed, trustees.agreements);
  if (state.result === null) findings.unproven('agreement', 'record', why);
  else findings.failed('agreement', 'record', why);
}

/** The valid shares of the tally; those of trustees that are not are named. */
async function validShares(
  { source, kernel, findings, walk: { state } }: Counting,
  tally: AgreedTally,
): Promise<{ valid: VerifiedShares[]; invalid: Finding[] }> {
  const valid: VerifiedShares[] = [];
  const invalid: Finding[] = [];
  const cells = encryptedCells(tally.document);
  for (const { index, body } of sharesFor(state, tally.leaf)) {
    findings.looked('shares');
    const document = await readShares(source, body.blob, findings);
    if (document === undefined) continue;
    const where = `entry ${index} trustee ${body.i}`;
    const shareKey = state.opening?.body.shares[body.i - 1];
    if (document.tally !== tally.leaf || document.i !== body.i || shareKey === undefined) {
      invalid.push({ where, ...faultOf('foreign-shares') });
      continue;
    }
    const statement = {
      ctx: fromBase64Url(tally.document.ctx),
      tally: fromBase64Url(tally.leaf),
      i: body.i,
      shareKey: fromBase64Url(shareKey),
      cells,
    };
    const shares = sharesOf(document);
    try {
      verifyShares(kernel, statement, shares);
      valid.push({ i: body.i, shares });
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      invalid.push({ where: `${where} ${error.where}`, ...told(error) });
    }
  }
  return { valid, invalid };
}

/** At least t valid shares. A bad one is named; it fails the check only where it leaves too few. */
async function openWithShares(counting: Counting, tally: AgreedTally): Promise<OpenedTally | undefined> {
  const { kernel, findings, walk } = counting;
  const { trustees } = walk.state.manifest;
  if (trustees === null) return { ...NOTHING_SECRET, seed: officersSeed(walk.state) };
  const { valid, invalid } = await validShares(counting, tally);
  const enough = valid.length >= trustees.threshold;
  for (const { where, ...fault } of invalid) {
    if (enough) findings.noted('shares', where, { ...fault, why: `set aside: ${fault.why}` });
    else findings.failed('shares', where, fault);
  }
  if (!enough) {
    const why = faultOf('shares-instead', valid.length, trustees.threshold);
    if (walk.state.result === null) findings.unproven('shares', 'record', why);
    else findings.failed('shares', 'record', why);
    return undefined;
  }
  return openTally(kernel, tally.document, trustees.threshold, valid);
}

const AFTER_SHARES: readonly CheckName[] = ['totals', 'lot', 'outcome'];

/** Shares, totals, lot and outcome. @returns what was declared, if it is right. */
export async function checkResult(
  counting: Counting,
  tally: AgreedTally | undefined,
): Promise<Declared | undefined> {
  const { findings, walk } = counting;
  if (tally === undefined) {
    notReached(findings, ['shares', ...AFTER_SHARES], faultOf('unlike-tally'));
    return undefined;
  }
  const opened = await openWithShares(counting, tally);
  const { result } = walk.state;
  if (result === null || opened === undefined) {
    const why = faultOf(result === null ? 'no-result' : 'not-decrypted');
    notReached(findings, AFTER_SHARES, why);
    return undefined;
  }
  return await checkDeclared(counting, tally, opened, result);
}

/** The counts against the tally, and what follows from them against the rules. */
async function checkDeclared(
  counting: Counting,
  tally: AgreedTally,
  opened: OpenedTally,
  { body, index, leaf }: Placed<'result'>,
): Promise<Declared | undefined> {
  const { source, kernel, findings, walk } = counting;
  const { rules } = walk.state.manifest;
  findings.looked('lot');
  const inputs = inputsOf(walk.state, opened.seed);
  if (body.seed !== (inputs.seed && toBase64Url(inputs.seed))) {
    findings.failed('lot', `entry ${index} body.seed`, faultOf('not-drawn'));
  }
  const declared = await readResult(source, body.blob, findings);
  if (declared === undefined) {
    notReached(findings, ['totals', 'outcome'], faultOf('unreadable-result'));
    return undefined;
  }
  if (declared.tally !== body.tally) {
    findings.failed('context', `entry ${index} tally`, faultOf('other-tally'));
  }
  findings.looked('totals', tally.cells.length);
  for (const { where, why } of checkCounts(kernel, tally.document, tally.cells, opened, declared.counts)) {
    findings.failed('totals', `entry ${index} ${where}`, { why });
  }
  noteUnanimous(findings, tally, declared.counts);
  findings.looked('outcome', rules.length);
  try {
    const own = outcome(walk.state.manifest, tally.cells, declared.counts, inputs);
    compareOutcomes(findings, `entry ${index} outcome`, declared.outcome, own);
    return { leaf, counts: declared.counts, outcome: own };
  } catch (error) {
    if (!(error instanceof TallyError)) throw error;
    findings.failed('outcome', `entry ${index} ${error.where}`, told(error));
    return undefined;
  }
}

function compareOutcomes(findings: Findings, where: string, declared: Outcome, own: Outcome): void {
  own.forEach((decision, i) => {
    const given = declared[i];
    if (given !== undefined && equalBytes(encodeCanonical(given), encodeCanonical(decision))) return;
    findings.failed('outcome', `${where}[${i}]`, faultOf('rule-gives', JSON.stringify(decision)));
  });
  if (declared.length === own.length) return;
  findings.failed('outcome', where, faultOf('decisions-instead', declared.length, own.length));
}
