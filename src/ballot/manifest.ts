/**
 * The manifest: everything that is decided before an election starts (docs/protocol.md §4). Its published
 * bytes are hashed into the election's name, so no rule can change afterwards. Input is hostile.
 *
 * The schema checks each field; `check-manifest.ts` checks the fields against each other.
 */
import { z } from 'zod';
import { blobName, count, hash, id, positive, publicKey, unixTime } from '../codec/fields.ts';
import { entitlementRule } from '../roll/entitlement-rule.ts';
import { SUITE } from './ballot-limits.ts';
import { decisionRule } from './rules.ts';
import { shape } from './shapes.ts';

export const KINDS = ['real', 'rehearsal', 'petition'] as const;

/** What may need a second officer: entries by their types, acts by their kinds. */
export const SECOND_KINDS = [
  'void',
  'opening',
  'replacement',
  'result',
  'extension',
  'abandonment',
  'incident',
  'dispute',
  'answer',
  'casting-vote',
] as const;
export type SecondKind = (typeof SECOND_KINDS)[number];

/** A signed-note verifier key: `name+hash+key` (C2SP signed-note). */
const noteKey = z
  .string()
  .max(300)
  .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}$/, 'must be a signed-note verifier key');

/** Origin of the log's checkpoints; a schemaless URL with a random last part, chosen first. */
const origin = z
  .string()
  .max(120)
  .regex(
    /^[a-z0-9][a-z0-9.-]*(?::[0-9]+)?(?:\/[A-Za-z0-9._~-]+)*\/[A-Za-z0-9_-]{22,}$/,
    'must be host/path/random',
  );

const college = z.strictObject({
  id,
  /** `recorded`: who voted how is published, and roll entries carry names. */
  mode: z.enum(['secret', 'recorded']),
  /** The weights that its roll entries may have, ascending; one cell each in a contest that is not a split card. */
  weights: z.array(positive.max(1_000_000_000)).min(1).max(1000),
  entitlement: entitlementRule.nullable(),
});

const contest = z.strictObject({
  id,
  colleges: z.array(id).min(1).max(1000),
  options: z.array(id).min(1).max(100),
  shape,
});

export const manifestBody = z.strictObject({
  kind: z.enum(KINDS),
  suite: z.literal(SUITE, `this release knows the suite ${SUITE} alone`),
  origin,
  /** Verifier key of the log; its name is the origin. */
  log: noteKey,
  texts: z
    .array(z.strictObject({ lang: z.string().regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/), blob: blobName }))
    .min(1)
    .max(50),
  roles: z.strictObject({
    officers: z.array(publicKey).min(1).max(20),
    registrars: z.array(publicKey).min(1).max(2),
    boxes: z.array(publicKey).min(1).max(1),
    /** Who may enter certificates of their recounts after the result. */
    observers: z.array(publicKey).max(50),
    /** What two officers sign; the one key of a manifest that is left out where there is nothing for it to say. */
    second: z.exactOptional(z.array(z.enum(SECOND_KINDS)).min(1).max(SECOND_KINDS.length)),
  }),
  /** Null if and only if every college is recorded. */
  trustees: z
    .strictObject({
      threshold: positive.max(50),
      count: positive.max(50),
      /** Identical agreements before any share is given; threshold ≤ agreements ≤ count. */
      agreements: positive.max(50),
      keys: z.array(publicKey).min(1).max(50),
    })
    .nullable(),
  issuers: z.literal(1),
  colleges: z.array(college).min(1).max(1000),
  contests: z.array(contest).min(1).max(1000),
  cells: z.strictObject({
    requiredMin: z.int().min(3).max(1_000_000),
    /** Counts of each body of a kind beside those of the whole: of at least `min` ballots, of at most `most` bodies. */
    optional: z
      .strictObject({
        by: z.enum(['region', 'branch']),
        min: z.int().min(3).max(1_000_000),
        most: positive.max(1000),
      })
      .nullable(),
  }),
  /** A body with fewer entries than this in a secret college is not named on them. */
  roll: z.strictObject({ mergeBelow: z.int().min(1).max(1_000_000) }),
  rules: z.array(decisionRule).min(1).max(1000),
  revoting: z.literal(true),
  times: z.strictObject({
    /** Seconds between publication and opening. */
    notice: count.max(100_000_000),
    opens: unixTime,
    /** Null only in a rehearsal: the officer closes it. */
    closes: unixTime.nullable(),
    /** Seconds after `closes` within which the closing must be witnessed. */
    grace: count.max(1_000_000),
    /** Seconds by which officers may put off `closes`, in all. */
    extension: count.max(100_000_000),
    disputes: count.max(100_000_000),
  }),
  witnesses: z.strictObject({ quorum: count.max(50), keys: z.array(noteKey).max(50) }),
  /** SHA-256 of every script that the pages of members, observers and trustees may run. */
  booth: z.array(hash).max(50),
  /** Earlier elections, by their manifests, and the decision of theirs that this one goes on from. */
  links: z
    .array(
      z.strictObject({
        relation: z.enum(['follows', 'repeats', 'run-off', 'chooses']),
        manifest: hash,
        rule: id.nullable(),
      }),
    )
    .max(50),
  /** Credentials that may be replaced while voting is open. */
  caps: z.strictObject({ replacements: count.max(5_000_000) }),
  features: z.array(id).max(0, 'this release knows no features'),
});

export type ManifestBody = z.infer<typeof manifestBody>;
export type College = ManifestBody['colleges'][number];
export type Contest = ManifestBody['contests'][number];
export type Link = ManifestBody['links'][number];
export type { DecisionRule, MotionRule, SeatsRule, Threshold } from './rules.ts';

/** Somebody whom voters may turn to. */
const person = z.strictObject({ name: z.string().min(1).max(200), contact: z.string().max(500) });
export type Person = z.infer<typeof person>;

/** Whom to ask: who runs the election, and the scrutineers, who hold its key. */
const people = z.strictObject({
  officer: person,
  /** In the order of their keys. */
  trustees: z.array(person).max(50),
});
export type People = z.infer<typeof people>;

/** The texts of one language, a blob named by the manifest. Every contest and option has a title. */
export const textsDocument = z.strictObject({
  v: z.literal(1),
  lang: z.string(),
  title: z.string().min(1).max(300),
  intro: z.string().max(20_000),
  people: z.exactOptional(people),
  colleges: z.record(id, z.string().min(1).max(300)),
  contests: z.record(
    id,
    z.strictObject({
      title: z.string().min(1).max(2000),
      text: z.string().max(100_000),
      options: z.record(id, z.string().min(1).max(300)),
    }),
  ),
});
export type TextsDocument = z.infer<typeof textsDocument>;
