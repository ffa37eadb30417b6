/**
 * What the ballot box takes and answers, as the schemas from which routes, the OpenAPI document and clients are
 * made. Requests are hostile.
 */
import { z } from '@hono/zod-openapi';
import {
  base64urlOf,
  base64urlOfMany,
  count,
  element,
  hash,
  id,
  positive,
  signature,
  unixTime,
} from '../codec/fields.ts';
import { STEPS } from '../record/ceremony.ts';
import * as disputes from '../record/dispute.ts';
import * as entries from '../record/entries.ts';
import { ballotEntry, checkEntry, manifestEntry } from '../record/entries.ts';
import * as receipts from '../record/receipt.ts';
import { rollLine } from '../roll/roll-document.ts';
import { countProof } from '../tally/count-proof.ts';

/** Largest body that carries blobs, from an officer and from anybody; and of any other request. */
export const MAX_UPLOAD_BYTES = 256 * 2 ** 20;
export const MAX_OPEN_UPLOAD_BYTES = 8 * 2 ** 20;
export const MAX_BODY_BYTES = 128 * 2 ** 10;
const MAX_BLOB_BYTES = 180 * 2 ** 20;

/** The blobs that the entry names, base64url. */
const uploads = z.array(base64urlOfMany(1, MAX_BLOB_BYTES)).max(50);

export const publication = z.strictObject({ entry: manifestEntry, blobs: uploads });

/** What a role signs, but for the manifest and what the ballot box signs itself. */
const submittedEntry = z.discriminatedUnion('type', [
  entries.joinEntry,
  entries.commitEntry,
  entries.revealEntry,
  entries.dealtEntry,
  entries.confirmEntry,
  entries.complaintEntry,
  entries.voidEntry,
  entries.rollEntry,
  entries.openingEntry,
  entries.agreementEntry,
  entries.sharesEntry,
  entries.resultEntry,
  entries.actEntry,
  entries.replacementEntry,
  entries.recountEntry,
]);
export const submission = z.strictObject({ entry: submittedEntry, blobs: uploads });
export type SubmittedEntry = z.infer<typeof submittedEntry>;

/** An entry that waits for the signature of a second officer. */
export const proposedEntry = z
  .strictObject({
    /** Its name: the leaf hash of the entry as it was proposed. */
    proposal: hash,
    /** Which of the manifest's officers proposed it, from 1. */
    officer: positive,
    proposed: unixTime,
    /** When it is forgotten. */
    expires: unixTime,
    /** With the signatures that it has so far. */
    entry: submittedEntry,
    blobs: uploads,
  })
  .openapi('ProposedEntry');
export const proposedEntries = z
  .strictObject({ proposals: z.array(proposedEntry) })
  .openapi('ProposedEntries');
/** As the last one of the entry's signatures, under the role `officer`. */
export const secondSignature = z.strictObject({ i: positive.max(50), sig: signature });

/** docs/protocol.md §8.1. Made anew here, where schemas can carry a name for the OpenAPI document. */
export const receipt = z.strictObject(receipts.receipt.shape).openapi('Receipt');

export const service = z
  .strictObject({
    name: z.literal('teller'),
    version: z.string(),
    /** Ed25519 public keys. A manifest names `log` under its own origin, and `box` among its roles. */
    log: base64urlOf(32),
    box: base64urlOf(32),
    registrar: base64urlOf(32).nullable(),
    /** A service that runs the registrar too could vote for members who stay away: pages must say so. */
    registrarInProcess: z.boolean(),
    /**
     * Public key of the trustee that the service runs itself, for ballots of low stakes with this one trustee: whoever
     * controls the server could then read every vote, and pages must say so.
     */
    automaticTrustee: base64urlOf(32),
    url: z.string(),
  })
  .openapi('Service');

const PHASES = ['preparing', 'abandoned', 'scheduled', 'open', 'closed', 'tallied', 'declared'] as const;

export type Phase = (typeof PHASES)[number];

export const summary = z
  .strictObject({
    election: hash,
    kind: z.string(),
    origin: z.string(),
    phase: z.enum(PHASES),
    /** Entries in the log. */
    size: count,
    published: unixTime,
    opens: unixTime,
    closes: unixTime.nullable(),
    ctx: hash.nullable(),
    /** The trustees' key ceremony; null where there are no trustees. */
    ceremony: z
      .strictObject({
        attempt: positive,
        /** The step under way; `void`: after a complaint, for the officer to void the attempt; `done`: there is a key. */
        step: z.enum([...STEPS, 'void', 'done']),
        /** The trustees, from 1, whose turn it is. */
        awaited: z.array(positive),
        complaint: z.strictObject({ i: positive, against: positive }).nullable(),
        voided: z.array(z.strictObject({ attempt: positive, reason: z.string() })),
      })
      .nullable(),
    /** After the tally: the trustees that have agreed to it, and those that gave decryption shares. */
    agreed: z.array(positive),
    decrypted: z.array(positive),
    /** Voters on the roll, and those with a ballot in the record, which is public entry by entry. */
    colleges: z.array(
      z.strictObject({ id, mode: z.enum(['secret', 'recorded']), roll: count, voted: count }),
    ),
  })
  .openapi('Election');

export type Summary = z.infer<typeof summary>;

/** Of every body that lines of the roll name: voters, and those with a ballot in the record, by college. */
export const turnout = z
  .strictObject({ bodies: z.array(z.strictObject({ college: id, body: id, roll: count, voted: count })) })
  .openapi('Turnout');
export type Turnout = z.infer<typeof turnout>;

export const electionList = z.strictObject({
  elections: z.array(summary),
  /** Stored elections that did not verify at start. */
  unavailable: z.array(z.strictObject({ election: hash, why: z.string() })),
});

export type ElectionList = z.infer<typeof electionList>;

export const head = z
  .strictObject({
    P: element,
    voter: positive,
    college: id,
    weight: positive,
    /** The latest link of the credential's chain, which the next ballot names; null where there is none. */
    head: z
      .strictObject({
        entry: z.discriminatedUnion('type', [ballotEntry, entries.replacementEntry]),
        receipt,
      })
      .nullable(),
  })
  .openapi('Head');
export type Head = z.infer<typeof head>;

/** The entries that everything else hangs on (milestones.ts), in the order of the log. */
export const milestones = z
  .strictObject({ entries: z.array(z.strictObject({ entry: entries.entry, receipt })) })
  .openapi('Milestones');
export type Milestones = z.infer<typeof milestones>;

/** A line of the roll, and the proof that it is in the tree whose root the roll's entry has. */
export const provedLine = z
  .strictObject({ line: rollLine, proof: z.array(hash).max(64) })
  .openapi('RollLine');
export type ProvedLine = z.infer<typeof provedLine>;

/** One proof for each contest of the voter's college. */
export const counting = z.strictObject({ proofs: z.array(countProof) }).openapi('Counting');
export type Counting = z.infer<typeof counting>;

/** Answer to a ballot that does not follow on the latest one: with what is needed to judge it. */
export const conflict = z.looseObject({ code: z.literal('stale-link'), head: head.shape.head });

export const tallyState = z
  .strictObject({
    state: z.enum(['none', 'running', 'done', 'failed']),
    /** Ciphertexts added up, of how many. */
    done: count,
    of: count,
    receipt: receipt.nullable(),
  })
  .openapi('TallyState');
export type TallyState = z.infer<typeof tallyState>;

export const dispute = z.strictObject({ ...disputes.dispute.shape, receipt: receipt.nullable() });

const disputeAnswer = z.strictObject({ index: count, text: z.string() });

export const filedDispute = z
  .strictObject({
    /** SHA-256 of its canonical form. */
    name: hash,
    /** Unix seconds, by this service's clock. */
    filed: unixTime,
    ...disputes.dispute.pick({ about: true, text: true, voter: true, ballot: true, found: true }).shape,
    /** What its receipt is worth (docs/protocol.md §5.8). */
    finding: z.enum(['none', 'holds', 'contradicts', 'incomplete', 'foreign']),
    state: z.enum(['filed', 'entered', 'answered']),
    /** The entry of the act that names it. */
    entered: count.nullable(),
    answers: z.array(disputeAnswer),
    /** For an officer to sign. */
    act: z.strictObject({ kind: z.literal('dispute'), text: z.string(), index: count.nullable() }),
  })
  .openapi('Dispute');
export type FiledDispute = z.infer<typeof filedDispute>;

export const disputeList = z
  .strictObject({
    /** Until when disputes can be filed; null before there is a result. The result is final when it is over. */
    until: unixTime.nullable(),
    isOver: z.boolean(),
    /** How many have no answer yet. */
    open: count,
    filed: z.array(filedDispute),
    /** In the record, and not filed here: officers' own. */
    others: z.array(z.strictObject({ index: count, text: z.string(), answers: z.array(disputeAnswer) })),
  })
  .openapi('Disputes');
export type DisputeList = z.infer<typeof disputeList>;

export { ballotEntry, checkEntry };
