/** Entries moved, left out or repeated (attacks R1, B6): the grammar finds each. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bytes } from '../../src/crypto/bytes.ts';
import { apply, nextItem, openRecord, useRoll } from '../../src/record/election-state.ts';
import type { Entry } from '../../src/record/entries.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { advance, examine } from '../../src/record/grammar.ts';
import { RefusedError } from '../../src/record/memory-ballot-box.ts';
import { RollIndex } from '../../src/record/roll-index.ts';
import { rollOf, TestElection } from './elections.ts';
import { electionUntil, HONEST, type Maker } from './honest-election.ts';

const LAST = HONEST.length;

/** The index of the first entry with a problem; signatures, which do not depend on the place, are left out. */
function firstProblem([manifest, ...entries]: readonly Bytes[]): number | undefined {
  const state = openRecord(manifest ?? new Uint8Array());
  for (const bytes of entries) {
    const item = nextItem(state, bytes);
    if (examine(state, item).length > 0) return item.index;
    apply(state, item, []);
    if (item.entry.type === 'roll') useRoll(state, new RollIndex(rollOf(state.election)));
  }
  return undefined;
}

const place = fc.integer({ min: 1, max: LAST });

test('the honest entries have no problem', async () => {
  const { entries } = await electionUntil('result');
  expect(firstProblem(entries)).toBeUndefined();
});

test('two entries changed over are found, at the first of them or right behind', async () => {
  const { entries } = await electionUntil('result');
  fc.assert(
    fc.property(place, place, (i, j) => {
      fc.pre(i < j);
      const moved = entries.with(i, entries[j] ?? new Uint8Array()).with(j, entries[i] ?? new Uint8Array());
      expect(firstProblem(moved)).toBeGreaterThanOrEqual(i);
    }),
    { numRuns: 60 },
  );
});

test.each(Array.from({ length: LAST - 1 }, (_, i) => i + 1))('entry %d left out is found', async (i) => {
  const { entries } = await electionUntil('result');
  expect(firstProblem(entries.toSpliced(i, 1))).toBeGreaterThanOrEqual(i);
});

test('an entry repeated anywhere after itself is found where it stands', async () => {
  const { entries } = await electionUntil('result');
  fc.assert(
    fc.property(place, place, (i, j) => {
      fc.pre(i < j);
      expect(firstProblem(entries.toSpliced(j, 0, entries[i] ?? new Uint8Array()))).toBe(j);
    }),
    { numRuns: 60 },
  );
});

/** The order of §5.2 as a list of what comes before what, and how often; `i` is the trustee of an entry. */
function isAllowed(entries: readonly Entry[]): boolean {
  const at = (...types: Entry['type'][]): number[] =>
    entries.flatMap(({ type }, place) => (types.includes(type) ? [place] : []));
  const trusteeAt = (n: number): number => {
    const body = entries[n]?.body ?? {};
    return 'i' in body ? Number(body.i) : 0;
  };
  const before = (a: number[], b: number[]): boolean => Math.max(-1, ...a) < Math.min(Infinity, ...b);
  const steps = (['join', 'commit', 'reveal', 'dealt', 'confirm'] as const).map((type) => at(type));
  const once = [at('roll'), at('opening'), at('closing'), at('tally'), at('result')];
  const [opening, closing, tally] = [at('opening'), at('closing'), at('tally')];
  const agreements = at('agreement');
  const agreed = (n: number): number[] => agreements.filter((a) => a < n);
  return (
    steps.every((step) => step.length === 3) &&
    once.every((places) => places.length === 1) &&
    steps.every((step, k) => before(step, steps[k + 1] ?? opening)) &&
    before(at('roll'), opening) &&
    before(opening, at('ballot', 'check')) &&
    before(at('ballot', 'check'), closing) &&
    before([...opening, ...closing], tally) &&
    before(closing, tally) &&
    before(tally, agreements) &&
    at('shares').every(
      (s) => agreed(s).length >= 2 && agreed(s).some((a) => trusteeAt(a) === trusteeAt(s)),
    ) &&
    at('shares').length >= 2 &&
    before(at('shares'), at('result')) &&
    at('result')[0] === entries.length - 1
  );
}

/** Makes the entries in this order, each by a signer who has seen what is there: whether the box takes them all. */
async function isAccepted(makers: readonly Maker[]): Promise<{ accepted: boolean; entries: Entry[] }> {
  const election = new TestElection();
  const entries: Entry[] = [];
  let accepted = true;
  for (const make of makers) {
    const entry = make(election);
    entries.push(entry);
    try {
      await election.append(entry);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      accepted = false;
      // A recount goes on, so that the later entries can be made.
      advance(election.state, nextItem(election.state, encodeEntry(entry)));
    }
  }
  return { accepted, entries };
}

test('signers who all play along can change only what has no order', async () => {
  const maker = fc.nat({ max: HONEST.length - 1 });
  await fc.assert(
    fc.asyncProperty(maker, maker, fc.boolean(), async (i, j, swap) => {
      const [a, b] = [HONEST[i], HONEST[j]];
      fc.pre(a !== undefined && b !== undefined && i !== j);
      const makers = swap ? HONEST.with(i, b).with(j, a) : HONEST.toSpliced(i, 1);
      const { accepted, entries } = await isAccepted(makers);
      expect(accepted).toBe(isAllowed(entries) || onlyResultMissing(entries));
    }),
    { numRuns: 40 },
  );
});

/** A log may end anywhere; what is left out at the end is missing, not wrong. */
function onlyResultMissing(entries: readonly Entry[]): boolean {
  return (
    entries.every(({ type }) => type !== 'result') &&
    entries.filter(({ type }) => type === 'shares').length === 2
  );
}
