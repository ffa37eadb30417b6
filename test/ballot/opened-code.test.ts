/** Opened ballots as codes for pictures: docs/protocol.md §6.6. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBallot, readOpenedBallot } from '../../src/ballot/ballot-check.ts';
import { BallotError } from '../../src/ballot/errors.ts';
import { completeOpened, encodeOpenedCode, parseOpenedCode } from '../../src/ballot/opened-code.ts';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { credential, election, hashOf } from './election.ts';

const { context } = election();

function opened(college: string, weight: number, leaf: string | null) {
  const voter = credential(context, college);
  const choices = { ...(college === 'members' ? { motion: ['option-2'] } : {}), board: ['option-1'] };
  const prev = leaf === null ? ({ kind: 'none' } as const) : ({ kind: 'ballot', leaf } as const);
  const ballot = prepareBallot({ context, college, weight, credential: voter, prev, choices });
  return { ballot, line: { P: voter.P, college, weight }, opened: openBallot(ballot, 70_000), choices };
}

describe('a code', () => {
  test.each([
    ['a first ballot', 'members', 1, null],
    ['a later one', 'members', 1, hashOf('earlier')],
    ['one of a recorded college', 'delegates', 25, null],
  ] as const)('stands for %s, with the record', (_, college, weight, leaf) => {
    const { ballot, line, opened: own, choices } = opened(college, weight, leaf);
    const whole = completeOpened(parseOpenedCode(encodeOpenedCode(own)), context, line);
    expect(whole).toEqual(own);
    expect(readOpenedBallot(whole, context, line)).toEqual({
      voter: 70_000,
      choices,
      fingerprint: ballot.fingerprint,
    });
  });

  test('of 8 options takes less than half a picture', () => {
    expect(encodeOpenedCode(opened('members', 1, null).opened).length).toBeLessThan(500);
  });

  test('that is hostile is refused as that', () => {
    const { opened: own, line } = opened('members', 1, null);
    const bytes = fromBase64Url(encodeOpenedCode(own));
    const refusal = (text: string): unknown => {
      try {
        completeOpened(parseOpenedCode(text), context, line);
        return null;
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(bytes.length - 1), (noise, cut) => {
        for (const hostile of [noise, bytes.slice(0, cut), Uint8Array.of(...bytes, ...noise, 1)]) {
          expect(refusal(toBase64Url(hostile))).toBeInstanceOf(BallotError);
        }
      }),
      { numRuns: 60 },
    );
    for (const text of ['', 'A', '*', 'AQ', toBase64Url(Uint8Array.of(2, ...bytes.slice(1)))]) {
      expect(refusal(text)).toMatchObject({ name: 'BallotError' });
    }
  });
});
