/** The work of making a ballot does not depend on the vote: docs/protocol.md §6.4. */
import { expect, test, vi } from 'vitest';
import { prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import * as group from '../../src/crypto/group.ts';
import { credential, election } from './election.ts';

vi.mock('../../src/crypto/group.ts', async (original) => {
  const real = await original<typeof group>();
  const spied = [
    'multiplyUniform',
    'multiplySecret',
    'multiplyPublic',
    'add',
    'subtract',
    'encodeElement',
  ] as const;
  return { ...real, ...Object.fromEntries(spied.map((name) => [name, vi.fn(real[name])])) };
});

const counted = [
  group.multiplyUniform,
  group.multiplySecret,
  group.multiplyPublic,
  group.add,
  group.subtract,
  group.encodeElement,
] as const;

test('the same group operations, whatever is chosen, and no multiplication in variable time', () => {
  const { context } = election();
  const voter = credential(context);
  const motions = ['option-1', 'option-2', 'option-3'];
  const boards = [[], ['option-1'], ['option-5', 'option-2'], ['option-2', 'option-3', 'option-4']];
  const work = motions.flatMap((motion) =>
    boards.map((board) => {
      vi.clearAllMocks();
      const choices = { motion: [motion], board };
      let drawn = 0;
      const random = (length: number): Uint8Array => {
        drawn += length;
        return crypto.getRandomValues(new Uint8Array(length));
      };
      prepareBallot({
        context,
        college: 'members',
        weight: 1,
        credential: voter,
        prev: { kind: 'none' },
        choices,
        random,
      });
      return [drawn, ...counted.map((operation) => vi.mocked(operation).mock.calls.length)].join();
    }),
  );
  expect(new Set(work).size).toBe(1);
  expect(group.multiplyUniform).toHaveBeenCalled();
  expect(group.multiplyPublic).not.toHaveBeenCalled();
});
