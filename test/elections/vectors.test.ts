/** docs/protocol.md §12: the committed election recounts, and its intermediate values are what the program computes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseOpenedBallot, readOpenedBallot } from '../../src/ballot/ballot-check.ts';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { contestClauses, encodeClauses, hashClauses } from '../../src/ballot/clauses.ts';
import { contestColumns, encodeColumns } from '../../src/ballot/columns.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { readEntries } from '../../src/board/log-reader.ts';
import { hashLeaf } from '../../src/board/merkle.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { concat, fromBase64Url, fromHex, toBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { parsePublicKey, verify } from '../../src/crypto/ed25519.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { parseBallotProof } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import { ballotChallenge, hashCommitments } from '../../src/crypto/proofs/ballot-statement.ts';
import { encodeScalar, hashToScalar } from '../../src/crypto/scalar.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { lotPoint } from '../../src/crypto/threshold.ts';
import { hash512 } from '../../src/crypto/transcript.ts';
import { encodeEntry, parseDocument, parseEntry } from '../../src/record/envelope.ts';
import { CHECKS } from '../../src/record/problem.ts';
import { receipt, verifyReceipt } from '../../src/record/receipt.ts';
import { type RecordSource, readBlob, readCheckpoint, readManifest } from '../../src/record/record-source.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { countProof, verifyCountProof } from '../../src/tally/count-proof.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';

const FOLDER = join(import.meta.dirname, '../vectors/election');

const source: RecordSource = {
  read: async (path) => {
    try {
      return new Uint8Array(await readFile(join(FOLDER, 'record', path)));
    } catch {
      return undefined;
    }
  },
};

async function vector<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as T;
}

interface Anchor {
  readonly manifest: string;
  readonly log: string;
  readonly witnesses: { readonly quorum: number; readonly keys: string[] };
}

interface BallotValues {
  readonly index: number;
  readonly parts: readonly string[];
  readonly M: string;
  readonly K: string;
  readonly C: string;
  readonly e: string;
  readonly F: string;
}

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

type Piece = string | readonly [path: string, from: number, to: number];
interface Failing {
  readonly what: string;
  readonly fails: string;
  readonly also: readonly string[];
  readonly files: Readonly<Record<string, readonly Piece[] | null>>;
}

/** The record with some of its files replaced, added or gone. */
async function patched(files: Failing['files']): Promise<RecordSource> {
  const replaced = new Map<string, Uint8Array | undefined>();
  for (const [path, pieces] of Object.entries(files)) {
    const parts = (pieces ?? []).map(async (piece) =>
      typeof piece === 'string'
        ? fromBase64Url(piece)
        : ((await source.read(piece[0])) ?? new Uint8Array()).subarray(piece[1], piece[2]),
    );
    replaced.set(path, pieces === null ? undefined : concat(...(await Promise.all(parts))));
  }
  return { read: async (path) => (replaced.has(path) ? replaced.get(path) : await source.read(path)) };
}

async function entries() {
  const { entry } = await readManifest(source);
  const { checkpoint } = await readCheckpoint(source, entry.body);
  const all = [];
  for await (const { index, bytes } of readEntries(source, checkpoint)) {
    all.push({ index, entry: parseEntry(bytes) });
  }
  return { manifest: entry.body, all };
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
    const { manifest, all } = await entries();
    const clauses = manifest.contests.map((contest) => {
      const [own, columns] = [contestClauses(contest, 1), contestColumns(contest, 1)];
      return {
        contest: contest.id,
        clauses: own,
        columns: columns.map(({ terms }) => terms),
        bytes: [toHex(encodeClauses(own)), toHex(encodeColumns(columns))],
        hash: toBase64Url(hashClauses(own, columns)),
      };
    });
    expect(await vector('clauses.json')).toEqual(clauses);
    const opening = (await vector<{ ctx: string }>('decryption.json')).ctx;
    const key = all.flatMap(({ entry }) => (entry.type === 'opening' ? [entry.body.key] : []))[0] ?? null;
    const { manifest: election } = await vector<Anchor>('anchor.json');
    const context = ballotContext({ election, ctx: opening, key, manifest });
    const ballots = await vector<BallotValues[]>('ballots.json');
    expect(ballots.map(({ index }) => index)).toEqual(
      all.flatMap(({ index, entry }) => (entry.type === 'ballot' ? [index] : [])),
    );
    for (const { index, parts, M, K, C, e, F } of ballots) {
      const entry = all[index]?.entry;
      if (entry?.type !== 'ballot') throw new Error('no ballot');
      const { statement, proof, fingerprint } = ballotStatement(entry, context);
      const { commitments } = parseBallotProof(proof, statement.clauses);
      const own = hashCommitments(commitments);
      expect(toBase64Url(hash512(TAGS.ballotStatement, ...parts.map((part) => fromHex(part))))).toBe(M);
      expect({
        M: toBase64Url(statement.M),
        K: toBase64Url(commitments),
        C: toBase64Url(own),
        e: toBase64Url(encodeScalar(ballotChallenge(statement.M, own))),
        F: fingerprint,
      }).toEqual({ M, K, C, e, F });
    }
  });

  test('every count proof leads to the tally', async () => {
    const { tally } = await verifyRecord(source);
    const { manifest } = await entries();
    const trees =
      await vector<{ cell: string; leaves: { voter: number; proof: unknown }[] }[]>('count-trees.json');
    expect(trees.map(({ cell }) => cell)).toEqual(tally?.document.cells.map(({ id }) => id));
    trees.forEach(({ cell, leaves }, i) => {
      const tallied = tally?.document.cells[i];
      if (tallied === undefined) throw new Error('no cell');
      const contest = manifest.contests.find(({ id }) => id === cell.split('/')[0]);
      if (contest === undefined) throw new Error('no contest');
      const ctx = fromBase64Url(tally?.document.ctx ?? '');
      expect(leaves).toHaveLength(tallied.voters);
      for (const { voter, proof } of leaves) {
        const expected = { ctx, cell, contest, roll: 19, voter, tallied };
        expect(() => verifyCountProof(kernel, countProof.parse(proof), expected)).not.toThrow();
      }
    });
  });

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
    const { manifest } = await vector<Anchor>('anchor.json');
    const failing = await vector<Failing[]>('failing.json');
    expect(CHECKS.filter((id) => !failing.some(({ fails }) => fails === id))).toEqual(['anchor']);
    for (const { what, fails, also, files } of failing) {
      const { ok, checks } = await verifyRecord(await patched(files), { anchor: { manifest } });
      expect(ok, what).toBe(false);
      const found = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
      expect(found.toSorted(), what).toEqual([fails, ...also].toSorted());
    }
  });
});
