/**
 * What entries of roles say, beyond the grammar: manifest and texts, roll, opening, shares, result. The service
 * refuses what a recount would find false, since nothing can be taken back. Entries and blobs are hostile; their
 * signatures have been verified.
 */
import { checkManifest, keepsNotice } from '../ballot/check-manifest.ts';
import { type ManifestBody, textsDocument } from '../ballot/manifest.ts';
import { checkTexts } from '../ballot/texts.ts';
import { BoardError } from '../board/errors.ts';
import { parseVerifierKey } from '../board/note.ts';
import { encodeCanonical, type Json } from '../codec/canonical-json.ts';
import { type Bytes, equalBytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { type VerifiedShares, verifyShares } from '../crypto/threshold.ts';
import { sharesOf as sharesTo } from '../record/counting-rules.ts';
import type { ElectionState } from '../record/election-state.ts';
import { type EntryOf, type Outcome, sharesDocument, tallyDocument } from '../record/entries.ts';
import { parseDocument } from '../record/envelope.ts';
import { RecordError } from '../record/errors.ts';
import { resultDocument } from '../record/outcome-document.ts';
import { parseRoll } from '../record/read-roll.ts';
import { checkRoll } from '../roll/check-roll.ts';
import type { Roll } from '../roll/flat-lines.ts';
import { publishedCells, tooManyBodies } from '../tally/body-cells.ts';
import { cellProblems, cellsOf } from '../tally/cells.ts';
import { encryptedCells, sharesOf } from '../tally/decryption.ts';
import { TallyError } from '../tally/errors.ts';
import { resultOf } from '../tally/result.ts';
import { rollRuleProblems } from '../tally/rules-on-roll.ts';
import { checkCounts, NOTHING_SECRET, openTally } from '../tally/totals.ts';
import type { SubmittedEntry } from './documents.ts';
import { Problem, type ProblemCode } from './problem.ts';
import type { ServiceKeys } from './service-keys.ts';

/** What a check needs of the service: blobs that entries before have named, and the time of publication. */
export interface ContentSetting {
  readonly state: ElectionState;
  /** Unix seconds. */
  readonly published: number;
  readonly blobOf: (name: { readonly sha256: string }) => Bytes;
  /** Null for an election of this service without a result; undefined for one of another. */
  readonly declaredBy: (manifest: string) => DeclaredResult | null | undefined;
}

export interface DeclaredResult {
  /** Of the result, in base64url. */
  readonly leaf: string;
  readonly outcome: Outcome;
}

/** Runs `act`; errors of the rooms below become this problem. */
function refusing<T>(code: ProblemCode, field: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof RecordError || error instanceof TallyError || error instanceof CryptoError) {
      throw new Problem(code, { field, reason: error.code, detail: error.message });
    }
    throw error;
  }
}

/**
 * A manifest, its texts in the order of the body, and the keys in it.
 * @throws Problem `bad-manifest`, `wrong-keys`, `notice-too-short`.
 */
export function checkPublication(
  manifest: ManifestBody,
  texts: readonly Bytes[],
  keys: ServiceKeys,
  now: number,
): void {
  const [problem] = checkManifest(manifest);
  if (problem !== undefined) {
    const { field, code, why } = problem;
    throw new Problem('bad-manifest', { field: `entry.body.${field}`, reason: code, detail: why });
  }
  checkOwnKeys(manifest, keys);
  manifest.texts.forEach(({ lang }, i) => {
    const where = `blobs[${i}]`;
    const document = refusing('bad-manifest', where, () =>
      parseDocument(textsDocument, texts[i] ?? new Uint8Array(), where),
    );
    const [wrong] = checkTexts(document, manifest, lang);
    if (wrong === undefined) return;
    throw new Problem('bad-manifest', {
      field: `${where}.${wrong.field}`,
      reason: wrong.code,
      detail: wrong.why,
    });
  });
  // A rehearsal may open later than planned, as soon as its notice has run.
  if (manifest.kind !== 'rehearsal' && !keepsNotice(manifest, now, manifest.times.opens)) {
    throw new Problem('notice-too-short', { field: 'entry.body.times.opens' });
  }
}

function checkOwnKeys(manifest: ManifestBody, keys: ServiceKeys): void {
  try {
    const log = parseVerifierKey(manifest.log);
    if (log.name !== manifest.origin || !equalBytes(log.publicKey, keys.log.public)) {
      throw new Problem('wrong-keys', { field: 'entry.body.log' });
    }
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    throw new Problem('bad-manifest', { field: 'entry.body.log', detail: error.message });
  }
  if (manifest.roles.boxes[0] !== toBase64Url(keys.box.public)) {
    throw new Problem('wrong-keys', { field: 'entry.body.roles.boxes[0]' });
  }
  const { trustees } = manifest;
  const automatic = trustees?.keys.indexOf(toBase64Url(keys.trustee.public)) ?? -1;
  // Among others it would look like a person.
  if (automatic >= 0 && trustees?.count !== 1) {
    const detail = 'the automatic trustee of this service can only be the one trustee';
    throw new Problem('wrong-keys', { field: `entry.body.trustees.keys[${automatic}]`, detail });
  }
}

/** @throws Problem that names the field of the entry or of its blob. */
export function checkContent(entry: SubmittedEntry, blobs: readonly Bytes[], setting: ContentSetting): void {
  const [blob] = blobs;
  if (entry.type === 'roll' && blob !== undefined) checkRollBlob(entry, blob, setting.state);
  if (entry.type === 'opening') checkOpening(entry, setting);
  if (entry.type === 'shares' && blob !== undefined) verifySharesBlob(entry.body, blob, setting);
  if (entry.type === 'result' && blob !== undefined) checkResultBlob(entry, blob, setting);
}

function checkRollBlob({ body }: EntryOf<'roll'>, blob: Bytes, { election, manifest }: ElectionState): void {
  const document = refusing('bad-roll', 'blobs[0]', () => parseRoll(blob, 'blobs[0]'));
  const [problem] = checkRoll(document, manifest, { election, body });
  if (problem !== undefined)
    throw new Problem('bad-roll', { field: problem.where, reason: problem.code, detail: problem.why });
  const tooMany = tooManyBodies(manifest, document);
  if (tooMany !== undefined)
    throw new Problem('bad-roll', { field: 'blobs[0].bodies', reason: 'too-many-bodies', detail: tooMany });
  const cells = cellsOf(manifest, document.lines);
  const [bad] = [...cellProblems(manifest, cells), ...rollRuleProblems(manifest, cells)];
  if (bad === undefined) return;
  const detail = `${bad.where}: ${bad.why}`;
  throw new Problem('bad-roll', { field: 'blobs[0].lines', reason: bad.code, detail });
}

/** Voting opens when the notice has run. */
function checkOpening({ body }: EntryOf<'opening'>, { state, published, declaredBy }: ContentSetting): void {
  for (const [at, { manifest, result, decision }] of body.results.entries()) {
    const declared = declaredBy(manifest);
    if (declared === undefined) continue;
    const rule = state.manifest.links[at]?.rule;
    const own = declared?.outcome.find(({ id }) => id === rule) ?? null;
    const same = equalBytes(encodeCanonical(decision), encodeCanonical(own));
    if (declared?.leaf === result && same) continue;
    const detail = declared === null ? 'it has declared no result' : 'not what it declared';
    throw new Problem('bad-entry', { field: `entry.body.results[${at}]`, reason: 'unfounded-link', detail });
  }
  if (keepsNotice(state.manifest, published, body.opens)) return;
  throw new Problem('notice-too-short', { field: 'entry.body.opens' });
}

/** The blob of the tally that is named. */
function tallyBlob(leaf: string, { state, blobOf }: ContentSetting) {
  const tally = state.tallies.find((placed) => placed.leaf === leaf);
  if (tally === undefined) throw new Problem('bad-entry', { field: 'entry.body.tally' });
  return parseDocument(tallyDocument, blobOf(tally.body.blob), 'tally');
}

/** The proof that the shares are those of the trustee's key and this tally. */
function verifySharesBlob(
  { i, tally }: EntryOf<'shares'>['body'],
  blob: Bytes,
  setting: ContentSetting,
): VerifiedShares {
  const document = refusing('bad-shares', 'blobs[0]', () => parseDocument(sharesDocument, blob, 'blobs[0]'));
  if (document.i !== i || document.tally !== tally) {
    throw new Problem('bad-shares', { field: document.i === i ? 'blobs[0].tally' : 'blobs[0].i' });
  }
  const opening = setting.state.opening;
  const statement = {
    ctx: fromBase64Url(opening?.leaf ?? ''),
    tally: fromBase64Url(tally),
    i,
    shareKey: fromBase64Url(opening?.body.shares[i - 1] ?? ''),
    cells: encryptedCells(tallyBlob(tally, setting)),
  };
  const shares = sharesOf(document);
  refusing('bad-shares', 'blobs[0]', () => verifyShares(wasmKernel, statement, shares));
  return { i, shares };
}

function rollOf({ state, blobOf }: ContentSetting): Roll {
  if (state.roll === null) throw new Problem('internal');
  return parseRoll(blobOf(state.roll.body.blob));
}

/** The counts, against what tally and shares decrypt to; seed and outcome, computed again. */
function checkResultBlob({ body }: EntryOf<'result'>, blob: Bytes, setting: ContentSetting): void {
  const { manifest } = setting.state;
  const document = refusing('wrong-result', 'blobs[0]', () =>
    parseDocument(resultDocument, blob, 'blobs[0]'),
  );
  const tally = tallyBlob(body.tally, setting);
  const { chains } = setting.state;
  const cells = publishedCells(manifest, rollOf(setting), (voter) => chains.head(voter) !== undefined);
  const { counts } = document;
  const own = refusing('wrong-result', 'blobs[0]', () => {
    const opened =
      manifest.trustees === null
        ? NOTHING_SECRET
        : openTally(wasmKernel, tally, manifest.trustees.threshold, storedShares(body.tally, setting));
    const [wrong] = checkCounts(wasmKernel, tally, cells, opened, counts);
    if (wrong !== undefined) {
      const detail = `${wrong.where}: ${wrong.why}`;
      throw new Problem('wrong-result', { field: 'blobs[0].counts', detail });
    }
    return resultOf(setting.state, body.tally, cells, counts, opened.seed);
  });
  const same = (a: Json, b: Json): boolean => equalBytes(encodeCanonical(a), encodeCanonical(b));
  const detail = 'not what the tally decrypts to';
  if (body.seed !== own.body.seed) throw new Problem('wrong-result', { field: 'entry.body.seed', detail });
  for (const field of ['tally', 'outcome'] as const) {
    if (!same(document[field], own.document[field]))
      throw new Problem('wrong-result', { field: `blobs[0].${field}`, detail });
  }
}

/** Shares in the record were verified when they came, and on their way into this computation again. */
function storedShares(tally: string, setting: ContentSetting): VerifiedShares[] {
  return sharesTo(setting.state, tally).map(({ body }) =>
    verifySharesBlob(body, setting.blobOf(body.blob), setting),
  );
}
