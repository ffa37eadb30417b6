/** Makes the ballots of a part of a simulated election, in a thread of its own. FOR SIMULATION ONLY. */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { type BallotSetting, ballotContext } from '../../ballot/ballot-context.ts';
import { type Bytes, concat, u16 } from '../../crypto/bytes.ts';
import { wasmKernel } from '../../crypto/kernel/wasm.ts';
import { BallotMaker, type SimulatedBallot } from '../make-ballots.ts';
import { COLLEGE } from '../simulated-election.ts';
import { Credentials, type SimulatedVoters, votesOf } from '../simulated-voters.ts';

export interface BallotsWork {
  readonly voters: SimulatedVoters;
  readonly setting: BallotSetting;
}

/** Members from `start` on. */
export interface BallotsRequest {
  readonly start: number;
  readonly count: number;
}

/** The ballots of those of the members who vote, in order. */
export interface BallotsAnswer {
  readonly start: number;
  readonly ballots: number;
  /** Each after its length in two bytes, as in an entry bundle. */
  readonly entries: Bytes;
  /** 32 bytes each. */
  readonly leaves: Bytes;
  /** The ciphertexts of each. */
  readonly contents: Bytes;
}

const LEAF = Uint8Array.of(0);

function answer(start: number, made: readonly SimulatedBallot[]): BallotsAnswer {
  return {
    start,
    ballots: made.length,
    entries: concat(...made.flatMap(({ bytes }) => [u16(bytes.length), bytes])),
    leaves: concat(...made.map(({ bytes }) => createHash('sha256').update(LEAF).update(bytes).digest())),
    contents: concat(...made.map(({ ciphertexts }) => ciphertexts)),
  };
}

const port = parentPort;
if (port !== null) {
  const { voters, setting } = workerData as BallotsWork;
  const credentials = new Credentials(wasmKernel, voters.seed);
  const maker = new BallotMaker(wasmKernel, ballotContext(setting), voters.seed);
  port.on('message', ({ start, count }: BallotsRequest) => {
    const made = maker.make(COLLEGE, votesOf(credentials, voters, start, count), start);
    const told = answer(start, made);
    const buffers = [told.entries, told.leaves, told.contents].map(({ buffer }) => buffer as ArrayBuffer);
    port.postMessage(told, buffers);
  });
}
