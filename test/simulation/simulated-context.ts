/** A simulated election that is open, in memory. */
import type { BallotContext } from '../../src/ballot/ballot-context.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { buildRoll, publishRoll } from '../../src/roll/build-roll.ts';
import {
  COLLEGE,
  type SimulatedContest,
  SimulatedElection,
} from '../../src/simulation/simulated-election.ts';
import { Credentials } from '../../src/simulation/simulated-voters.ts';

export function simulatedContext(contest: SimulatedContest): BallotContext {
  const election = new SimulatedElection('context', contest, {
    entry: () => undefined,
    blob: () => undefined,
  });
  const P = new Credentials(wasmKernel, 'context').publicKeys(0, 1);
  const voter = {
    P,
    college: COLLEGE,
    weight: 1,
    bodies: [],
    name: '',
    chosen: null,
    mandates: null,
    substitutes: [],
  };
  const { election: name, manifest } = election.state;
  return election.open(publishRoll(buildRoll(name, manifest, { frozen: 0, bodies: [] }, [voter]), manifest));
}
