/** Rolls for tests: voters with real keys, made from small numbers. */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { buildRoll, publishRoll, type RegisteredVoter, type RollTerms } from '../../src/roll/build-roll.ts';
import type { PublishedRollEntry } from '../../src/roll/check-roll.ts';
import { votersOf } from '../../src/roll/membership.ts';
import type { RollDocument } from '../../src/roll/roll-document.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';

export const ELECTION = 'E'.repeat(42) + 'A';

export const FROZEN = 1_780_000_000;

/** Public key number n ≥ 1. */
export const keyOf = (n: number): Uint8Array => ristretto255.Point.BASE.multiply(BigInt(n)).toBytes();

export const terms = {
  kind: 'real',
  colleges: [
    { id: 'members', mode: 'secret', weights: [1], entitlement: null },
    {
      id: 'delegates',
      mode: 'secret',
      weights: [1],
      entitlement: {
        from: 'members',
        branches: { kind: 'rate', seats: 2, per: 100, parts: 'begun', min: 0, max: null },
        outside: { kind: 'same-rate' },
        regions: null,
        strands: null,
        affiliates: { kind: 'each', seats: 2 },
        reserved: [],
      },
    },
  ],
  contests: [{ id: 'motion', colleges: ['members', 'delegates'], options: ['for', 'against'] }],
  roll: { mergeBelow: 5 },
} as const satisfies RollTerms;

const membership = simulateMembership({
  seed: 'rolls',
  members: 300,
  branches: 12,
  regions: 3,
  affiliates: 2,
});

/** The voters of a small simulated membership, members and delegates. */
export const voters: readonly RegisteredVoter[] = votersOf(membership, [
  { college: 'members', of: 'members', body: null },
  { college: 'delegates', of: 'delegates', body: null },
]).map((voter, i) => ({ ...voter, P: keyOf(i + 1), chosen: null, mandates: null, substitutes: [] }));

export const bodies = membership.bodies;

export const document: RollDocument = buildRoll(ELECTION, terms, { frozen: FROZEN, bodies }, voters);

export function entryOf(roll: RollDocument, of: RollTerms = terms): PublishedRollEntry {
  return { election: ELECTION, body: publishRoll(roll, of).body };
}
