/** What one ballot costs: for the voter's device, alone, and in batches as the door and a recount verify them. */
import { ballotStatement, verifyBallots, verifyCredentials } from '../src/ballot/check-ballot.ts';
import { bigintKernel } from '../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { verifyBallotProof } from '../src/crypto/proofs/verify-ballot.ts';
import { parseEntry } from '../src/record/envelope.ts';
import type { Effort } from './effort.ts';
import { type BenchElection, benchElection } from './election.ts';
import { type Case, lazy } from './measure.ts';

function stated({ context }: BenchElection, bytes: Uint8Array) {
  const entry = parseEntry(bytes);
  if (entry.type !== 'ballot') throw new TypeError('not a ballot');
  return ballotStatement(entry, context);
}

function expectValid(problems: readonly unknown[]): void {
  if (problems.some((problem) => problem !== null)) throw new TypeError('a ballot is not valid');
}

function batches(election: BenchElection, options: number, sizes: readonly number[], kernel: Kernel): Case[] {
  return sizes.map((size) => {
    const ballots = lazy(() => election.make(size).map((bytes) => stated(election, bytes)));
    return {
      name: `batch.${size}x${options}`,
      per: size,
      run: () => expectValid(verifyBallots(ballots(), election.context, kernel)),
    };
  });
}

function ofOptions(options: number, most: number, { batches: sizes, slowBatches }: Effort): Case[] {
  const election = benchElection(options, most);
  const { context } = election;
  const one = lazy(() => election.prepare());
  const some = lazy(() => election.make(256).map((bytes) => stated(election, bytes)));
  const named = (name: string) => (each: Case) => ({ ...each, name: `${each.name}.${name}` });
  const noble: Case[] = [
    { name: `encrypt.${options}`, per: 1, run: () => void election.prepare() },
    {
      name: `verify.${options}`,
      per: 1,
      run: () => {
        const { statement, proof } = ballotStatement(one().entry, context);
        verifyBallotProof(statement, context.keyBytes, proof);
      },
    },
  ];
  return [
    ...noble.map(named('noble')),
    { name: `state.${options}`, per: 1, run: () => void stated(election, one().bytes) },
    {
      name: `credentials.256x${options}.wasm`,
      per: 256,
      run: () => expectValid(verifyCredentials(some().map(({ credential }) => credential))),
    },
    ...batches(election, options, sizes, wasmKernel).map(named('wasm')),
    ...batches(election, options, slowBatches, bigintKernel).map(named('bigint')),
  ];
}

export function ballots(effort: Effort): Case[] {
  return [...ofOptions(3, 1, effort), ...ofOptions(12, 7, effort)];
}
