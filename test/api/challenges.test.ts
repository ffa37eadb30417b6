/** Challenges of passkeys: nothing is kept of those that nobody has signed, and each is taken once all the same. */
import { describe, expect, test } from 'vitest';
import { CHALLENGE_SECONDS, Challenges } from '../../src/api/officers/challenges.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';

function challengesAt(start: number): { challenges: Challenges; clock: { now: number } } {
  const clock = { now: start };
  return { challenges: new Challenges(() => clock.now), clock };
}

describe('a challenge', () => {
  test('is taken once, for its purpose', () => {
    const { challenges } = challengesAt(1000);
    const challenge = challenges.make('sign-in');
    expect(challenges.take(challenge, 'register')).toBe(false);
    expect(challenges.isOpen(challenge, 'sign-in')).toBe(true);
    expect(challenges.take(challenge, 'sign-in')).toBe(true);
    expect(challenges.isOpen(challenge, 'sign-in')).toBe(false);
    expect(challenges.take(challenge, 'sign-in')).toBe(false);
  });

  test('has its time, to the second', () => {
    const { challenges, clock } = challengesAt(1000);
    const challenge = challenges.make('sign-in');
    clock.now += CHALLENGE_SECONDS - 1;
    expect(challenges.isOpen(challenge, 'sign-in')).toBe(true);
    clock.now += 1;
    expect(challenges.take(challenge, 'sign-in')).toBe(false);
  });

  test('has as long when thousands are made after it', () => {
    const { challenges } = challengesAt(1000);
    const challenge = challenges.make('sign-in');
    const others = new Set(Array.from({ length: 25_000 }, () => challenges.make('sign-in')));
    expect(others.size).toBe(25_000);
    expect(challenges.take(challenge, 'sign-in')).toBe(true);
  });

  test('is taken no second time when it was forgotten, and the clock is set back', () => {
    const { challenges, clock } = challengesAt(1000);
    const challenge = challenges.make('sign-in');
    expect(challenges.take(challenge, 'sign-in')).toBe(true);
    clock.now += CHALLENGE_SECONDS;
    expect(challenges.take(challenges.make('sign-in'), 'sign-in')).toBe(true);
    clock.now = 1000;
    expect(challenges.take(challenge, 'sign-in')).toBe(false);
    expect(challenges.take(challenges.make('sign-in'), 'sign-in')).toBe(true);
  });

  test('is nobody else’s to make or to change', () => {
    const { challenges } = challengesAt(1000);
    const challenge = challenges.make('sign-in');
    expect(challengesAt(1000).challenges.isOpen(challenge, 'sign-in')).toBe(false);
    const bytes = fromBase64Url(challenge);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
      expect(challenges.isOpen(toBase64Url(changed), 'sign-in'), `byte ${at}`).toBe(false);
    }
    const longer = toBase64Url(new Uint8Array([...bytes, 0]));
    for (const other of ['', 'A', '=', `${challenge}A`, `${challenge}=`, longer, challenge.slice(0, -4)])
      expect(challenges.take(other, 'sign-in'), other).toBe(false);
    expect(challenges.take(challenge, 'sign-in')).toBe(true);
  });
});
