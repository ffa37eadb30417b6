import { expect, test } from 'vitest';
import { drawCredentials } from '../../src/api/registrar/draw-credentials.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { parseToken } from '../../src/ballot/token.ts';

const ELECTION = 'A'.repeat(43);

/** As many, every third a delegate. */
const holdersOf = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    person: `p${i}`,
    college: i % 3 === 0 ? 'delegates' : 'members',
  }));

test.each([
  ['a few, in this thread', 7],
  ['many, in threads that do not get the same number', 601],
])('each holder gets a token of their own and its credential: %s', async (_, n) => {
  const holders = holdersOf(n);
  const drawn = await drawCredentials({ election: ELECTION, holders }, 3);
  expect(drawn.map(({ person, college }) => ({ person, college }))).toStrictEqual(holders);
  expect(new Set(drawn.map(({ token }) => token)).size).toBe(n);
  for (const { college, P, token } of drawn.filter((_one, i) => i % 50 < 4)) {
    expect(deriveCredential(parseToken(token), ELECTION, college).P).toBe(P);
  }
});

test('none are drawn if one cannot be', async () => {
  await expect(drawCredentials({ election: '!', holders: holdersOf(7) })).rejects.toThrow('election');
  await expect(drawCredentials({ election: '!', holders: holdersOf(601) }, 2)).rejects.toThrow('election');
});
