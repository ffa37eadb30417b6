/** Ballots to encrypt and verify: of an election in memory, with one contest and one voter. */
import type { BallotContext } from '../src/ballot/ballot-context.ts';
import type { Credential } from '../src/ballot/credential.ts';
import { type PreparedBallot, prepareBallot } from '../src/ballot/prepare-ballot.ts';
import { toBase64Url } from '../src/crypto/bytes.ts';
import { encodeElement, G, multiplySecret } from '../src/crypto/group.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { randomScalar } from '../src/crypto/scalar.ts';
import { publishRoll } from '../src/roll/build-roll.ts';
import { BallotMaker } from '../src/simulation/make-ballots.ts';
import {
  COLLEGE,
  CONTEST,
  optionNames,
  type SimulatedContest,
  SimulatedElection,
} from '../src/simulation/simulated-election.ts';

export interface BenchElection {
  readonly context: BallotContext;
  /** As a member's device makes a ballot. */
  readonly prepare: () => PreparedBallot;
  /** Published bytes of so many ballots. */
  readonly make: (count: number) => Uint8Array[];
}

/** @param most how many of the options a ballot chooses. */
export function benchElection(options: number, most: number): BenchElection {
  const contest: SimulatedContest = { options, most };
  const nowhere = { entry: () => undefined, blob: () => undefined };
  const election = new SimulatedElection('bench', contest, nowhere);
  const x = randomScalar();
  const P = encodeElement(multiplySecret(G, x));
  const context = election.open(publishRoll(election.rollOf([P]), election.state.manifest));
  const credential: Credential = { x, P: toBase64Url(P) };
  const vote = {
    weight: 1,
    prev: { kind: 'none' },
    choices: { [CONTEST]: optionNames(contest).slice(0, most) },
  } as const;
  const maker = new BallotMaker(wasmKernel, context, 'bench');
  return {
    context,
    prepare: () => prepareBallot({ ...vote, context, college: COLLEGE, credential }),
    make: (count) =>
      maker
        .make(
          COLLEGE,
          Array.from({ length: count }, () => ({ ...vote, ...credential })),
          0,
        )
        .map(({ bytes }) => bytes),
  };
}
