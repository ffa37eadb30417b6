/** docs/protocol.md §12: the committed election recounts, and its intermediate values are what the program computes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { contestClauses, encodeClauses, hashClauses } from '../../src/ballot/clauses.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { readEntries } from '../../src/board/log-reader.ts';
import { fromBase64Url, toBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { parseBallotProof } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import { ballotChallenge, hashCommitments } from '../../src/crypto/proofs/ballot-statement.ts';
import { encodeScalar } from '../../src/crypto/scalar.ts';
import { lotPoint } from '../../src/crypto/threshold.ts';
import { parseEntry } from '../../src/record/envelope.ts';
import { type RecordSource, readCheckpoint, readManifest } from '../../src/record/record-source.ts';
import { countProof, verifyCountProof } from '../../src/tally/count-proof.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';

const FOLDER = join(import.meta.dirname, '../vectors/election');

/** The record, with the files of a forgery, if any, before its own. */
function sourceIn(...folders: readonly string[]): RecordSource {
  return {
    read: async (path) => {
      for (const folder of folders) {
        try {
          return new Uint8Array(await readFile(join(FOLDER, folder, path)));
        } catch {
          // Not there: the next one may have it.
        }
      }
      return undefined;
    },
  };
}

const source = sourceIn('record');

async function vector<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as T;
}

interface Anchor {
  readonly manifest: string;
  readonly log: string;
  readonly witnesses: { readonly quorum: number; readonly keys: string[] };
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
      const own = contestClauses(contest);
      return {
        contest: contest.id,
        clauses: own,
        bytes: toHex(encodeClauses(own)),
        hash: toBase64Url(hashClauses(own)),
      };
    });
    expect(await vector('clauses.json')).toEqual(clauses);
    const opening = (await vector<{ ctx: string }>('decryption.json')).ctx;
    const key = all.flatMap(({ entry }) => (entry.type === 'opening' ? [entry.body.key] : []))[0] ?? null;
    const { manifest: election } = await vector<Anchor>('anchor.json');
    const context = ballotContext({ election, ctx: opening, key, manifest });
    const ballots =
      await vector<{ index: number; M: string; K: string; C: string; e: string; F: string }[]>(
        'ballots.json',
      );
    expect(ballots.map(({ index }) => index)).toEqual(
      all.flatMap(({ index, entry }) => (entry.type === 'ballot' ? [index] : [])),
    );
    for (const { index, M, K, C, e, F } of ballots) {
      const entry = all[index]?.entry;
      if (entry?.type !== 'ballot') throw new Error('no ballot');
      const { statement, proof, fingerprint } = ballotStatement(entry, context);
      const { commitments } = parseBallotProof(proof, statement.clauses);
      const own = hashCommitments(commitments);
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
    const trees =
      await vector<{ cell: string; leaves: { voter: number; proof: unknown }[] }[]>('count-trees.json');
    expect(trees.map(({ cell }) => cell)).toEqual(tally?.document.cells.map(({ id }) => id));
    trees.forEach(({ cell, leaves }, i) => {
      const tallied = tally?.document.cells[i];
      if (tallied === undefined) throw new Error('no cell');
      const ctx = fromBase64Url(tally?.document.ctx ?? '');
      expect(leaves).toHaveLength(tallied.voters);
      for (const { voter, proof } of leaves) {
        const expected = { ctx, cell, roll: 19, voter, tallied };
        expect(() => verifyCountProof(kernel, countProof.parse(proof), expected)).not.toThrow();
      }
    });
  });

  test('the point of the lot', async () => {
    const { tally, lotPoint: point } = await vector<{ tally: string; lotPoint: string }>('decryption.json');
    expect(toBase64Url(lotPoint(fromBase64Url(tally)))).toBe(point);
  });

  test('the tampered ones fail, at the same places', async () => {
    const { manifest } = await vector<Anchor>('anchor.json');
    const expected = await vector<Record<string, Record<string, string[]>>>('tampered/failures.json');
    expect(Object.keys(expected)).toHaveLength(7);
    for (const [name, failures] of Object.entries(expected)) {
      const { ok, checks } = await verifyRecord(sourceIn(`tampered/${name}`, 'record'), {
        anchor: { manifest },
      });
      expect(ok, name).toBe(false);
      const failed = checks.filter(({ status }) => status === 'fail');
      const found = failed.map(({ id, failures: own }) => [id, own.map(({ where }) => where)]);
      expect(Object.fromEntries(found), name).toEqual(failures);
    }
  });
});
