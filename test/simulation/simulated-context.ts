/** A simulated election that is open, in memory. */
import type { BallotContext } from '../../src/ballot/ballot-context.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { publishRoll } from '../../src/roll/build-roll.ts';
import { type SimulatedContest, SimulatedElection } from '../../src/simulation/simulated-election.ts';
import { Credentials } from '../../src/simulation/simulated-voters.ts';

export function simulatedContext(contest: SimulatedContest): BallotContext {
  const election = new SimulatedElection('context', contest, {
    entry: () => undefined,
    blob: () => undefined,
  });
  const P = new Credentials(wasmKernel, 'context').publicKeys(0, 1);
  return election.open(publishRoll(election.rollOf([P]), election.state.manifest));
}
