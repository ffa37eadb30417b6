/** Disputes beside a record: read strictly, and told apart by what the record has of them (docs/protocol.md §5.8, §8.2). */
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import type { Dispute } from '../../src/record/dispute.ts';
import {
  DISPUTES_PATH,
  disputePath,
  encodeDisputeList,
  followDisputes,
  judgeDispute,
  MAX_DISPUTE_BYTES,
  MAX_DISPUTES,
  readDisputes,
  type StoredDispute,
} from '../../src/record/filed-disputes.ts';
import { nameBlob } from '../../src/record/record-source.ts';

const ELECTION = 'E'.repeat(43);

function filed(change: Partial<Dispute> = {}, time = 7): StoredDispute {
  const none = { voter: null, receipt: null, ballot: null, found: null };
  const bytes = encodeCanonical({
    v: 1,
    election: ELECTION,
    about: 'other',
    text: 'So it is.',
    ...none,
    ...change,
  });
  return { sha256: nameBlob(bytes).sha256, filed: time, bytes };
}

/** A source with a list and the files that it names. */
function beside(
  listed: readonly StoredDispute[],
  change: Readonly<Record<string, Uint8Array | undefined>> = {},
) {
  const files: Record<string, Uint8Array | undefined> = { [DISPUTES_PATH]: encodeDisputeList(listed) };
  for (const { sha256, bytes } of listed) files[disputePath(sha256)] = bytes;
  return { read: (path: string) => Promise.resolve({ ...files, ...change }[path]) };
}

describe('beside a record', () => {
  const [one, other] = [filed(), filed({ text: 'Another.' }, 9)];

  test('are as they were filed, in that order; or none, where there is no list', async () => {
    expect(await readDisputes(beside([one, other]))).toEqual([one, other]);
    expect(await readDisputes({ read: () => Promise.resolve(undefined) })).toEqual([]);
  });

  test.each([
    ['a file that is not there', beside([one], { [disputePath(one.sha256)]: undefined }), 'missing-blob'],
    ['a file of another name', beside([one], { [disputePath(one.sha256)]: other.bytes }), 'wrong-blob'],
    [
      'a file that is too long',
      beside([one], { [disputePath(one.sha256)]: new Uint8Array(MAX_DISPUTE_BYTES + 1) }),
      'too-long',
    ],
    ['one that is named twice', beside([one, one]), 'bad-field'],
    [
      'a list of another form',
      beside([], { [DISPUTES_PATH]: encodeCanonical({ v: 1, disputes: [{}] }) }),
      'bad-field',
    ],
    ['a list without end', beside(Array.from({ length: 2 * MAX_DISPUTES + 1 }, () => one)), 'bad-field'],
  ])('%s is refused', async (_, source, code) => {
    await expect(readDisputes(source)).rejects.toMatchObject({ name: 'RecordError', code });
  });
});

describe('by what the record has', () => {
  const state = { election: ELECTION, manifest: {}, tree: {} } as Parameters<typeof judgeDispute>[1];

  test('one is sent, entered or answered; an officer’s own words under its name are another', () => {
    const all = ['a', 'b', 'c'].map((text) => judgeDispute(filed({ text }), state));
    const [, entered, answered] = all;
    const acts = [
      { index: 3, act: entered?.act },
      { index: 4, act: answered?.act },
      { index: 5, act: { kind: 'answer', dispute: 4, text: 'Mended.' } },
      { index: 6, act: { kind: 'dispute', text: `sha256:${all[0]?.name}\nother\nnot a`, index: null } },
    ];
    const followed = followDisputes(new Map(all.map((judged) => [judged.name, judged])), { acts } as never);
    expect(followed.filed.map(({ state: own, entered: at }) => [own, at])).toEqual([
      ['filed', null],
      ['entered', 3],
      ['answered', 4],
    ]);
    expect(followed.others.map(({ index }) => index)).toEqual([6]);
    expect(followed.open).toBe(3);
  });

  test('one of another election, or of another form, is none', () => {
    expect(() => judgeDispute(filed({ election: 'F'.repeat(43) }), state)).toThrow(
      expect.objectContaining({ code: 'bad-field' }),
    );
    const bytes = encodeCanonical({ v: 2 });
    expect(() => judgeDispute({ ...nameBlob(bytes), filed: 1, bytes }, state)).toThrow(
      expect.objectContaining({ name: 'RecordError' }),
    );
  });
});
