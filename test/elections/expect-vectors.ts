/** What the worked elections are held to: docs/protocol.md §6.2, §6.3, §9.3, §11. */
import { expect } from 'vitest';
import { ballotContext } from '../../src/ballot/ballot-context.ts';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { contestClauses, encodeClauses, hashContest } from '../../src/ballot/clauses.ts';
import { contestColumns, encodeColumns } from '../../src/ballot/columns.ts';
import { fromBase64Url, fromHex, toBase64Url, toHex } from '../../src/crypto/bytes.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { parseBallotProof } from '../../src/crypto/proofs/ballot-proof-codec.ts';
import { ballotChallenge, hashCommitments } from '../../src/crypto/proofs/ballot-statement.ts';
import { encodeScalar } from '../../src/crypto/scalar.ts';
import { TAGS } from '../../src/crypto/tags.ts';
import { hash512 } from '../../src/crypto/transcript.ts';
import { countProof, verifyCountProof } from '../../src/tally/count-proof.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import {
  type Anchor,
  type BallotValues,
  type ClauseValues,
  type Failing,
  vectorFiles,
} from './vector-files.ts';

/** Clauses, columns, their bytes and hashes. */
export async function expectClauses(folder: string): Promise<void> {
  const { vector, entries } = vectorFiles(folder);
  const { manifest } = await entries();
  const given = await vector<ClauseValues[]>('clauses.json');
  expect(new Set(given.map(({ contest }) => contest))).toEqual(
    new Set(manifest.contests.map(({ id }) => id)),
  );
  for (const { contest: id, weight, ...values } of given) {
    const contest = manifest.contests.find((one) => one.id === id);
    if (contest === undefined) throw new Error('no contest');
    const [clauses, columns] = [contestClauses(contest, weight ?? 1), contestColumns(contest, weight ?? 1)];
    expect(values).toEqual({
      clauses,
      columns: columns.map(({ terms }) => terms),
      bytes: [toHex(encodeClauses(clauses)), toHex(encodeColumns(columns))],
      hash: toBase64Url(hashContest(contest, weight ?? 1)),
    });
  }
}

/** What M hashes, and M, K, C, e and F of every ballot. */
export async function expectBallots(folder: string): Promise<void> {
  const { vector, entries } = vectorFiles(folder);
  const { manifest, all } = await entries();
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
}

/** Every count proof leads to the tally. */
export async function expectCountProofs(folder: string): Promise<void> {
  const { source, vector, entries } = vectorFiles(folder);
  const { tally } = await verifyRecord(source);
  if (tally === null) throw new Error('no tally');
  const { manifest, all } = await entries();
  const roll = all.flatMap(({ entry }) => (entry.type === 'roll' ? [entry.body.size] : []))[0] ?? 0;
  const trees =
    await vector<{ cell: string; leaves: { voter: number; proof: unknown }[] }[]>('count-trees.json');
  expect(trees.map(({ cell }) => cell)).toEqual(tally.document.cells.map(({ id }) => id));
  trees.forEach(({ cell, leaves }, i) => {
    const tallied = tally.document.cells[i];
    const contest = manifest.contests.find(({ id }) => id === cell.split('/')[0]);
    if (tallied === undefined || contest === undefined) throw new Error('no cell');
    const ctx = fromBase64Url(tally.document.ctx);
    expect(leaves).toHaveLength(tallied.voters);
    for (const { voter, proof } of leaves) {
      const expected = { ctx, cell, contest, roll, voter, tallied };
      expect(() => verifyCountProof(kernel, countProof.parse(proof), expected)).not.toThrow();
    }
  });
}

/** Every forgery fails its check, and what else it is said to fail. */
export async function expectFailures(folder: string): Promise<void> {
  const { vector, patched } = vectorFiles(folder);
  const { manifest } = await vector<Anchor>('anchor.json');
  for (const { what, fails, also, files } of await vector<Failing[]>('failing.json')) {
    const { ok, checks } = await verifyRecord(await patched(files), { anchor: { manifest } });
    expect(ok, what).toBe(false);
    const found = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    expect(found.toSorted(), what).toEqual([fails, ...also].toSorted());
  }
}
