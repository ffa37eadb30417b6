/**
 * The trustee of a ballot with low stakes, run by the service itself: the one trustee of a manifest that names its
 * key. It takes the same steps as a person's client and makes the same entries, but its key is on the server, so
 * whoever controls the server could read every vote. The service's description and every page say so.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf, type SigningKey } from '../crypto/ed25519.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { type ElectionState, isComplete } from '../record/election-state.ts';
import { parseEntry } from '../record/envelope.ts';
import { nameBlob } from '../record/record-source.ts';
import { recountClosed } from '../tally/verify/verify-record.ts';
import { nodeCheckers } from '../tally/workers/node-checkers.ts';
import type { BallotBox as BoxOfTrustee, SecretStore } from '../trustee/interfaces.ts';
import { createKeyFile, type Safe } from '../trustee/key-file.ts';
import { step, type Trustee } from '../trustee/trustee.ts';
import type { Report } from './application.ts';
import type { BallotBox } from './ballot-box.ts';
import { submission } from './documents.ts';
import type { Clock } from './election.ts';
import { Problem } from './problem.ts';
import { writeSecret } from './service-keys.ts';

const FOLDER = 'automatic-trustee';
const SECONDS_AFTER_FAILURE = 60;

export interface AutomaticTrusteeSetting {
  readonly box: BallotBox;
  readonly key: SigningKey;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly report: Report;
}

/** Key files, one for each election, with mode 0600. */
function storeIn(folder: string): SecretStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    read: (name) => {
      const file = join(folder, name);
      return Promise.resolve(existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined);
    },
    write: (name, bytes) => {
      writeSecret(join(folder, name), bytes);
      return Promise.resolve();
    },
  };
}

/** The ballot box as a trustee's client sees it, without HTTP. */
function boxOf(box: BallotBox, name: string): BoxOfTrustee {
  const orUndefined = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      if (error instanceof Problem && error.code !== 'internal') return undefined;
      throw error;
    }
  };
  const election = box.election(name);
  return {
    record: { read: (path) => Promise.resolve(orUndefined(() => box.file(name, path).bytes)) },
    submit: (entry, blobs) => {
      election.submit(submission.shape.entry.parse(parseEntry(entry)), blobs);
      return Promise.resolve();
    },
    deliver: (letter) => {
      election.putMail(nameBlob(letter).sha256, letter);
      return Promise.resolve();
    },
    mail: (sha256) => Promise.resolve(orUndefined(() => election.mail(sha256))),
  };
}

/** Whether there is something for the one trustee to do. */
function isDue(state: ElectionState): boolean {
  if (state.opening === null) return !isComplete(state, 'confirm');
  return state.tallies.length > 0 && state.shares.length === 0;
}

export class AutomaticTrustee {
  readonly publicKey: string;
  readonly #setting: AutomaticTrusteeSetting;
  readonly #store: SecretStore;
  /** When to try again, by election, in Unix seconds. */
  readonly #later = new Map<string, number>();
  #working: Promise<void> | null = null;

  constructor(setting: AutomaticTrusteeSetting) {
    this.#setting = setting;
    this.#store = storeIn(join(setting.dataDir, FOLDER));
    this.publicKey = toBase64Url(publicKeyOf(setting.key));
  }

  /** Does what is due in every election that has this one trustee. May be called at any time. */
  async tick(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    await this.#working;
  }

  async #work(): Promise<void> {
    for (const { log } of this.#setting.box.elections) {
      const { election } = log;
      if (!log.isAvailable || this.#setting.clock() < (this.#later.get(election) ?? 0)) continue;
      try {
        const { manifest } = log.state;
        if (manifest.trustees?.keys[0] === this.publicKey && isDue(log.state)) await this.#serve(election);
      } catch (error) {
        this.#later.set(election, this.#setting.clock() + SECONDS_AFTER_FAILURE);
        this.#setting.report(`election ${election}: the automatic trustee stops: ${String(error)}`);
      }
    }
  }

  async #serve(election: string): Promise<void> {
    const trustee = await this.#trusteeOf(election);
    while ((await step(trustee)).kind === 'sent');
  }

  async #trusteeOf(election: string): Promise<Trustee> {
    const { box, key } = this.#setting;
    // The passphrase is no secret from whoever reads this folder: the file's own mode keeps it.
    const safe: Safe = {
      store: this.#store,
      name: `${election}.age`,
      passphrase: toBase64Url(key),
      workFactor: 1,
    };
    if ((await this.#store.read(safe.name)) === undefined) await createKeyFile(safe, key);
    return {
      safe,
      box: boxOf(box, election),
      election,
      kernel: wasmKernel,
      recount: async (record) => {
        // Off this thread, and not on all cores: voting goes on in other elections.
        const checkers = nodeCheckers({ threads: 1, here: false });
        try {
          return await recountClosed(record, election, { checking: checkers.checking });
        } finally {
          await checkers.stop();
        }
      },
      compare: () => Promise.resolve(true),
    };
  }

  /** Lets what is under way come to its end. */
  async stop(): Promise<void> {
    await this.#working;
  }
}
