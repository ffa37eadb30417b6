/** What one ballot costs: for the voter's device, alone, and in batches as the door and a recount verify them. */
import { ballotStatement, verifyBallots, verifyCredentials } from '../src/ballot/check-ballot.ts';
import type { PackedEntries } from '../src/ballot/regular-ballots.ts';
import { bigintKernel } from '../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { verifyBallotProof } from '../src/crypto/proofs/verify-ballot.ts';
import { parseEntry } from '../src/record/envelope.ts';
import { EntryCheck, packEntries } from '../src/tally/ballots/check-entries.ts';
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

/** From bytes to verdicts, as a recount has them. @returns the hints of all ballots, which are of one form. */
async function checkAll(check: EntryCheck, entries: PackedEntries): Promise<Uint8Array> {
  const { groups, others } = await check.check(entries);
  const [group] = groups;
  if (group === undefined || group.faults.length > 0 || others.length > 0) throw new TypeError('not valid');
  return group.hints;
}

function batches(election: BenchElection, options: number, sizes: readonly number[], kernel: Kernel): Case[] {
  return sizes.flatMap((size): Case[] => {
    const check = lazy(() => new EntryCheck(election.context, kernel));
    const entries = lazy(() => packEntries(election.make(size)));
    const hinted = lazy(async (): Promise<PackedEntries> => {
      const bytes = await checkAll(check(), entries());
      const starts = Uint32Array.from({ length: size + 1 }, (_, i) => (i * bytes.length) / size);
      return { ...entries(), hints: { bytes, starts } };
    });
    return [
      {
        name: `batch.${size}x${options}.nohints`,
        per: size,
        run: async () => void (await checkAll(check(), entries())),
      },
      {
        name: `batch.${size}x${options}.hints`,
        per: size,
        run: async () => void (await checkAll(check(), await hinted())),
      },
    ];
  });
}

/** As the casting queue has them: parsed, and with their credentials proved. */
function atTheDoor(election: BenchElection, options: number, sizes: readonly number[]): Case[] {
  return sizes.flatMap((size): Case[] => {
    const ballots = lazy(() => election.make(size).map((bytes) => stated(election, bytes)));
    return [
      {
        name: `door.credentials.${size}x${options}`,
        per: size,
        run: () => expectValid(verifyCredentials(ballots().map(({ credential }) => credential))),
      },
      {
        name: `door.ballots.${size}x${options}`,
        per: size,
        run: () => expectValid(verifyBallots(ballots(), election.context)),
      },
    ];
  });
}

function ofOptions(
  options: number,
  most: number,
  { batches: sizes, slowBatches, doorBatches }: Effort,
): Case[] {
  const election = benchElection(options, most);
  const { context } = election;
  const one = lazy(() => election.prepare());
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
    { name: `door.state.${options}`, per: 1, run: () => void stated(election, one().bytes) },
    ...atTheDoor(election, options, doorBatches),
    ...batches(election, options, sizes, wasmKernel).map(named('wasm')),
    ...batches(election, options, slowBatches, bigintKernel).map(named('bigint')),
  ];
}

export function ballots(effort: Effort): Case[] {
  return [...ofOptions(3, 1, effort), ...ofOptions(12, 7, effort)];
}
