/** A manifest without a fault: members and delegates, a motion put to both, and seats for the delegates. */

import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { encodeVerifierKey, verifierKey } from '../../src/board/note.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';

/** Public key number n. */
const publicKey = (n: number) => publicKeyOf(parseSigningKey(new Uint8Array(32).fill(n)));
const key = (n: number): string => toBase64Url(publicKey(n));

export const ORIGIN = 'teller.example.org/log/abcdefghijklmnopqrstuv';
const HASH = 'A'.repeat(43);

export const noteKey = (name: string, type: 1 | 4, n: number): string =>
  encodeVerifierKey(verifierKey(name, type, publicKey(n)));

export const manifest: ManifestBody = {
  kind: 'real',
  suite: 'ristretto255-SHA512',
  origin: ORIGIN,
  log: noteKey(ORIGIN, 1, 100),
  texts: [{ lang: 'en', blob: { sha256: HASH, bytes: 1000 } }],
  roles: { officers: [key(1)], registrars: [key(2)], boxes: [key(3)], observers: [] },
  trustees: { threshold: 2, count: 3, agreements: 2, keys: [key(4), key(5), key(6)] },
  issuers: 1,
  colleges: [
    { id: 'members', mode: 'secret', weights: [1], entitlement: null },
    {
      id: 'delegates',
      mode: 'secret',
      weights: [1, 50],
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
  contests: [
    {
      id: 'motion',
      colleges: ['members', 'delegates'],
      options: ['for', 'against', 'abstain'],
      shape: { kind: 'choose', min: 1, max: 1, blank: false },
    },
    {
      id: 'committee',
      colleges: ['delegates'],
      options: ['ada', 'bo', 'cy', 'di'],
      shape: { kind: 'choose', min: 0, max: 2, blank: false },
    },
  ],
  cells: { requiredMin: 5, optional: null },
  roll: { mergeBelow: 5 },
  rules: [
    {
      id: 'motion',
      kind: 'motion',
      contest: 'motion',
      for: 'for',
      against: 'against',
      colleges: ['members', 'delegates'].map((college) => ({
        college,
        threshold: { compare: 'more-than' as const, p: 1, q: 2, of: 'for-and-against' as const },
        quorum: { p: 3, q: 10 },
        share: null,
      })),
      combine: { kind: 'each', divided: { kind: 'prevails', college: 'members' } },
      tie: 'falls',
    },
    {
      id: 'committee',
      kind: 'seats',
      contest: 'committee',
      colleges: [{ college: 'delegates', share: null }],
      seats: 2,
      needs: null,
      reserved: [],
      ties: 'lot',
    },
  ],
  revoting: true,
  times: {
    notice: 604_800,
    opens: 1_900_000_000,
    closes: 1_900_600_000,
    grace: 3600,
    extension: 0,
    disputes: 1_209_600,
  },
  witnesses: {
    quorum: 1,
    keys: [noteKey('witness.example.org', 4, 101), noteKey('other.example.org', 4, 102)],
  },
  booth: [],
  links: [],
  caps: { replacements: 0 },
  features: [],
};
