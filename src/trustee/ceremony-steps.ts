/**
 * A trustee's five entries of the key ceremony (docs/protocol.md §7). Each step takes the key file and the
 * record as it stands and gives the key file with the new entry in it; nothing is sent here.
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Bytes, fromBase64Url, toBase64Url } from '../crypto/bytes.ts';
import {
  commitHash,
  type Dealing,
  dealShares,
  encodeDealing,
  finishDealing,
  type PublicKeys,
  parseDealing,
  startDealing,
  verifyShareKey,
} from '../crypto/dkg.ts';
import { CryptoError } from '../crypto/errors.ts';
import { encodeScalar, parseScalar } from '../crypto/scalar.ts';
import { ATTEMPT, ceremonyOf, round1Of, type Step } from '../record/ceremony.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { EntryOf } from '../record/entries.ts';
import { nameBlob } from '../record/record-source.ts';
import { TrusteeError } from './errors.ts';
import type { BallotBox } from './interfaces.ts';
import { type KeyFile, loadKeyFile, type Safe, saveKeyFile, withSigned } from './key-file.ts';
import { decryptShare, encryptShare } from './share-file.ts';
import { signAs } from './sign-as.ts';

/** What a step works on. */
export interface StepContext {
  readonly safe: Safe;
  readonly box: BallotBox;
  readonly file: KeyFile;
  readonly state: ElectionState;
  /** The trustee's place in the manifest, from 1. */
  readonly i: number;
}

/** The key file with this step's entry, to be saved before the entry is sent; null while mail is missing. */
export async function makeCeremonyStep(step: Step, context: StepContext): Promise<KeyFile | null> {
  const make = { join, commit, reveal, dealt: deal, confirm }[step];
  return await make(context);
}

async function join({ file, state, i }: StepContext): Promise<KeyFile> {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const entry = signAs(file, state, i, 'join', { attempt: ATTEMPT, i, recipient });
  return withSigned({ ...file, identity }, 'join', entry);
}

function commit({ file, state, i }: StepContext): KeyFile {
  const ceremony = ceremonyOf(state.election, state.manifest);
  const dealing = startDealing(ceremony, i);
  const hash = toBase64Url(commitHash(ceremony, i, dealing.round1));
  const entry = signAs(file, state, i, 'commit', { attempt: ATTEMPT, i, hash });
  return withSigned({ ...file, dealing: toBase64Url(encodeDealing(dealing)) }, 'commit', entry);
}

function reveal({ safe, file, state, i }: StepContext): KeyFile {
  const { commitments, proof } = dealingOf(safe, file, state).round1;
  const body = { attempt: ATTEMPT, i, commitments: commitments.map(toBase64Url), proof: toBase64Url(proof) };
  return withSigned(file, 'reveal', signAs(file, state, i, 'reveal', body));
}

/** @throws TrusteeError `bad-key-file` if the key file has no dealing, or a damaged one. */
function dealingOf(safe: Safe, { dealing }: KeyFile, { election, manifest }: ElectionState): Dealing {
  if (dealing === null) throw new TrusteeError('bad-key-file', safe.name, 'has no secret polynomial');
  try {
    return parseDealing(ceremonyOf(election, manifest), fromBase64Url(dealing));
  } catch (error) {
    if (error instanceof CryptoError) throw new TrusteeError('bad-key-file', safe.name, error.message);
    throw error;
  }
}

/** What all trustees have revealed, in their order. */
function revealsOf({ ceremony }: ElectionState) {
  return ceremony.reveal.toSorted((a, b) => a.body.i - b.body.i).map(({ body }) => round1Of(body));
}

async function deal({ safe, file, state, i }: StepContext): Promise<KeyFile> {
  const dealt = dealShares(dealingOf(safe, file, state), revealsOf(state));
  const files: Bytes[] = [];
  const shares: { to: number; sha256: string; bytes: number }[] = [];
  for (const [at, share] of dealt.entries()) {
    const to = at + 1;
    if (to === i) continue;
    const recipient = state.ceremony.join.find(({ body }) => body.i === to)?.body.recipient ?? '';
    const address = { election: state.election, attempt: ATTEMPT, from: i, to };
    const sealed = await encryptShare(address, share, recipient);
    files.push(sealed);
    shares.push({ to, ...nameBlob(sealed) });
  }
  return withSigned(file, 'dealt', signAs(file, state, i, 'dealt', { attempt: ATTEMPT, i, shares }), files);
}

/** f_from(i); empty for the trustee's own place, null if it has not been delivered. */
async function receiveShare(
  { safe, box, file, state, i }: StepContext,
  { i: from, shares }: EntryOf<'dealt'>['body'],
): Promise<Bytes | null> {
  if (file.identity === null) throw new TrusteeError('bad-key-file', safe.name, 'has no age identity');
  const name = shares.find(({ to }) => to === i);
  if (name === undefined) return new Uint8Array();
  const sealed = await box.mail(name.sha256);
  if (sealed === undefined) return null;
  const { sha256, bytes } = nameBlob(sealed);
  if (sha256 !== name.sha256 || bytes !== name.bytes) {
    throw new TrusteeError('wrong-mail', `trustees[${from}]`, 'not the age file that this trustee named');
  }
  return await decryptShare(
    { election: state.election, attempt: ATTEMPT, from, to: i },
    sealed,
    file.identity,
  );
}

/** f_1(i) … f_n(i), by sender; null while one is missing. */
async function receiveShares(context: StepContext): Promise<Bytes[] | null> {
  const dealt = context.state.ceremony.dealt.toSorted((a, b) => a.body.i - b.body.i);
  const shares = await Promise.all(dealt.map(({ body }) => receiveShare(context, body)));
  return shares.includes(null) ? null : shares.filter((share) => share !== null);
}

/** `shares[3]: why` of the crypto room is trustee 3's fault. */
function blame(error: unknown): unknown {
  const sender = error instanceof CryptoError && /^shares\[(\d+)\]$/.exec(error.where)?.[1];
  if (!(error instanceof CryptoError) || typeof sender !== 'string') return error;
  const why = `${error.message}; complaints are not supported yet, so this ceremony cannot go on`;
  return new TrusteeError('bad-share', `trustees[${sender}]`, why);
}

async function confirm(context: StepContext): Promise<KeyFile | null> {
  const { safe, file, state, i } = context;
  const received = await receiveShares(context);
  if (received === null) return null;
  let finished: ReturnType<typeof finishDealing>;
  try {
    finished = finishDealing(dealingOf(safe, file, state), revealsOf(state), received);
  } catch (error) {
    throw blame(error);
  }
  const { confirmable } = state;
  if (confirmable === null) throw new TrusteeError('bad-record', 'reveal', 'the commitments make no key');
  // A share counts as kept once it has been read back; only then is it confirmed.
  await saveKeyFile(safe, { ...file, share: toBase64Url(encodeScalar(finished.share)) });
  const kept = await loadKeyFile(safe);
  checkShare(safe, kept, finished, i);
  const entry = signAs(kept, state, i, 'confirm', {
    attempt: ATTEMPT,
    i,
    ...confirmable,
    shares: [...confirmable.shares],
  });
  return withSigned({ ...kept, identity: null, dealing: null }, 'confirm', entry);
}

/** s_i of the key file. @throws TrusteeError `bad-key-file` unless s_i·G = S_i. */
export function checkShare(safe: Safe, { share }: KeyFile, keys: PublicKeys, i: number) {
  if (share === null) throw new TrusteeError('bad-key-file', safe.name, 'has no share of the election key');
  try {
    const scalar = parseScalar(fromBase64Url(share));
    verifyShareKey(keys, i, scalar);
    return scalar;
  } catch (error) {
    if (error instanceof CryptoError) throw new TrusteeError('bad-key-file', safe.name, error.message);
    throw error;
  }
}
