/** What one ballot costs, room by room; every figure is for one ballot unless its name says otherwise. */
import { verifyBallots } from '../src/ballot/check-ballot.ts';
import { fromBase64Url } from '../src/crypto/bytes.ts';
import { makeDiscreteLog } from '../src/crypto/discrete-log.ts';
import { encodeElement, G, multiplySecret } from '../src/crypto/group.ts';
import { bigintKernel } from '../src/crypto/kernel/bigint.ts';
import { verifyBallotProof } from '../src/crypto/proofs/verify-ballot.ts';
import { proveShares, verifyShares } from '../src/crypto/threshold.ts';
import { cellsOf } from '../src/tally/cells.ts';
import { encryptedCells } from '../src/tally/decryption.ts';
import { encodeContent, recomputeTally, type Tally } from '../src/tally/tally-document.ts';
import { countTally, openTally } from '../src/tally/totals.ts';
import { type BenchElection, benchElection, COLLEGE, statedBallots } from './election.ts';

export interface Case {
  readonly name: string;
  /** What one run is divided by. */
  readonly ballots: number;
  readonly run: () => void;
}

/** `lazy`: ballots are made when the case is reached, not before the first. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function verifying(election: BenchElection, options: number, batches: readonly number[]): Case[] {
  const { context } = election;
  const one = lazy(() => statedBallots(election, 1)[0]);
  return [
    { name: `encrypt.${options}`, ballots: 1, run: () => void election.prepare() },
    {
      name: `verify.one.${options}`,
      ballots: 1,
      run: () => {
        const ballot = one();
        if (ballot === undefined) throw new TypeError('no ballot');
        verifyBallotProof(ballot.statement, context.keyBytes, ballot.proof);
      },
    },
    ...batches.map((size): Case => {
      const ballots = lazy(() => statedBallots(election, size));
      return {
        name: `verify.batch${size}.${options}`,
        ballots: size,
        run: () => {
          if (verifyBallots(ballots(), context).some((problem) => problem !== null))
            throw new TypeError('not valid');
        },
      };
    }),
  ];
}

/** The tally of an election in which everybody sent one of a few ballots. */
function tallyOf({ context, prepare }: BenchElection, voters: number): () => Tally {
  const { election, ctx, manifest } = context;
  const few = lazy(() =>
    Array.from({ length: 16 }, () => {
      const { entry, leaf } = prepare();
      const contents = new Map(entry.body.contests.map((contest) => [contest.id, encodeContent(contest)]));
      return { leaf: fromBase64Url(leaf), contents };
    }),
  );
  const lines = Array.from({ length: voters }, () => ({ college: COLLEGE, weight: 1 }));
  const cells = cellsOf(manifest, lines);
  return () =>
    recomputeTally(bigintKernel, {
      election,
      ctx,
      closing: ctx,
      cells,
      roll: voters,
      ballotOf: (voter) => few()[voter % few().length],
    });
}

/** One trustee's shares, and all that comes after the last of them. */
function decrypting({ secret }: BenchElection, tally: () => Tally, options: number): Case[] {
  const leaf = new Uint8Array(32).fill(3);
  const prepared = lazy(() => {
    const { document, cells } = tally();
    const statement = {
      ctx: fromBase64Url(document.ctx),
      tally: leaf,
      i: 1,
      shareKey: encodeElement(multiplySecret(G, secret)),
      cells: encryptedCells(document),
    };
    return { document, cells, statement, shares: proveShares(statement, secret) };
  });
  const log = lazy(() => makeDiscreteLog(bigintKernel));
  return [
    {
      name: `decrypt.share.${options} (a whole tally)`,
      ballots: 1,
      run: () => void proveShares(prepared().statement, secret),
    },
    {
      name: `decrypt.count.${options} (a whole tally)`,
      ballots: 1,
      run: () => {
        const { document, cells, statement, shares } = prepared();
        verifyShares(bigintKernel, statement, shares);
        countTally(log(), document, cells, openTally(bigintKernel, document, 1, [{ i: 1, shares }]));
      },
    },
  ];
}

/** @param quick smaller batches. */
export function allCases(quick: boolean): Case[] {
  const batches = quick ? [1, 16, 64] : [1, 16, 256, 4096];
  const voters = quick ? 64 : 1024;
  return [
    [3, 1],
    [12, 7],
  ].flatMap(([options = 0, most = 0]) => {
    const election = benchElection(options, most);
    const tally = tallyOf(election, voters);
    return [
      ...verifying(election, options, options === 3 ? batches : batches.slice(0, 3)),
      { name: `aggregate.${options}`, ballots: voters, run: () => void tally() },
      ...decrypting(election, lazy(tally), options),
    ];
  });
}
