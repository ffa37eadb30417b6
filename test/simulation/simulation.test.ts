/** Simulated ballots are ordinary ones: the reference verifies them, and a simulated record recounts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ballotStatement } from '../../src/ballot/check-ballot.ts';
import { folderSource } from '../../src/cli/sources.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { verifyBallotProof } from '../../src/crypto/proofs/verify-ballot.ts';
import { parseEntry } from '../../src/record/envelope.ts';
import { BallotMaker } from '../../src/simulation/make-ballots.ts';
import { COLLEGE } from '../../src/simulation/simulated-election.ts';
import { Credentials, votesOf } from '../../src/simulation/simulated-voters.ts';
import { writeSimulatedRecord } from '../../src/simulation/write-simulated-record.ts';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { simulatedContext } from './simulated-context.ts';

describe.each([
  { options: 3, most: 1 },
  { options: 12, most: 7 },
])('$options options, up to $most of them', (contest) => {
  test('the reference verifies every ballot', () => {
    const context = simulatedContext(contest);
    const voters = { seed: 'ballots', members: 9, turnout: 100, contest };
    const votes = votesOf(new Credentials(wasmKernel, 'ballots'), voters, 0, 9);
    const made = new BallotMaker(wasmKernel, context, 'ballots').make(COLLEGE, votes, 0);
    expect(made).toHaveLength(9);
    const fingerprints = made.map(({ bytes }) => {
      const entry = parseEntry(bytes);
      if (entry.type !== 'ballot') throw new Error(entry.type);
      const { statement, proof, fingerprint } = ballotStatement(entry, context);
      verifyBallotProof(statement, context.keyBytes, proof);
      return fingerprint;
    });
    expect(new Set(fingerprints).size).toBe(9);
  });
});

test('a simulated record recounts', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'teller-simulation-'));
  try {
    const written = await writeSimulatedRecord({
      members: 300,
      options: 3,
      turnout: 80,
      seed: 'record',
      directory,
      cores: 1,
    });
    const recount = await verifyRecord(folderSource(directory), { anchor: { manifest: written.election } });
    expect(recount.checks.flatMap(({ failures }) => failures)).toEqual([]);
    expect(recount).toMatchObject({ ok: true, anchored: true });
    expect(recount.result?.counts[0]?.ballots).toBe(written.ballots);
  } finally {
    await rm(directory, { recursive: true });
  }
});
