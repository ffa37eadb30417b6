/** The page of an election whose result is declared: what was decided, with its working, in both languages. */
import { beforeAll, describe, expect, test } from 'vitest';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import { ApiElection, expectCreated } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

const service = fileService();
let election: ApiElection;

beforeAll(async () => {
  election = await ApiElection.openRecorded(service, 5);
  for (const place of [0, 1, 2]) expectCreated(await election.cast(election.ballot(place, 'for')));
  expectCreated(await election.cast(election.ballot(3, 'against')));
  expectCreated(await election.close());
  await election.tally();
  const state = await readElection(election.record, election.election, null);
  const { body, bytes } = await computeResult(wasmKernel, election.record, state);
  expectCreated(await election.submit(await election.sign('result', 'officer', body), [bytes]));
});

async function read(language: string): Promise<string> {
  const { status, bytes } = await service.send('GET', election.path(`?lang=${language}`), undefined, {
    accept: 'text/html',
  });
  expect(status).toBe(200);
  return new TextDecoder().decode(bytes);
}

describe('a declared result', () => {
  test.each([
    [
      'en',
      'The motion – CARRIED',
      'Needed more than 1/2 of the votes for and against, that is 3 of 4: 0 more than needed.',
      'One different vote could have changed it.',
      'As many votes for as against are no majority: the motion falls.',
    ],
    [
      'fr',
      'The motion – ADOPTÉE',
      'Il fallait plus de 1/2 des voix pour et contre, soit 3 sur 4',
      'Une voix donnée autrement aurait pu le changer.',
      'Autant de voix pour que contre ne font pas une majorité : la motion est rejetée.',
    ],
  ])('in %s: decision, margin, and how many votes would change it', async (language, ...words) => {
    const html = await read(language);
    for (const text of words) expect(html).toContain(text);
    const shares = [...html.matchAll(/<small>(?<share>[^<]+ %)</g)].map(({ groups }) => groups?.['share']);
    expect(shares).toEqual(language === 'fr' ? ['75,0 %', '25,0 %'] : ['75.0 %', '25.0 %']);
  });

  test('its file is among those of the record', async () => {
    const html = await read('en');
    const path = /href="(?<path>\/[^"]+)">Result<\/a>/.exec(html)?.groups?.['path'] ?? '';
    const { status, bytes } = await service.send('GET', path);
    expect(status).toBe(200);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({
      v: 1,
      outcome: [{ kind: 'motion', carried: true }],
    });
  });
});
