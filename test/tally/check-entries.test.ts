/**
 * Entries from bytes to verdicts, the quick way and the exact way: docs/protocol.md §5.1, §6. Whatever is done to a
 * ballot, the quick way says what `parseEntry`, `ballotStatement` and the batch say one after another.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import type { BallotContext } from '../../src/ballot/ballot-context.ts';
import type { BallotEntry, Previous } from '../../src/ballot/ballot-entry.ts';
import { ballotStatement, verifyBallots } from '../../src/ballot/check-ballot.ts';
import { BallotError } from '../../src/ballot/errors.ts';
import type { Contest } from '../../src/ballot/manifest.ts';
import { type PreparedBallot, prepareBallot } from '../../src/ballot/prepare-ballot.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, concat, fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { bigintKernel } from '../../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { GROUP_ORDER, parseScalar } from '../../src/crypto/scalar.ts';
import { entryLeaf, parseEntry } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { EntryCheck, packEntries } from '../../src/tally/ballots/check-entries.ts';
import { college, contest, credential, election, hashOf } from '../ballot/election.ts';
import { littleEndian, REFUSED_ENCODINGS } from '../crypto/hostile-inputs.ts';

const SPLIT: Contest = { ...contest('shares', 2, 0, 1, ['cards']), shape: { kind: 'split' } };
const SCORES: Contest = { ...contest('scores', 2, 0, 1, ['cards']), shape: { kind: 'score', max: 3 } };
const { setting, context } = election(
  [contest('motion', 3, 1, 1), contest('board', 2, 0, 1, ['members', 'delegates']), SPLIT, SCORES],
  [
    college('members', 'secret', [1, 25]),
    college('delegates', 'recorded'),
    college('cards', 'secret', [3, 6]),
  ],
);

/** What the exact way says of an entry: what is wrong, and F of a ballot. */
interface Said {
  readonly problem: unknown;
  readonly F?: string;
}

const NOTHING: Said = { problem: 'no ballot that can be read' };

function exact(bytes: Bytes, own: BallotContext, kernel: Kernel): Said {
  try {
    const entry = parseEntry(bytes);
    if (entry.type !== 'ballot') return NOTHING;
    const stated = ballotStatement(entry, own);
    const [problem = null] = verifyBallots([stated], own, kernel);
    return { problem: problem && told(problem), F: stated.fingerprint };
  } catch (error) {
    if (error instanceof BallotError) return { problem: told(error) };
    if (error instanceof RecordError) return NOTHING;
    throw error;
  }
}

const told = ({ code, where, message }: BallotError | { code: string; where: string; message: string }) => ({
  code,
  where,
  message,
});

/** What is said of each entry, and whether the quick way said it. */
async function quick(
  entries: readonly Bytes[],
  kernel: Kernel,
): Promise<(Said & { readonly isQuick: boolean })[]> {
  const { groups, others } = await new EntryCheck(setting, kernel).check(packEntries(entries));
  const said = entries.map(() => ({ ...NOTHING, isQuick: false }));
  for (const { place, problem, fingerprint } of others) {
    said[place] = { problem, ...(fingerprint && { F: toBase64Url(fingerprint) }), isQuick: false };
  }
  for (const group of groups) {
    group.places.forEach((place, row) => {
      const bytes = entries[place] ?? new Uint8Array();
      const entry = parseEntry(bytes);
      if (entry.type !== 'ballot') throw new TypeError('no ballot');
      const of = (hashes: Bytes): Bytes => hashes.subarray(32 * row, 32 * row + 32);
      expect(of(group.leaves)).toEqual(entryLeaf(bytes));
      const form = group.forms[group.formOf[row] ?? -1];
      const { college: id, weight, prev, P, contests } = entry.body;
      expect(form).toEqual({ college: id, weight, isLinked: prev.kind === 'ballot' });
      if (prev.kind === 'ballot') expect(toBase64Url(of(group.previous))).toBe(prev.leaf);
      const encodings = group.encodings.subarray(row * group.encodingsSize, (row + 1) * group.encodingsSize);
      expect(toBase64Url(encodings.subarray(0, 32))).toBe(P);
      expect(
        group.contests.map(({ id: name, start, end }) => [name, toBase64Url(encodings.subarray(start, end))]),
      ).toEqual(contests.map((one) => [one.id, one.mode === 'secret' ? one.ciphertexts : '']));
      const problem = group.faults.find((fault) => fault.row === row)?.problem ?? null;
      said[place] = { problem, F: toBase64Url(of(group.fingerprints)), isQuick: true };
    });
  }
  return said;
}

/** Both ways say the same of each, beside one another. @returns which the quick way settled. */
async function agree(entries: readonly Bytes[], kernel: Kernel = wasmKernel): Promise<boolean[]> {
  const said = await quick(entries, kernel);
  expect(said.map(({ problem, F }) => ({ problem, F }))).toEqual(
    entries.map((bytes) => exact(bytes, context, kernel)),
  );
  return said.map(({ isQuick }) => isQuick);
}

const NONE: Previous = { kind: 'none' };
const LINKED: Previous = { kind: 'ballot', leaf: hashOf('before') };
const member = credential(context);
const made = (weight: number, prev: Previous): PreparedBallot =>
  prepareBallot({
    context,
    college: 'members',
    weight,
    credential: member,
    prev,
    choices: { motion: ['option-1'], board: ['option-2'] },
  });
const card = (weight: number, prev: Previous): PreparedBallot =>
  prepareBallot({
    context,
    college: 'cards',
    weight,
    credential: credential(context, 'cards'),
    prev,
    choices: { shares: { 'option-1': 2, 'option-2': 1 }, scores: { 'option-1': 3 } },
  });
const honest = [made(1, NONE), made(25, LINKED), card(3, NONE), card(6, LINKED)];
const recorded = prepareBallot({
  context,
  college: 'delegates',
  weight: 1,
  credential: credential(context, 'delegates'),
  prev: NONE,
  choices: { board: ['option-1'] },
});
const [first] = honest;
if (first === undefined) throw new Error('no ballot');

const edited = (change: (body: BallotEntry['body']) => Partial<BallotEntry['body']>): Bytes =>
  encodeCanonical({ ...first.entry, body: { ...first.entry.body, ...change(first.entry.body) } });
const replaced = (from: string | RegExp, to: string): Bytes =>
  toUtf8(new TextDecoder().decode(first.bytes).replace(from, to));
/** Some bytes of a field of base64url replaced, at a place from the front or the back. */
const patched = (text: string, at: number, by: Bytes): string => {
  const bytes = fromBase64Url(text);
  bytes.set(by, at < 0 ? bytes.length + at : at);
  return toBase64Url(bytes);
};
const ciphertexts = (at: number, by: Bytes) =>
  edited(({ contests }) => ({
    contests: contests.map((one, i) =>
      i === 0 && one.mode === 'secret' ? { ...one, ciphertexts: patched(one.ciphertexts, at, by) } : one,
    ),
  }));
const proof = (at: number, by: Bytes) => edited((body) => ({ proof: patched(body.proof, at, by) }));
const [, refused] = REFUSED_ENCODINGS[6] ?? [];
const BAD = refused ?? new Uint8Array(32);
const ZERO = new Uint8Array(32);

test('honest ballots of every weight and kind of prev are settled the quick way, others are not', async () => {
  const check = encodeCanonical(proveCheckEntry(context, member, hashOf('opened')));
  const entries = [...honest.map(({ bytes }) => bytes), recorded.bytes, check];
  const { groups, others } = await new EntryCheck(setting, wasmKernel).check(packEntries(entries));
  expect(groups.flatMap(({ places }) => [...places]).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
  expect(groups.every(({ faults }) => faults.length === 0)).toBe(true);
  expect(others).toMatchObject([
    { place: 4, problem: null },
    { place: 5, problem: null },
  ]);
  expect(await agree(entries.slice(0, 5))).toEqual([true, true, true, true, false]);
  expect(await agree(entries.slice(0, 2), bigintKernel)).toEqual([true, true]);
});

describe('spellings of a ballot that are not its one form', () => {
  test.each<[string, Bytes]>([
    ['white space', replaced(',"ext"', ', "ext"')],
    ['a byte more', concat(first.bytes, toUtf8(' '))],
    ['a byte less', first.bytes.subarray(0, -1)],
    ['nothing', new Uint8Array()],
    ['keys in another order', replaced('"ext":{},"type":"ballot"', '"type":"ballot","ext":{}')],
    ['an escape', replaced('"ballot"', '"\\u0062allot"')],
    ['a key twice', replaced('"v":1', '"v":1,"v":1')],
    ['a number otherwise', replaced('"weight":1', '"weight":1.0')],
    ['a weight with a zero before it', replaced('"weight":1', '"weight":01')],
    ['a weight of another college', replaced('"weight":1', '"weight":3')],
    ['a weight of the college that was not signed', replaced('"weight":1', '"weight":25')],
    ['a huge weight', replaced('"weight":1', `"weight":${'9'.repeat(40)}`)],
    ['another version', replaced('"v":1', '"v":2')],
    ['another type', replaced('"type":"ballot"', '"type":"bellot"')],
    ['another election', replaced(context.election, hashOf('other'))],
    ['another opening', replaced(context.ctx, hashOf('other'))],
    ['another college', replaced('"college":"members"', '"college":"nobodys"')],
    ['an endless college', replaced('"college":"members"', `"college":"${'m'.repeat(100)}`)],
    ['a college without an end', first.bytes.subarray(0, 90)],
    ['spare bits in P', replaced(/"P":"(.{42})./, '"P":"$1B')],
    ['P of another digit', replaced(/"P":"./, '"P":"*')],
    ['P with a digit that is no ASCII', replaced(/"P":"../, '"P":"é')],
    ['contests exchanged', edited(({ contests }) => ({ contests: contests.toReversed() }))],
    ['a ciphertext less', edited(({ contests }) => ({ contests: contests.slice(1) }))],
    ['a part more', replaced('"part":{"i":1,"of":1}', '"part":{"i":1,"of":2}')],
    ['a replacement', edited(() => ({ prev: { kind: 'replacement', leaf: hashOf('x') } }))],
    ['a key in ext', replaced('"ext":{}', '"ext":{"a":1}')],
  ])('%s', async (_, bytes) => {
    // A weight of the college has a form of its own, though this proof is of another.
    const hasForm = new TextDecoder().decode(bytes).includes('"weight":25}');
    expect(await agree([first.bytes, bytes, first.bytes])).toEqual([true, hasForm, true]);
  });
});

describe('what is wrong inside', () => {
  test.each<[string, Bytes, isQuick: boolean]>([
    ['P is the identity', edited(() => ({ P: toBase64Url(ZERO) })), false],
    ['P is no point', edited(() => ({ P: toBase64Url(BAD) })), false],
    ['P of another', edited(() => ({ P: credential(context).P })), true],
    ['α is the identity', ciphertexts(0, ZERO), false],
    ['α is no point', ciphertexts(64, BAD), false],
    ['β is the identity', ciphertexts(32, ZERO), true],
    ['β is no point', ciphertexts(32, BAD), false],
    ['T is no point', proof(0, BAD), false],
    ['A is no point', proof(32, BAD), false],
    ['B is the identity', proof(64, ZERO), true],
    ['a scalar is the order', proof(-32, littleEndian(GROUP_ORDER)), false],
    ['a scalar is another', proof(-32, littleEndian(5n)), true],
    ['a challenge is another', proof(-96, littleEndian(GROUP_ORDER - 1n)), true],
    ['prev is not what was signed', edited(() => ({ prev: LINKED })), true],
    ['ciphertexts of another ballot', edited(() => ({ contests: made(1, NONE).entry.body.contests })), true],
  ])('%s', async (_, bytes, isQuick) => {
    expect(await agree([first.bytes, bytes, first.bytes])).toEqual([true, isQuick, true]);
  });
});

test('every equation has a weight of its own: what is wrong by δ and by −δ does not cancel', async () => {
  /** Scalars of the proof, at places from its end, moved. */
  const moved = (...moves: readonly (readonly [at: number, by: bigint])[]): Bytes => {
    const bytes = fromBase64Url(first.entry.body.proof);
    for (const [at, by] of moves) {
      const own = bytes.subarray(bytes.length + at, bytes.length + at + 32);
      own.set(littleEndian((parseScalar(own) + by + GROUP_ORDER) % GROUP_ORDER));
    }
    return edited(() => ({ proof: toBase64Url(bytes) }));
  };
  const entries = [
    first.bytes,
    moved([-32, 1n]),
    moved([-32, -1n]),
    moved([-32, 1n], [-64, -1n]),
    moved([-64, 1n]),
    first.bytes,
  ];
  expect(await agree(entries)).toEqual(entries.map(() => true));
  const { groups } = await new EntryCheck(setting, wasmKernel).check(packEntries(entries));
  expect(groups.flatMap(({ faults }) => faults.map(({ row }) => row))).toEqual([1, 2, 3, 4]);
});

test('any bytes changed, anywhere, among honest ballots', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.nat(honest.length - 1),
          fc.nat(),
          fc.constantFrom(1, 2, 4, 16, 32, 64, 128, 255),
          fc.boolean(),
        ),
        { minLength: 1, maxLength: 6 },
      ),
      async (changes) => {
        const entries = changes.map(([which, at, by, isChanged]) => {
          const bytes = Uint8Array.from(honest[which]?.bytes ?? []);
          if (isChanged) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
          return bytes;
        });
        await agree(entries);
      },
    ),
    { numRuns: 40 },
  );
});
