/** What a member's device asks for: the entries that everything hangs on, and its line of the roll. */
import { beforeAll, describe, expect, test } from 'vitest';
import { milestones, provedLine } from '../../src/api/documents.ts';
import { fromBase64Url } from '../../src/crypto/bytes.ts';
import { encodeEntry } from '../../src/record/envelope.ts';
import { verifyReceipt } from '../../src/record/receipt.ts';
import { verifyLine } from '../../src/roll/roll-tree.ts';
import { ApiElection, expectCreated } from './api-elections.ts';
import { fileService } from './file-service.ts';

const service = fileService();
let election: ApiElection;

const read = async () =>
  milestones.parse((await service.send('GET', election.path('/milestones'))).json).entries;

beforeAll(async () => {
  election = await ApiElection.openRecorded(service, 5);
});

describe('milestones', () => {
  test('are the entries of roles, without ballots, each with a receipt that holds', async () => {
    expectCreated(await election.cast(election.ballot(0, 'for')));
    const entries = await read();
    expect(entries.map(({ entry }) => entry.type)).toEqual(['manifest', 'roll', 'opening']);
    const { manifest } = election;
    if (manifest === undefined) throw new Error('not published');
    for (const { entry, receipt } of entries) {
      expect(verifyReceipt(receipt, { manifest, bytes: encodeEntry(entry), voter: null }).origin).toBe(
        manifest.origin,
      );
    }
  });

  test('grow with the log', async () => {
    expectCreated(await election.close());
    expect((await read()).map(({ entry }) => entry.type)).toEqual(['manifest', 'roll', 'opening', 'closing']);
  });
});

describe('a line of the roll', () => {
  const ask = (voter: number | string) => service.send('GET', election.path(`/voters/${voter}/line`));

  test('is proved to be that of its voter number, and of no other', async () => {
    const [, roll] = await read();
    if (roll?.entry.type !== 'roll') throw new Error('no roll');
    const head = { root: fromBase64Url(roll.entry.body.root), size: roll.entry.body.size };
    for (let voter = 1; voter <= 5; voter += 1) {
      const { line, proof } = provedLine.parse((await ask(voter)).json);
      const hashes = proof.map((hash) => fromBase64Url(hash));
      expect(() => verifyLine(line, voter, head, hashes)).not.toThrow();
      expect(() => verifyLine(line, (voter % 5) + 1, head, hashes)).toThrow();
      expect(() => verifyLine({ ...line, weight: 2 }, voter, head, hashes)).toThrow();
    }
  });

  test.each([[6], [1_000_000]])('of voter %d there is none', async (voter) => {
    expect(await ask(voter)).toMatchObject({ status: 404, json: { code: 'unknown-voter' } });
  });

  test('of no number is a bad request', async () => {
    expect(await ask('0')).toMatchObject({ status: 400, json: { code: 'bad-field' } });
  });
});
