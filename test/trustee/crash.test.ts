/**
 * A trustee's process killed at any point: writes to its store and entries that it hands in fail with nothing done
 * or after they were done, and each time the client starts anew.
 */
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../src/crypto/bytes.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import type { BallotBox } from '../../src/trustee/interfaces.ts';
import { step, type Trustee } from '../../src/trustee/trustee.ts';
import { MemoryStore, TrusteeElection } from './trustee-election.ts';

class Crash extends Error {}

/** What becomes of one try after another, over and over. */
type Fate = 'works' | 'crashes before' | 'crashes after';

class Crashing {
  readonly #fates: readonly Fate[];
  #tries = 0;

  constructor(fates: readonly Fate[]) {
    this.#fates = fates;
  }

  async attempt(act: () => Promise<void>): Promise<void> {
    const fate = this.#fates[this.#tries % this.#fates.length];
    this.#tries += 1;
    if (this.#tries > 100) throw new Error('no end to it');
    if (fate === 'crashes before') throw new Crash(fate);
    await act();
    if (fate === 'crashes after') throw new Crash(fate);
  }
}

class CrashingStore extends MemoryStore {
  crashing = new Crashing(['works']);

  override async write(name: string, bytes: Bytes): Promise<void> {
    await this.crashing.attempt(() => super.write(name, bytes));
  }
}

class CrashingBox implements BallotBox {
  readonly #crashing: Crashing;
  readonly #box: BallotBox;

  constructor(box: BallotBox, crashing: Crashing) {
    this.#box = box;
    this.#crashing = crashing;
  }

  get record(): RecordSource {
    return this.#box.record;
  }

  async submit(entry: Bytes, blobs: readonly Bytes[]): Promise<void> {
    await this.#crashing.attempt(() => this.#box.submit(entry, blobs));
  }

  async deliver(letter: Bytes): Promise<void> {
    await this.#crashing.attempt(() => this.#box.deliver(letter));
  }

  async mail(sha256: string): Promise<Bytes | undefined> {
    return await this.#box.mail(sha256);
  }
}

/** Steps until the trustee waits, whatever crashes on the way. */
async function persist(trustee: Trustee): Promise<number> {
  let crashes = 0;
  for (;;) {
    try {
      if ((await step(trustee)).kind !== 'sent') return crashes;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
    }
  }
}

const ONCE_EACH: readonly Fate[] = ['crashes before', 'crashes after', 'works', 'works'];
const AFTER: readonly Fate[] = ['works', 'crashes after'];
const NEVER: readonly Fate[] = ['works'];

describe.each([
  { inStore: ONCE_EACH, inBox: NEVER },
  { inStore: AFTER, inBox: NEVER },
  { inStore: NEVER, inBox: ONCE_EACH },
  { inStore: ONCE_EACH, inBox: AFTER },
])('the store $inStore, the ballot box $inBox', ({ inStore, inBox }) => {
  test('the election goes on, and no step has two messages', async () => {
    const store = new CrashingStore();
    const election = await TrusteeElection.start({ threshold: 2, count: 2 }, [store]);
    store.crashing = new Crashing(inStore);
    const honest = election.trustee(2);
    const crashing = { ...election.trustee(1), box: new CrashingBox(election.box, new Crashing(inBox)) };
    let crashes = 0;
    const both = async (): Promise<void> => {
      for (let before = -1; before < election.state.tree.size; ) {
        before = election.state.tree.size;
        crashes += await persist(crashing);
        await persist(honest);
      }
    };
    await both();
    await election.open();
    await both();
    await election.vote();
    await election.publishTally();
    await both();
    expect(election.state.shares).toHaveLength(2);
    expect(crashes).toBeGreaterThanOrEqual(3);
    expect([...election.box.submitted.keys()]).toHaveLength(14);
    for (const entries of election.box.submitted.values()) expect(entries.size).toBe(1);
  });
});
