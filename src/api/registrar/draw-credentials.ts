/**
 * Tokens and their credentials for a roll. A credential takes half a millisecond, so a large roll is shared out
 * among threads of this process, and the service answers meanwhile. Tokens are secret.
 */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { deriveCredential } from '../../ballot/credential.ts';
import { drawToken, encodeToken } from '../../ballot/token.ts';

export interface Holder {
  readonly person: string;
  readonly college: string;
}

export interface DrawnCredential extends Holder {
  /** The public key, base64url. */
  readonly P: string;
  /** As it is printed on the letter. */
  readonly token: string;
}

/** What a thread is to draw. */
export interface DrawWork {
  readonly election: string;
  readonly holders: readonly Holder[];
}

/** Fewer are drawn before a thread has started. */
const WORTH_A_THREAD = 500;
/** Credentials between two pauses in which the server does other work. */
const STRIDE = 20;

/** A new token and its credential. @throws BallotError as `deriveCredential` does. */
export function drawCredential(election: string, { person, college }: Holder): DrawnCredential {
  const token = drawToken();
  const { P } = deriveCredential(token, election, college);
  return { person, college, P, token: encodeToken(token) };
}

async function drawHere({ election, holders }: DrawWork): Promise<DrawnCredential[]> {
  const drawn: DrawnCredential[] = [];
  for (const [i, holder] of holders.entries()) {
    if (i % STRIDE === 0) await setImmediate();
    drawn.push(drawCredential(election, holder));
  }
  return drawn;
}

function drawInThread(work: DrawWork): Promise<DrawnCredential[]> {
  return new Promise((resolve, reject) => {
    const script = new URL('workers/draw-credentials-worker.ts', import.meta.url);
    const worker = new Worker(script, { workerData: work });
    worker.unref();
    worker.on('message', (drawn: DrawnCredential[]) => resolve(drawn));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread that draws credentials has ended')));
  });
}

/** A credential for each holder, in order. @throws Error if one cannot be drawn or a thread fails. */
export async function drawCredentials(
  { election, holders }: DrawWork,
  cores = availableParallelism(),
): Promise<DrawnCredential[]> {
  if (holders.length < WORTH_A_THREAD) return await drawHere({ election, holders });
  const share = Math.ceil(holders.length / cores);
  const parts = Array.from({ length: cores }, (_, i) => holders.slice(i * share, (i + 1) * share));
  return (await Promise.all(parts.map((part) => drawInThread({ election, holders: part })))).flat();
}
