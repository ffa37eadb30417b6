/** What a ballot says of its voter, against the roll: docs/protocol.md §6.1. */
import type { RollLine } from '../roll/roll-document.ts';
import type { BallotBody } from './ballot-entry.ts';
import { BallotError } from './errors.ts';

/**
 * @param line of P on the roll, if there is one.
 * @throws BallotError `not-on-roll`, `wrong-college`, `wrong-weight`.
 */
export function checkRollLine(
  body: Pick<BallotBody, 'P' | 'college' | 'weight'>,
  line: Pick<RollLine, 'P' | 'college' | 'weight'> | undefined,
): void {
  if (line?.P !== body.P) throw new BallotError('not-on-roll', 'body.P', 'not on the roll');
  if (line.college !== body.college) {
    throw new BallotError('wrong-college', 'body.college', `the roll says ${line.college}`);
  }
  if (line.weight !== body.weight) {
    throw new BallotError('wrong-weight', 'body.weight', `the roll says ${line.weight}`);
  }
}
