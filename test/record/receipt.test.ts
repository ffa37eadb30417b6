import { describe, expect, test } from 'vitest';
import { openCheckpoint, signCheckpoint } from '../../src/board/checkpoint.ts';
import { proveConsistency } from '../../src/board/merkle.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, parseVerifierKey, verifierKey } from '../../src/board/note.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromUtf8, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { apply, nextItem, openRecord } from '../../src/record/election-state.ts';
import { encodeEntry, parseDocument } from '../../src/record/envelope.ts';
import { RecordError } from '../../src/record/errors.ts';
import { type Receipt, receipt, verifyNewerCheckpoint, verifyReceipt } from '../../src/record/receipt.ts';
import { F, hashOf, keys, manifestBody, ORIGIN } from './elections.ts';
import { electionUntil } from './honest-election.ts';

const election = await electionUntil('opening');
const item = await election.append(election.ballot(2), F('2'));
for (const voter of [3, 4, 5]) await election.append(election.ballot(voter), F(String(voter)));
const given = election.box.receiptOf(item);
const bytes = encodeEntry(item.entry);
const subject = { manifest: manifestBody(), bytes, voter: 2 };

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof RecordError) return `${error.code} ${error.where}`;
    throw error;
  }
  return 'none';
}

const altered = (change: Partial<Receipt>, of: Partial<typeof subject> = {}) =>
  errorOf(() => verifyReceipt({ ...given, ...change }, { ...subject, ...of }));

test('a receipt holds, and is one document with one form', () => {
  const again = parseDocument(receipt, encodeCanonical(given));
  expect(again).toStrictEqual(given);
  expect(verifyReceipt(again, subject)).toStrictEqual({
    origin: ORIGIN,
    size: 22,
    root: election.state.tree.root(),
  });
});

test('every entry of an election has a receipt', async () => {
  const { box, entries } = await electionUntil('result');
  const state = openRecord(entries[0] ?? bytes);
  for (const published of entries.slice(1)) {
    const each = nextItem(state, published);
    apply(state, each, []);
    const own = box.receiptOf(each);
    expect(verifyReceipt(own, { ...subject, bytes: published, voter: own.voter }).size).toBe(31);
    expect(own.voter === null).toBe(each.entry.type !== 'ballot' && each.entry.type !== 'check');
  }
});

describe('a receipt with one field altered', () => {
  const { tree } = election.state;
  const note = (origin: string, size: number, root: Uint8Array, key = keys.log) =>
    fromUtf8(signCheckpoint({ origin, size, root }, key));
  const later = note(ORIGIN, 22, tree.root());

  test.each<[string, Partial<Receipt>, string]>([
    ['origin', { origin: `${ORIGIN}B` }, 'origin'],
    ['ctx', { ctx: hashOf('x') }, 'ctx'],
    ['no ctx', { ctx: null }, 'ctx'],
    ['voter', { voter: 3 }, 'voter'],
    ['no voter', { voter: null }, 'voter'],
    ['type', { type: 'check' }, 'type'],
    ['leaf', { leaf: hashOf('x') }, 'leaf'],
    ['index before', { index: given.index - 1 }, 'proof'],
    ['index behind', { index: given.index + 1 }, 'proof'],
    ['index beyond the tree', { index: 22 }, 'proof'],
    ['no proof', { proof: [] }, 'proof'],
    ['a hash too few', { proof: given.proof.slice(1) }, 'proof'],
    ['a hash too many', { proof: [...given.proof, hashOf('x')] }, 'proof'],
    ['the hashes turned round', { proof: given.proof.toReversed() }, 'proof'],
    ['no checkpoint', { checkpoint: '' }, 'checkpoint'],
    ['a lone surrogate as checkpoint', { checkpoint: '\ud800' }, 'checkpoint'],
    ['an unsigned checkpoint', { checkpoint: later.split('\n\n')[0] ?? '' }, 'checkpoint'],
    ['a checkpoint of an earlier size', { checkpoint: note(ORIGIN, 17, tree.root(17)) }, 'proof'],
    ['a checkpoint of another tree', { checkpoint: note(ORIGIN, 22, tree.root(21)) }, 'proof'],
    ['a checkpoint of another log', { checkpoint: note(`${ORIGIN}B`, 22, tree.root()) }, 'checkpoint'],
    [
      'a checkpoint that another key signed',
      { checkpoint: note(ORIGIN, 22, tree.root(), generateSigningKey()) },
      'checkpoint',
    ],
    ['a digit of the root', { checkpoint: later.replace('\n22\n', '\n21\n') }, 'checkpoint'],
  ])('%s', (_, change, where) => {
    expect(altered(change)).toBe(`bad-receipt ${where}`);
  });

  test('every hash of the proof', () => {
    expect(given.proof.length).toBeGreaterThan(3);
    for (const i of given.proof.keys())
      expect(altered({ proof: given.proof.with(i, hashOf('x')) })).toBe('bad-receipt proof');
  });

  test('v, and a key more', () => {
    for (const change of [{ v: 2 }, { choice: 'yes' }]) {
      expect(errorOf(() => parseDocument(receipt, encodeCanonical({ ...given, ...change })))).toMatch(
        /^bad-field (v|choice)$/,
      );
    }
  });
});

describe('after a receipt that holds', () => {
  const first = () => verifyReceipt(given, subject);

  test('another with the same checkpoint is still proved to be in its tree', () => {
    first();
    expect(altered({ proof: given.proof.toReversed() })).toBe('bad-receipt proof');
    expect(altered({ index: given.index + 1 })).toBe('bad-receipt proof');
  });

  test('a checkpoint that differs from its own in the signature alone is not taken for signed', () => {
    const { checkpoint } = first().size === 22 ? given : { checkpoint: '' };
    const at = checkpoint.length - 10;
    const other = checkpoint[at] === 'A' ? 'B' : 'A';
    const forged = checkpoint.slice(0, at) + other + checkpoint.slice(at + 1);
    expect(altered({ checkpoint: forged })).toBe('bad-receipt checkpoint');
  });

  test('its checkpoint is not taken for signed by the key of another manifest', () => {
    first();
    const log = encodeVerifierKey(verifierKey(ORIGIN, NOTE_SIGNATURE, publicKeyOf(generateSigningKey())));
    expect(altered({}, { manifest: { ...manifestBody(), log } })).toBe('bad-receipt checkpoint');
  });
});

describe('a receipt does not hold', () => {
  test('for another entry, though it is in the log', async () => {
    const other = encodeEntry(election.check(3, F('x')));
    expect(altered({}, { bytes: other })).toBe('bad-receipt type');
    expect(altered({}, { bytes: election.entries[19] ?? bytes })).toBe('bad-receipt leaf');
  });

  test('for another voter (B5)', () => {
    expect(altered({}, { voter: 1 })).toBe('bad-receipt voter');
  });

  test('under another manifest', () => {
    const manifest = { ...manifestBody(), origin: `${ORIGIN}B` };
    expect(altered({}, { manifest })).toBe('bad-receipt origin');
    expect(altered({}, { manifest: { ...manifestBody(), log: 'no key' } })).toBe('bad-receipt checkpoint');
  });

  test('and has nothing that could tell the choice (B7)', () => {
    const fields = ['checkpoint', 'ctx', 'index', 'leaf', 'origin', 'proof', 'type', 'v', 'voter'];
    expect(Object.keys(given).sort()).toStrictEqual(fields);
  });
});

describe('a later checkpoint (R2)', () => {
  const { tree } = election.state;
  const at = (size: number, root = tree.root(size), origin = ORIGIN) =>
    openCheckpoint(signCheckpoint({ origin, size, root }, keys.log), parseVerifierKey(manifestBody().log));
  const prove = (first: number, second: number) => proveConsistency(tree.node, first, second);

  test('extends the earlier one', () => {
    for (const size of [1, 16, 17, 21, 22]) {
      expect(
        errorOf(() => {
          verifyNewerCheckpoint(at(size), at(22), prove(size, 22));
        }),
      ).toBe('none');
    }
    expect(
      errorOf(() => {
        verifyNewerCheckpoint({ ...at(1), size: 0 }, at(22), []);
      }),
    ).toBe('none');
  });

  test('has one root for one size', () => {
    expect(
      errorOf(() => {
        verifyNewerCheckpoint(at(20), at(20, tree.root(19)), []);
      }),
    ).toBe('split-view root');
  });

  test('needs its proof', () => {
    expect(
      errorOf(() => {
        verifyNewerCheckpoint(at(17), at(22, tree.root(21)), prove(17, 22));
      }),
    ).toMatch(/^not-extended/);
    expect(
      errorOf(() => {
        verifyNewerCheckpoint(at(17), at(22), []);
      }),
    ).toMatch(/^not-extended/);
    expect(
      errorOf(() => {
        verifyNewerCheckpoint(at(22), at(17), prove(17, 22));
      }),
    ).toMatch(/^not-extended/);
    expect(
      errorOf(() => {
        verifyNewerCheckpoint(at(17), { ...at(22), origin: 'x' }, prove(17, 22));
      }),
    ).toBe('not-extended origin');
  });
});

test('the receipt was made for these bytes', () => {
  expect(toBase64Url(item.leaf)).toBe(given.leaf);
  expect(toUtf8(given.checkpoint)).toStrictEqual(election.box.record.checkpoint());
});
