/** The record as trustees and officers read it: entries of roles by the grammar, votes by their place alone. */
import { expect, test } from 'vitest';
import { toUtf8 } from '../../src/crypto/bytes.ts';
import { MemoryRecord } from '../../src/record/memory-record.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { keys, ORIGIN } from '../record/elections.ts';
import { electionUntil } from '../record/honest-election.ts';

const honest = await electionUntil('result');
const { election } = honest.state;

/** The honest record up to the closing, and these bytes. */
function recordWith(...more: readonly string[]): MemoryRecord {
  const upTo = honest.state.closing?.index ?? 0;
  const files = honest.box.record.files;
  return new MemoryRecord(
    ORIGIN,
    keys.log,
    [...honest.entries.slice(0, upTo), ...more.map((text) => toUtf8(text))],
    files,
  );
}

test('the state of what roles have entered is that of the whole log', async () => {
  const { tree, opening, closing, tallies, agreements, shares, result, ceremony } = await readElection(
    honest.box.record,
    election,
    null,
  );
  expect(tree.root()).toEqual(honest.state.tree.root());
  expect({ opening, closing, tallies, agreements, shares, result, ceremony }).toEqual({
    opening: honest.state.opening,
    closing: honest.state.closing,
    tallies: honest.state.tallies,
    agreements: honest.state.agreements,
    shares: honest.state.shares,
    result: honest.state.result,
    ceremony: honest.state.ceremony,
  });
});

test.each(['ballot', 'check', 'replacement'])(
  'a %s that cannot be read is left to the recount',
  async (type) => {
    const record = recordWith(`{"body":,"type":"${type}","v":1}`);
    const { tree } = await readElection(record, election, null);
    expect(tree.root()).toEqual(record.tree.root());
  },
);

test.each([
  ['that cannot be read', '{"body":,"type":"act","v":1}', 'not-canonical'],
  ['whose text ends like a ballot', '{"body":{"text":"\\"type\\":\\"ballot\\",\\"v\\":1}"}}', 'bad-field'],
  ['in which an object ends like a ballot', '{"body":{"type":"ballot","v":1}}', 'bad-field'],
])('an entry %s stops the reader', async (_, bytes, code) => {
  await expect(readElection(recordWith(bytes), election, null)).rejects.toMatchObject({ code });
});
