/** A replacement as the registrar signs it (docs/protocol.md §5.4); an officer signs it too before the ballot box takes it. */
import { type Credential, deriveCredential } from '../../ballot/credential.ts';
import { drawToken, encodeToken, parseToken } from '../../ballot/token.ts';
import { fromBase64Url, toBase64Url } from '../../crypto/bytes.ts';
import type { SigningKey } from '../../crypto/ed25519.ts';
import { proveReplacement } from '../../crypto/proofs/replacement-proof.ts';
import type { EntryOf } from '../../record/entries.ts';
import { signatureOf, withSignatures } from '../../record/envelope.ts';
import type { RollDocument } from '../../roll/roll-document.ts';
import { Problem } from '../problem.ts';
import type { IssuedCredential } from './store/registrar-store.ts';

export interface ReplacementRequest {
  readonly person: string;
  readonly college: string;
  /** The person who stands in; null: the token of the same person was lost. */
  readonly substitute: string | null;
  /** Leaf of the opening. */
  readonly ctx: string;
  readonly seen: EntryOf<'replacement'>['seen'];
  /** P as an earlier replacement made it; that of the roll otherwise. */
  readonly old: string | null;
}

export interface SignedReplacement {
  /** To be signed by an officer too. */
  readonly entry: EntryOf<'replacement'>;
  /** For the voter whose token was lost; null for a substitute, who has one. */
  readonly token: string | null;
}

/** What the registrar knows of the election. */
export interface Issued {
  readonly election: string;
  readonly roll: RollDocument;
  readonly credentials: readonly IssuedCredential[];
  /** Place of the registrar's key in the manifest, from 1. */
  readonly i: number;
  readonly key: SigningKey;
}

function issuedTo({ credentials }: Issued, person: string, college: string): IssuedCredential {
  const found = credentials.find((one) => one.person === person && one.college === college);
  if (found === undefined)
    throw new Problem('not-issued', { field: 'person', detail: `${person} in ${college}` });
  return found;
}

/** A new token for the same person, or the one that the substitute was sent. @throws Problem `tokens-deleted`. */
function heirOf(
  issued: Issued,
  { college, substitute }: ReplacementRequest,
): { readonly token: string | null; readonly credential: Credential } {
  if (substitute === null) {
    const token = drawToken();
    return { token: encodeToken(token), credential: deriveCredential(token, issued.election, college) };
  }
  const { token } = issuedTo(issued, substitute, college);
  if (token === null) throw new Problem('tokens-deleted');
  return { token: null, credential: deriveCredential(parseToken(token), issued.election, college) };
}

/** @throws Problem `not-issued`, `tokens-deleted`; `unknown-voter` for somebody with no line of the roll. */
export function replaceCredential(issued: Issued, request: ReplacementRequest): SignedReplacement {
  const { P } = issuedTo(issued, request.person, request.college);
  const place = issued.roll.lines.findIndex((line) => line.P === P);
  const line = issued.roll.lines[place];
  if (line === undefined) throw new Problem('unknown-voter', { field: 'person' });
  const { token, credential } = heirOf(issued, request);
  const { ctx, seen, old } = request;
  const before = old ?? P;
  const statement = {
    ctx: fromBase64Url(ctx),
    voter: place + 1,
    before: fromBase64Url(before),
    after: fromBase64Url(credential.P),
  };
  const unsigned = {
    v: 1,
    type: 'replacement',
    election: issued.election,
    seen,
    body: {
      ctx,
      voter: place + 1,
      old: before,
      new: credential.P,
      name: line.substitutes.find((one) => one.P === credential.P)?.name ?? null,
      reason: request.substitute === null ? 'lost' : 'substitute',
      proof: toBase64Url(proveReplacement(statement, credential.x)),
    },
    ext: {},
  } as const;
  const sig = signatureOf<'replacement'>(unsigned, 'registrar', issued.i, issued.key);
  return { entry: withSignatures<'replacement'>(unsigned, [sig]), token };
}
