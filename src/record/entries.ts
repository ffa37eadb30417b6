/**
 * The entries of the record and the blobs that they name (docs/protocol.md §5). Input is hostile.
 * An entry's published bytes are the RFC 8785 form of its envelope.
 */
import { z } from 'zod';
import { ballotBody, checkBody } from '../ballot/ballot-entry.ts';
import { manifestBody } from '../ballot/manifest.ts';
import {
  base64urlOf,
  base64urlOfMany,
  blobName,
  count,
  element,
  hash,
  id,
  positive,
  signature,
  unixTime,
} from '../codec/fields.ts';
import { decisionOutcome } from './outcome-document.ts';

const ROLES = ['officer', 'registrar', 'box', 'trustee', 'observer'] as const;
export type Role = (typeof ROLES)[number];

/** `i` counts from 1: the place of the key in the manifest's list of that role. */
const roleSignature = z.strictObject({ role: z.enum(ROLES), i: positive.max(50), sig: signature });
/** The log as its signer saw it: the root of its first `size` entries. */
const seen = z.strictObject({ size: positive, root: hash });

const noExtension = z.strictObject({});
const v = z.literal(1);

/** Entries that a role signs after the manifest. */
const signed = <T extends string, B extends z.ZodType>(type: T, body: B) =>
  z.strictObject({
    v,
    type: z.literal(type),
    election: hash,
    seen,
    body,
    ext: noExtension,
    sigs: z.array(roleSignature).min(1).max(20),
  });

/** Entries whose proof is their signature. */
const proved = <T extends string, B extends z.ZodType>(type: T, body: B) =>
  z.strictObject({ v, type: z.literal(type), election: hash, body, ext: noExtension });

const trusteeStep = { attempt: positive.max(1000), i: positive.max(50) };

export const manifestEntry = z.strictObject({
  v,
  type: z.literal('manifest'),
  body: manifestBody,
  ext: noExtension,
  sigs: z.array(roleSignature).min(1).max(20),
});

export const joinEntry = signed(
  'join',
  z.strictObject({ ...trusteeStep, recipient: z.string().regex(/^age1[a-z0-9]{20,2000}$/) }),
);
export const commitEntry = signed('commit', z.strictObject({ ...trusteeStep, hash }));
export const revealEntry = signed(
  'reveal',
  z.strictObject({ ...trusteeStep, commitments: z.array(element).min(1).max(50), proof: base64urlOf(64) }),
);
export const dealtEntry = signed(
  'dealt',
  z.strictObject({
    ...trusteeStep,
    shares: z.array(z.strictObject({ to: positive.max(50), sha256: hash, bytes: count.max(10_000) })).max(49),
  }),
);
export const confirmEntry = signed(
  'confirm',
  z.strictObject({ ...trusteeStep, key: element, shares: z.array(element).min(1).max(50), transcript: hash }),
);

/** Trustee i opens, for everybody to judge, the age file that `against` dealt to it in this attempt. */
export const complaintEntry = signed(
  'complaint',
  z.strictObject({
    ...trusteeStep,
    against: positive.max(50),
    /** The age identity of i's `join`. */
    identity: z.string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/, 'must be a native age identity'),
    /** The age file, of at most 10,000 bytes as in `dealt`. */
    ciphertext: base64urlOfMany(1, 10_000),
  }),
);
/** Ends an attempt; the next one may begin. */
export const voidEntry = signed(
  'void',
  z.strictObject({ attempt: trusteeStep.attempt, reason: z.string().min(1).max(1000) }),
);

export const rollEntry = signed(
  'roll',
  z.strictObject({
    root: hash,
    size: positive,
    colleges: z
      .array(z.strictObject({ id, size: count }))
      .min(1)
      .max(1000),
    blob: blobName,
  }),
);

export const ballotEntry = proved('ballot', ballotBody);
export const checkEntry = proved('check', checkBody);

const closingEntry = signed('closing', z.strictObject({ ctx: hash, size: positive, root: hash }));
const tallyEntry = signed('tally', z.strictObject({ closing: hash, blob: blobName }));
export const agreementEntry = signed(
  'agreement',
  z.strictObject({ i: positive.max(50), closing: hash, tally: hash }),
);
export const sharesEntry = signed(
  'shares',
  z.strictObject({ i: positive.max(50), tally: hash, blob: blobName }),
);

export type { DecisionOutcome, Outcome } from './outcome-document.ts';

export const openingEntry = signed(
  'opening',
  z.strictObject({
    manifest: hash,
    /** The ceremony attempt that made the key; null where there are no trustees. */
    attempt: positive.max(1000).nullable(),
    opens: unixTime,
    /** For each link of the manifest, in order: that election's result, and its decision if the link names one. */
    results: z
      .array(z.strictObject({ manifest: hash, result: hash, decision: decisionOutcome.nullable() }))
      .max(50),
    key: element.nullable(),
    shares: z.array(element).max(50),
    transcript: hash.nullable(),
    roll: z.strictObject({ root: hash, size: positive }),
    /** Size of a witnessed checkpoint that proves the notice; null: not proved. */
    notice: z.strictObject({ size: positive }).nullable(),
  }),
);

/** What the tally decrypts to and what follows is in the blob: `resultDocument`. */
export const resultEntry = signed(
  'result',
  z.strictObject({ tally: hash, seed: hash.nullable(), blob: blobName }),
);

export const act = z.discriminatedUnion('kind', [
  /** Voting closes later than the manifest says. */
  z.strictObject({ kind: z.literal('extension'), closes: unixTime }),
  /** The election never opens. */
  z.strictObject({ kind: z.literal('abandonment'), reason: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('incident'), text: z.string().min(1).max(5000) }),
  /** `index` of the entry that it is about. */
  z.strictObject({ kind: z.literal('dispute'), text: z.string().min(1).max(5000), index: count.nullable() }),
  z.strictObject({ kind: z.literal('answer'), dispute: count, text: z.string().min(1).max(5000) }),
  /** Of the chair, at a tie; college null where the colleges are weighted together. */
  z.strictObject({
    kind: z.literal('casting-vote'),
    rule: id,
    college: id.nullable(),
    vote: z.enum(['for', 'against']),
  }),
  /** To a value that is shown when voting has closed: the lot where there are no trustees. */
  z.strictObject({ kind: z.literal('lot-commitment'), hash }),
  z.strictObject({ kind: z.literal('lot-reveal'), value: base64urlOf(32) }),
]);
export type Act = z.infer<typeof act>;

export const actEntry = signed('act', z.strictObject({ act }));

/** A voter's credential is replaced: it was lost, or a substitute votes in the voter's place. */
export const replacementEntry = signed(
  'replacement',
  z.strictObject({
    ctx: hash,
    voter: positive,
    old: element,
    new: element,
    /** Of a substitute in a college whose roll has names. */
    name: z.string().min(1).max(300).nullable(),
    reason: z.enum(['lost', 'substitute']),
    /** That somebody holds the new credential. */
    proof: base64urlOf(64),
  }),
);

/** A certificate: an observer recounted the first `size` entries, and what came of it. */
export const recountEntry = signed(
  'recount',
  z.strictObject({ size: positive, root: hash, ok: z.boolean(), result: hash.nullable() }),
);

/** Reserved. */
export const UNSUPPORTED_TYPES = ['possession'] as const;

export const entry = z.discriminatedUnion('type', [
  manifestEntry,
  joinEntry,
  commitEntry,
  revealEntry,
  dealtEntry,
  confirmEntry,
  complaintEntry,
  voidEntry,
  rollEntry,
  openingEntry,
  ballotEntry,
  checkEntry,
  closingEntry,
  tallyEntry,
  agreementEntry,
  sharesEntry,
  resultEntry,
  actEntry,
  replacementEntry,
  recountEntry,
]);

export type Entry = z.infer<typeof entry>;
export type EntryType = Entry['type'];
export type EntryOf<T extends EntryType> = Extract<Entry, { type: T }>;
export type SignedEntry = Extract<Entry, { sigs: unknown }>;

/** The tally blob: what trustees agree to and decrypt. */
export const tallyDocument = z.strictObject({
  v,
  election: hash,
  ctx: hash,
  closing: hash,
  cells: z
    .array(
      z.discriminatedUnion('mode', [
        /** sums: Σα₁‖Σβ₁‖Σα₂‖Σβ₂… in option order, ordinary encodings. */
        z.strictObject({
          id: z.string().max(200),
          mode: z.literal('secret'),
          ballots: count,
          voters: count,
          root: hash,
          sums: base64urlOfMany(64, 64_000),
        }),
        z.strictObject({
          id: z.string().max(200),
          mode: z.literal('recorded'),
          ballots: count,
          voters: count,
          root: hash,
          counts: z.array(count).min(1).max(1000),
        }),
      ]),
    )
    .min(1)
    .max(10_000),
});
export type TallyDocument = z.infer<typeof tallyDocument>;
export type TallyCell = TallyDocument['cells'][number];

/** One trustee's decryption shares for every secret cell that has ballots, and for the lot, under one proof. */
export const sharesDocument = z.strictObject({
  v,
  tally: hash,
  i: positive.max(50),
  /** Commitment w·G. */
  W: element,
  /** Row 0: s·A₀ and w·A₀, with A₀ hashed from the tally's leaf. */
  lot: z.strictObject({ D: element, W: element }),
  /** D and W hold one element per option, concatenated. */
  cells: z
    .array(
      z.strictObject({
        id: z.string().max(200),
        D: base64urlOfMany(32, 32_000),
        W: base64urlOfMany(32, 32_000),
      }),
    )
    .max(10_000),
  z: base64urlOf(32),
});
export type SharesDocument = z.infer<typeof sharesDocument>;
