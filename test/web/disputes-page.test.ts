/** The public list of reported problems: what was written is text, what proves something is said, and what is final. */
import { beforeAll, describe, expect, test } from 'vitest';
import { loadServiceKeys } from '../../src/api/service-keys.ts';
import { signCheckpoint } from '../../src/board/checkpoint.ts';
import { copyRecord } from '../../src/cli/export.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromUtf8 } from '../../src/crypto/bytes.ts';
import type { Act } from '../../src/record/entries.ts';
import type { RecordSource } from '../../src/record/record-source.ts';
import { asset } from '../../src/web/assets.ts';
import { CopiedPages } from '../../src/web/copied-site.ts';
import { finalityInWords } from '../../src/web/disputes-page.ts';
import type { PublishedElection } from '../../src/web/published-election.ts';
import type { ReadRecord } from '../../src/web/read-record.ts';
import { CATALOGUES } from '../../src/web/texts/languages.ts';
import { ApiElection, expectCreated } from '../api/api-elections.ts';
import { fileService } from '../api/file-service.ts';

const service = fileService();
let election: ApiElection;

const page = async (path: string): Promise<string> => {
  const { status, bytes } = await service.send('GET', path, undefined, { accept: 'text/html' });
  expect(status).toBe(200);
  return new TextDecoder().decode(bytes);
};

const file = async (change: object): Promise<Readonly<Record<string, unknown>>> => {
  const none = { v: 1, election: election.election, about: 'other', text: '', voter: null };
  const whole = { ...none, receipt: null, ballot: null, found: null, ...change };
  const answer = await service.send('POST', election.path('/disputes'), encodeCanonical(whole));
  expectCreated(answer);
  return answer.json;
};

beforeAll(async () => {
  election = await ApiElection.openRecorded(service, 3, (body) => ({
    ...body,
    times: { ...body.times, disputes: 14 * 86_400 },
  }));
});

describe('the list', () => {
  test('is there before anything is reported, for browsers; programs get JSON at the same address', async () => {
    const html = await page(election.path('/disputes'));
    expect(html).toContain('Nothing has been reported.');
    expect(html).toContain('for 14 days after the result is declared');
    expect(html).toContain(`href="${election.path('/dispute')}"`);
    const { json } = await service.send('GET', election.path('/disputes'), undefined, { accept: '*/*' });
    expect(json).toMatchObject({ open: 0, filed: [], others: [] });
  });

  test('shows words as text, what a receipt proves, the entry and the answer', async () => {
    const receipt = expectCreated(await election.cast(election.ballot(0, 'for')));
    await file({ text: '<script>alert(1)</script>\nthe \u202eend', receipt, about: 'not-counted' });
    const note = signCheckpoint(
      { origin: receipt.origin, size: 2, root: new Uint8Array(32) },
      loadServiceKeys(service.dataDir).log.secret,
    );
    const guilty = await file({ receipt: { ...receipt, checkpoint: fromUtf8(note) }, voter: 2 });
    const html = await page(election.path('/disputes'));
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('\u202e');
    expect(html).toContain('Its receipt is good');
    expect(html).toContain('class="notice">Its receipt proves that the ballot box is at fault');
    expect(html).toContain('2 reports have no answer yet.');
    const act = (body: Act) => election.sign('act', 'officer', { act: body }).then((e) => election.submit(e));
    const { index } = expectCreated(await act(guilty['act'] as Act));
    expectCreated(await act({ kind: 'answer', dispute: index, text: 'The disk was restored.' }));
    expectCreated(await act({ kind: 'dispute', text: 'By letter.', index: null }));
    const after = await page(`${election.path('/disputes')}?lang=fr`);
    expect(after).toContain(`L’inscription ${index} du registre le nomme.`);
    expect(after).toContain('The disk was restored.');
    expect(after).toContain('By letter.');
    expect(after).toContain('2 signalements n’ont pas encore de réponse.');
    for (const name of [...after.matchAll(/\/disputes\/([A-Za-z0-9_-]{43})"/g)].map(([, found]) => found))
      expect((await service.send('GET', election.path(`/disputes/${name ?? ''}`))).status).toBe(200);
    expect(await page(election.path(''))).toContain('2 reports have no answer yet.');
  });
});

describe('in a copy', () => {
  /** The copy and its pages, which load nothing. */
  async function copied(): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    const write = async (path: string, bytes: Uint8Array) =>
      void files.set(path, new TextDecoder().decode(bytes));
    const { shown } = await copyRecord(
      election.record,
      { write },
      { update: () => undefined, stop: () => undefined },
    );
    const records = new Map<string, ReadRecord>();
    for (const [name, one] of shown) if ('record' in one) records.set(name, one.record);
    const nothing = asset('none.js', new Uint8Array());
    const pages = new CopiedPages(records, { script: nothing, worker: nothing, keyWorker: nothing });
    for await (const { path, bytes } of pages.files()) await write(path, bytes);
    return files;
  }

  test('are what the record has and what lies beside it, told apart, each with its file', async () => {
    const files = await copied();
    const html = files.get('pages/disputes.html') ?? '';
    const [recorded = '', beside = ''] = html
      .slice(html.indexOf('In the record</h2>'))
      .split('Sent, and not in the record yet</h2>');
    expect(recorded).toContain('The disk was restored.');
    expect(recorded).toContain('By letter.');
    expect(recorded).toContain('class="notice">Its receipt proves that the ballot box is at fault');
    expect(recorded).not.toContain('alert(1)');
    expect(beside).toContain('nobody can show that none is missing');
    expect(beside).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(beside).toContain('Its receipt is good');
    expect(html).not.toContain('Report a problem');
    const linked = [...html.matchAll(/href="\.\.\/(dispute\/[A-Za-z0-9_-]{43})"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(linked).toHaveLength(2);
    for (const path of linked) expect(JSON.parse(files.get(path) ?? '')).toMatchObject({ v: 1 });
    expect(files.get('pages/index.html')).toContain(
      'href="disputes.html">Reported problems</a>. 2 reports have',
    );
    expect(files.get('pages/disputes.fr.html')).toContain('Envoyés, et pas encore au registre');
  });

  test('a report that is not what its name says is not copied', async () => {
    const changed: RecordSource = {
      read: async (path) =>
        path.startsWith('dispute/') ? new TextEncoder().encode('{}') : await election.record.read(path),
    };
    const progress = { update: () => undefined, stop: () => undefined };
    await expect(copyRecord(changed, { write: async () => undefined }, progress)).rejects.toMatchObject({
      code: 'wrong-blob',
    });
  });
});

test.each([
  [{ until: null, isOver: false, open: 0 }, []],
  [{ until: null, isOver: false, open: 1 }, [/1 reported problem has no answer/]],
  [{ until: 1e9, isOver: false, open: 0 }, [/is final on Sunday, 9 September 2001 at 01:46 UTC/]],
  [{ until: 1e9, isOver: true, open: 2 }, [/is final since Sunday/, /2 reported problems have no answer/]],
])('whether a result is final: %j', (disputes, expected) => {
  const told = finalityInWords(CATALOGUES.en, { disputes } as unknown as PublishedElection);
  expect(told).toHaveLength(expected.length);
  expected.forEach((words, i) => expect(told[i]).toMatch(words));
});
