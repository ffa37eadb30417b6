/** Disputes: what a receipt in one is worth, and how the record names them (docs/protocol.md §5.8). */
import { describe, expect, test } from 'vitest';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { signCheckpoint } from '../../src/board/checkpoint.ts';
import { MerkleTree } from '../../src/board/merkle-tree.ts';
import { encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../../src/board/note.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { generateSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import {
  type Dispute,
  disputeAct,
  enteredDisputes,
  filedIn,
  judgeReceipt,
} from '../../src/record/dispute.ts';
import { makeReceipt, type Receipt } from '../../src/record/receipt.ts';

const ORIGIN = 'vote.example/disputes';
const key = generateSigningKey();
const manifest = {
  origin: ORIGIN,
  log: encodeVerifierKey(verifierKey(ORIGIN, NOTE_SIGNATURE, publicKeyOf(key))),
} as ManifestBody;

/** Of leaves that differ from `change` on. */
function logOf(size: number, change = size): MerkleTree {
  const tree = new MerkleTree();
  for (let i = 0; i < size; i += 1) tree.append(new Uint8Array(32).fill(i < change ? i + 1 : 100 + i));
  return tree;
}

function receiptIn(tree: MerkleTree, index: number, signing = key, origin = ORIGIN): Receipt {
  const note = signCheckpoint({ origin, size: tree.size, root: tree.root() }, signing);
  return makeReceipt(
    { entry: { type: 'ballot', body: { ctx: null } } as never, leaf: tree.node(0, index), index, voter: 1 },
    { note, origin, size: tree.size, node: tree.node },
  );
}

describe('a receipt in a dispute', () => {
  const log = logOf(9);
  const good = receiptIn(logOf(6), 3);

  test('holds where the log has the entry', () => expect(judgeReceipt(good, manifest, log)).toBe('holds'));
  test('is none where there is none', () => expect(judgeReceipt(null, manifest, log)).toBe('none'));

  test.each([
    ['of another history of the same log', receiptIn(logOf(6, 3), 3)],
    ['of another history, though its own entry is there', receiptIn(logOf(6, 5), 3)],
    ['of a longer log than there is', receiptIn(logOf(10), 3)],
    ['of another history, whatever is wrong with its proof', { ...receiptIn(logOf(6, 3), 3), proof: [] }],
  ])('%s proves the ballot box at fault', (_, given) =>
    expect(judgeReceipt(given, manifest, log)).toBe('contradicts'),
  );

  test.each<[string, Partial<Receipt>]>([
    ['another leaf', { leaf: toBase64Url(new Uint8Array(32)) }],
    ['another index', { index: 4 }],
    ['an index beyond the log', { index: 400 }],
    ['no proof', { proof: [] }],
  ])('with %s proves nothing', (_, change) =>
    expect(judgeReceipt({ ...good, ...change }, manifest, log)).toBe('incomplete'),
  );

  test.each([
    ['of another key', receiptIn(logOf(6, 3), 3, generateSigningKey())],
    ['of another log of the same key', receiptIn(logOf(6, 3), 3, key, 'vote.example/other')],
    ['without a signed checkpoint', { ...good, checkpoint: 'nothing' }],
    ['whose checkpoint was altered', { ...good, checkpoint: good.checkpoint.replace('\n6\n', '\n5\n') }],
  ])('%s is foreign', (_, given) => expect(judgeReceipt(given, manifest, log)).toBe('foreign'));
});

describe('disputes in the record', () => {
  const name = 'A'.repeat(43);
  const filed: Dispute = {
    v: 1,
    election: name,
    about: 'not-counted',
    text: 'It was there yesterday.',
    voter: 4,
    receipt: { ...receiptIn(logOf(6), 3) },
    ballot: null,
    found: null,
  };

  test('an act names the dispute, and cites the entry of a receipt that holds', () => {
    const act = disputeAct(filed, name, 'holds');
    expect(act).toEqual({
      kind: 'dispute',
      text: `sha256:${name}\nnot-counted\nIt was there yesterday.`,
      index: 3,
    });
    expect(filedIn(act.text)).toEqual({ name, about: 'not-counted', text: 'It was there yesterday.' });
    expect(filedIn(disputeAct({ ...filed, text: '' }, name, 'none').text)).toMatchObject({ name, text: '' });
    for (const finding of ['none', 'contradicts', 'incomplete', 'foreign'] as const)
      expect(disputeAct(filed, name, finding).index).toBeNull();
  });

  test('of officers’ own, or with the name of none, name none', () => {
    const texts = [
      `about sha256:${name}`,
      `sha256:${name}x`,
      `sha256:${name}\nhear-say\nYes.`,
      'sha256:AAAA',
    ];
    for (const text of [...texts, 'The roll is wrong.']) expect(filedIn(text)).toBeNull();
  });

  test('have their answers, in the order of the log', () => {
    const place = { leaf: name, officer: 1, content: '' };
    const entered = enteredDisputes({
      acts: [
        { ...place, index: 5, act: disputeAct(filed, name, 'holds') },
        { ...place, index: 6, act: { kind: 'dispute', text: 'Mine', index: null } },
        { ...place, index: 7, act: { kind: 'answer', dispute: 5, text: 'It is counted.' } },
        { ...place, index: 8, act: { kind: 'answer', dispute: 5, text: 'As entry 3.' } },
      ],
    });
    expect(
      entered.map(({ index, name: own, answers }) => [index, own, answers.map(({ text }) => text)]),
    ).toEqual([
      [5, name, ['It is counted.', 'As entry 3.']],
      [6, null, []],
    ]);
  });
});
