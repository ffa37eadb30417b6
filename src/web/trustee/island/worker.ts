/**
 * The trustee's client in a worker of its own, so that neither scrypt nor the recount holds up the page. Key files
 * leave it as age files alone, and the passphrase never.
 */
// oxlint-disable-next-line no-unassigned-import
import './no-eval.ts';
import { bigintKernel } from '../../../crypto/kernel/bigint.ts';
import type { Kernel } from '../../../crypto/kernel/kernel.ts';
import { recountClosed } from '../../../tally/verify/verify-record.ts';
import { loadKeyFile, type Safe } from '../../../trustee/key-file.ts';
import { browserStore } from '../../keys/browser-store.ts';
import type { Opening } from '../../keys/chosen-file.ts';
import { Alarm } from './alarm.ts';
import { failureOf, openingFailureOf } from './failures.ts';
import { fetchBallotBox } from './fetch-ballot-box.ts';
import { copyOf, FileError, makeKeyFile, restoreKeyFile } from './key-files.ts';
import type { Call, Client, Method, Told } from './messages.ts';
import { Session, type Standing } from './session.ts';

/** Base-2 logarithm of scrypt's work, set where this is bundled. */
declare const WORK_FACTOR: number;

const SECOND = 1000;
const PROGRESS_EVERY = 100;

/** How long to wait before looking again: others of the ceremony answer at once, officers and voters do not. */
function pauseAfter(stage: Standing['stage']): number {
  if (stage === 'closing') return 120 * SECOND;
  return stage === 'opening' || stage === 'tally' || stage === 'result' ? 10 * SECOND : SECOND;
}

function tell(told: Told): void {
  postMessage(told);
}

/** WebAssembly is quicker; some browsers have none with vectors, or none at all. */
async function bestKernel(): Promise<Kernel> {
  try {
    return (await import('../../../crypto/kernel/wasm.ts')).wasmKernel;
  } catch {
    return bigintKernel;
  }
}

/** Holds the lock of a key file for as long as this worker lives. @throws FileError `in-use`. */
function lock(key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`teller-trustee/${key}`, { ifAvailable: true }, async (lock) => {
        if (lock === null) throw new FileError('in-use');
        resolve();
        await new Promise(() => undefined);
      })
      .catch(reject);
  });
}

const files = browserStore('teller-trustee');
const alarm = new Alarm();
let session: Session | undefined;

/** Does what is to be done, tells how things stand, and looks again later, without end. */
async function follow(session: Session): Promise<never> {
  let standing: Standing | undefined;
  let isAsked = true;
  for (;;) {
    try {
      if (isAsked || standing === undefined || standing.stage === 'mail' || (await session.hasNews())) {
        standing = await session.look();
      }
      tell({ kind: 'standing', standing });
      isAsked = await alarm.wait(pauseAfter(standing.stage));
    } catch (error) {
      const failure = failureOf(error);
      tell({ kind: 'trouble', failure });
      // A fault does not go away by itself.
      await alarm.wait(failure.kind === 'offline' ? 3 * SECOND : Number.POSITIVE_INFINITY);
      isAsked = true;
    }
  }
}

async function openSession(safe: Safe, election: string): Promise<Session> {
  const kernel = await bestKernel();
  let told = 0;
  return new Session({
    safe,
    election,
    kernel,
    box: fetchBallotBox(self.location.origin, election),
    recount: (record, anchor) =>
      recountClosed(record, anchor, {
        kernel,
        onProgress: ({ stage, done, total }) => {
          if (stage !== 'entries' || (performance.now() - told < PROGRESS_EVERY && done < total)) return;
          told = performance.now();
          tell({ kind: 'recounting', done, total });
        },
      }),
  });
}

const opening = (passphrase: string): Opening => ({ passphrase, workFactor: WORK_FACTOR });

function opened(): Session {
  if (session === undefined) throw new FileError('not-open');
  return session;
}

const client: Client = {
  keys: () => files.names(),
  make: (passphrase) => makeKeyFile(files, opening(passphrase)),
  restore: (bytes, passphrase, listed) => restoreKeyFile(files, bytes, opening(passphrase), listed),
  copy: (key) => copyOf(files, key),
  async open(key, passphrase, election) {
    const safe: Safe = { ...opening(passphrase), store: files, name: key };
    await loadKeyFile(safe);
    await lock(key);
    session = await openSession(safe, election);
    void follow(session);
  },
  compareWords(text) {
    const same = opened().compareWords(text);
    if (same) alarm.ring();
    return Promise.resolve(same);
  },
  async proveBackup(bytes) {
    await opened().proveBackup(bytes);
    alarm.ring();
  },
  recount() {
    opened().askRecount();
    alarm.ring();
    return Promise.resolve();
  },
  look() {
    alarm.ring();
    return Promise.resolve();
  },
};

/** A passphrase is typed for these. */
const OPENING: readonly Method[] = ['make', 'restore', 'open', 'proveBackup'];

async function answer({ id, method, args }: Call): Promise<Told> {
  try {
    const value: unknown = await Reflect.apply(client[method], client, args);
    return { kind: 'answer', id, value };
  } catch (error) {
    const failure = OPENING.includes(method) ? openingFailureOf(error) : failureOf(error);
    return { kind: 'refusal', id, failure };
  }
}

addEventListener('message', (event: MessageEvent<Call>) => void answer(event.data).then(tell));
