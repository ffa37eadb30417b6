/** Who voted how in recorded colleges: the page says what a recount says, and follows the ballots while voting is open. */
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyRecord } from '../../src/tally/verify/verify-record.ts';
import { ApiElection, expectCreated, OPENS } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

const service = fileService();

const page = async (path: string): Promise<{ status: number; text: string; html: string }> => {
  const { status, bytes } = await service.send('GET', path, undefined, { accept: 'text/html' });
  const html = new TextDecoder().decode(bytes);
  const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  return { status, html, text };
};

async function opened(voters: number): Promise<ApiElection> {
  const election = new ApiElection(service.send, service.officerKey);
  expectCreated(await election.publish(await election.plan({ mode: 'recorded', voters })));
  expectCreated(await election.enrol(voters, ['for', 'for', null, 'against']));
  expectCreated(await election.open(null, [], null, OPENS));
  return election;
}

let election: ApiElection;
beforeAll(async () => {
  election = await opened(4);
});

describe('the page of votes on the record', () => {
  test('is linked, and names every voter before anybody has voted', async () => {
    expect((await page(election.path(''))).html).toContain(`href="${election.path('/votes')}"`);
    const { status, text } = await page(election.path('/votes'));
    expect(status).toBe(200);
    expect(text).toContain('Who voted how');
    expect(text.match(/Member \d +did not vote/g)).toHaveLength(4);
  });

  test('says who kept a mandate and who did not, as a recount of the record does', async () => {
    const first = election.ballot(1, 'for');
    expectCreated(await election.cast(election.ballot(0, 'for')));
    expectCreated(await election.cast(first));
    expectCreated(await election.cast(election.ballot(2, 'for')));
    expect((await page(election.path('/votes'))).text).toContain('Member 1 For For: kept');
    expectCreated(await election.cast(election.ballot(1, 'against', { kind: 'ballot', leaf: first.leaf })));
    const { text } = await page(election.path('/votes'));
    for (const row of [
      'Member 0 For For: kept',
      'Member 1 Against For: not kept',
      'Member 2 For no mandate',
      'Member 3 did not vote Against: did not vote',
      'kept not kept no mandate did not vote All together 4 3 2 1 1 1 1 1',
      'Each vote here can still change.',
    ]) {
      expect(text).toContain(row);
    }
    const { rollCalls } = await verifyRecord(election.record, { votes: true });
    const said = rollCalls?.[0]?.voters.map(({ name, answers: [answer] }) => [name, answer?.verdict]);
    expect(said?.sort()).toEqual([
      ['Member 0', 'kept'],
      ['Member 1', 'not-kept'],
      ['Member 2', 'no-mandate'],
      ['Member 3', 'did-not-vote'],
    ]);
  });

  test('in French', async () => {
    const { text } = await page(`${election.path('/votes')}?lang=fr`);
    expect(text).toContain('Qui a voté quoi');
    expect(text).toContain('For : pas suivi');
  });
});
