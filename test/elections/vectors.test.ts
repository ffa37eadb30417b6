/** docs/protocol.md §12: the committed election recounts, and its intermediate values are what the program computes. */
import { describe, expect, test } from 'vitest';
import { parseOpenedBallot, readOpenedBallot } from '../../src/ballot/ballot-check.ts';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { hashLeaf } from '../../src/board/merkle.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { concat, fromBase64Url, fromHex, toBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { lotPoint } from '../../src/crypto/decryption-shares.ts';
import { parsePublicKey, verify } from '../../src/crypto/ed25519.ts';
import { encodeScalar, hashToScalar } from '../../src/crypto/scalar.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { encodeEntry, parseDocument } from '../../src/record/envelope.ts';
import { CHECKS } from '../../src/record/problem.ts';
import { receipt, verifyReceipt } from '../../src/record/receipt.ts';
import { readBlob } from '../../src/record/record-source.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { expectBallots, expectClauses, expectCountProofs, expectFailures } from './expect-vectors.ts';
import { type Anchor, type Failing, vectorFiles } from './vector-files.ts';

const { source, vector, entries } = vectorFiles('election');

interface Steps {
  readonly rollLine: { readonly bytes: string; readonly leaf: string };
  readonly signed: {
    readonly index: number;
    readonly bytes: string;
    readonly key: string;
    readonly sig: string;
  };
  readonly ceremony: { readonly i: number; readonly R: string; readonly c: string }[];
  readonly check: { readonly input: string; readonly e: string };
  readonly shares: { readonly i: number; readonly input: string; readonly e: string }[];
  readonly receipt: unknown;
  readonly opened: { readonly document: unknown; readonly bytes: string; readonly F: string };
}

describe('the worked election', () => {
  test('passes a strict recount from its anchor', async () => {
    const anchor = await vector<Anchor>('anchor.json');
    const { ok, anchored, result, checks } = await verifyRecord(source, { anchor, strict: true });
    expect({ ok, anchored, result, checks }).toEqual(await vector('recount.json'));
    expect(ok && anchored).toBe(true);
    expect(checks.every(({ status, count }) => status === 'pass' && count > 0)).toBe(true);
  });

  test('tokens give their credentials', async () => {
    const { manifest } = await vector<Anchor>('anchor.json');
    const tokens =
      await vector<{ text: string; T: string; college: string; x: string; P: string }[]>('tokens.json');
    expect(tokens).toHaveLength(19);
    for (const { text, T, college, x, P } of tokens) {
      const token = parseToken(text);
      expect(toHex(token.secret)).toBe(T);
      const credential = deriveCredential(token, manifest, college);
      expect({ x: toBase64Url(encodeScalar(credential.x)), P: credential.P }).toEqual({ x, P });
    }
  });

  test('clauses and ballots', async () => {
    await expectClauses('election');
    await expectBallots('election');
  });

  test('every count proof leads to the tally', () => expectCountProofs('election'));

  test('the point of the lot', async () => {
    const { tally, lotPoint: point } = await vector<{ tally: string; lotPoint: string }>('decryption.json');
    expect(toBase64Url(lotPoint(fromBase64Url(tally)))).toBe(point);
  });

  test('single steps: roll line, signed bytes, receipt, opened ballot', async () => {
    const { manifest, all } = await entries();
    const { rollLine, signed, receipt: given, opened } = await vector<Steps>('steps.json');
    const roll = all.flatMap(({ entry }) => (entry.type === 'roll' ? [entry.body.blob] : []))[0];
    const [first, second] = parseDocument(
      rollDocument,
      await readBlob(source, roll ?? { sha256: '', bytes: 0 }),
    ).lines;
    if (first === undefined || second === undefined) throw new Error('no lines');
    expect(toHex(encodeCanonical(first))).toBe(rollLine.bytes);
    expect(toBase64Url(hashLeaf(encodeCanonical(first)))).toBe(rollLine.leaf);
    const key = parsePublicKey(fromBase64Url(signed.key));
    expect(verify(key, fromHex(signed.bytes), fromBase64Url(signed.sig))).toBe(true);
    expect(all[signed.index]?.entry).toMatchObject({ type: 'closing', sigs: [{ sig: signed.sig }] });

    const parsed = receipt.parse(given);
    const cast = all[parsed.index]?.entry;
    if (cast === undefined) throw new Error('no ballot');
    const bytes = encodeEntry(cast);
    expect(verifyReceipt(parsed, { manifest, bytes, voter: parsed.voter }).size).toBe(all.length);

    const document = parseOpenedBallot(fromHex(opened.bytes));
    expect(document).toEqual(opened.document);
    const { manifest: election } = await vector<Anchor>('anchor.json');
    const ctx = (await vector<{ ctx: string }>('decryption.json')).ctx;
    const y = all.flatMap(({ entry }) => (entry.type === 'opening' ? [entry.body.key] : []))[0] ?? null;
    const context = ballotContext({ election, ctx, key: y, manifest });
    const line = { P: document.P, college: document.college, weight: document.weight };
    expect(readOpenedBallot(document, context, line)).toMatchObject({
      choices: { motion: ['against'] },
      fingerprint: opened.F,
    });
    const check = all.flatMap(({ entry }) => (entry.type === 'check' ? [entry.body.F] : []));
    expect(check).toEqual([opened.F]);
  });

  test('single steps: challenges of the ceremony, of the check and of the shares', async () => {
    const { all } = await entries();
    const { ceremony, check, shares } = await vector<Steps>('steps.json');
    const reveals = all.flatMap(({ entry }) => (entry.type === 'reveal' ? [entry.body] : []));
    for (const { i, R } of ceremony) {
      const body = reveals[i - 1];
      const joined = [...(body?.commitments ?? []), body?.proof ?? ''].map((text) => fromBase64Url(text));
      expect(R).toBe(toHex(concat(...joined)));
    }
    expect(ceremony).toHaveLength(3);
    for (const [tag, { input, e }] of [
      [TAGS.checkChallenge, check] as const,
      ...shares.map((one) => [TAGS.sharesChallenge, one] as const),
    ]) {
      expect(toBase64Url(encodeScalar(hashToScalar(tag, fromHex(input))))).toBe(e);
    }
    expect(shares.map(({ i }) => i)).toEqual([1, 3]);
  });

  test('every patch makes its check fail', async () => {
    const failing = await vector<Failing[]>('failing.json');
    expect(CHECKS.filter((id) => !failing.some(({ fails }) => fails === id))).toEqual(['anchor']);
    await expectFailures('election');
  });
});
