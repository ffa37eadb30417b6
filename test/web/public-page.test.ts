/** What observers find on an election's page: timetable, acts, turnout, log, scripts, recounts, in words that fit its phase. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { HOUR, parseMoments } from '../../src/record/moments.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import type { PublishedElection } from '../../src/web/published-election.ts';
import { scriptsSection } from '../../src/web/scripts-section.ts';
import { CATALOGUES } from '../../src/web/texts/languages.ts';
import { growthByHour, growthPath, growthToShow } from '../../src/web/turnout-by-hour.ts';
import { temporaryDirectory } from '../api/api-elections.ts';
import { readable } from './leaks.ts';
import { DAY, type Observed, OPENING, observedElection } from './observed-election.ts';

const directory = temporaryDirectory();
let observed: Observed;

async function read(path: string): Promise<{ html: string; text: string }> {
  const { election } = observed;
  const { bytes } = await election.send('GET', path, undefined, { accept: 'text/html' });
  const html = new TextDecoder().decode(bytes);
  return { html, text: html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') };
}

beforeAll(async () => {
  observed = await observedElection(directory.path, 'recounted');
});
afterAll(async () => {
  await observed?.server.stop();
  directory.remove();
});

describe('the page of an election that is over', () => {
  test('has a timetable: what is past, what is next, and how far the closing was put off', async () => {
    const { text } = await read(observed.election.path(''));
    for (const words of [
      'Rules published past 18 August 2026 at 08:00 UTC Voting may open 10 days later at the earliest.',
      'Voting opens past 1 September 2026 at 08:00 UTC',
      'Voting closes past 3 September 2026 at 14:00 UTC Put off by 6 hours. It was to close on 3 September 2026 at 08:00 UTC.',
      'Result declared past 3 September 2026 at 14:00 UTC',
      'Problems can be reported until next 10 September 2026 at 14:00 UTC',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('says what officers did, when, and what was answered', async () => {
    const { text } = await read(observed.election.path(''));
    for (const words of [
      /An incident The service did not answer from 09:10 to 09:40\. No vote was lost\. Entry \d+, by officer 1, 2 September 2026 at 10:11 UTC/,
      /Voting was put off\. It closes on 3 September 2026 at 14:00 UTC\. Entry \d+, by officer 1/,
      /A reported problem My letter came a day late\. The answer It was posted in time, and you have voted\. Entry \d+/,
      /A reported problem My vote is not counted I voted twice\. The report with its proof: A{43}/,
      /0 voting codes were replaced\. The rules allow 2\./,
    ]) {
      expect(text).toMatch(words);
    }
  });

  test('names who recounted it, what, when, and with which verdict', async () => {
    const { election } = observed;
    const { certificates, tree } = await readElection(election.record, election.election, null);
    const [certificate] = certificates;
    const { text } = await read(election.path(''));
    expect(certificate?.body.ok).toBe(true);
    expect(text).toContain('The rules name 1 observer who may put a recount on record.');
    const size = tree.size - 1;
    const root = toBase64Url(tree.root(size));
    expect(text).toContain(`Observer 1 3 September 2026 at 15:00 UTC It agrees ${size} ${root}`);
  });

  test('shows how turnout grew, as a picture and by the hour, and nothing of how anybody voted', async () => {
    const { html } = await read(observed.election.path(''));
    const figure = html.slice(html.indexOf('<figure'), html.indexOf('</figure>'));
    expect(figure).toContain('25 of 30 voted in the end, 83.3 %.');
    expect(figure).toMatch(/<path class="line" d="M0 200H\d+L\d+ \d+/);
    const table = html.slice(html.indexOf('</figure>'), html.indexOf('</details>'));
    const rows = [...table.matchAll(/datetime="(?<until>[^"]+)".*?<td class="number">(?<voted>\d+)</gs)];
    expect(rows.map(({ groups }) => [groups?.['until'], groups?.['voted']])).toEqual([
      ['2026-09-01T10:00:00.000Z', '4'],
      ['2026-09-01T12:00:00.000Z', '11'],
      ['2026-09-01T18:00:00.000Z', '14'],
      ['2026-09-02T11:00:00.000Z', '20'],
      ['2026-09-02T18:00:00.000Z', '22'],
      ['2026-09-03T11:00:00.000Z', '25'],
    ]);
  });

  test('has the log’s checkpoints, and says that nobody has witnessed them', async () => {
    const { election } = observed;
    const { tree, opening, result } = await readElection(election.record, election.election, null);
    const { text } = await read(election.path(''));
    const root = (size: number): string => toBase64Url(tree.root(size));
    const [opened, declared] = [(opening?.index ?? 0) + 1, (result?.index ?? 0) + 1];
    expect(text).toContain(`the rules 18 August 2026 at 08:00 UTC 1 ${root(1)}`);
    expect(text).toContain(`the opening 19 August 2026 at 08:00 UTC ${opened} ${root(opened)}`);
    expect(text).toContain(`the result 3 September 2026 at 14:00 UTC ${declared} ${root(declared)}`);
    expect(text).toContain(`the latest entry 3 September 2026 at 15:00 UTC ${tree.size} ${root(tree.size)}`);
    expect(text).toContain('Nobody has witnessed this log.');
  });

  test('has the programs that the rules name beside those that are handed out', async () => {
    const { election } = observed;
    const { html, text } = await read(election.path(''));
    const named = election.manifest?.booth ?? [];
    expect(named.length).toBeGreaterThan(2);
    expect(text.match(/named by the rules, and handed out here/g)).toHaveLength(named.length);
    for (const hash of named) expect(html).toContain(hash);
    expect(text).not.toContain('NOT NAMED');
  });

  test('leads to the earlier election', async () => {
    const { election, earlier } = observed;
    const { html } = await read(election.path('?lang=fr'));
    expect(html).toContain(`Il fait suite à : <a href="${earlier.path('?lang=fr')}" lang="en">A vote</a>`);
  });

  test('in French, with its dates and numbers', async () => {
    const { html, text } = await read(observed.election.path('?lang=fr'));
    expect(html).toContain('25 inscrits sur 30 ont voté à la fin, 83,3 %.');
    for (const words of [
      'Reportée de 6 heures. Elle était prévue le 3 septembre 2026 à 08:00 UTC.',
      'La fin du vote a été reportée. Elle est le 3 septembre 2026 à 14:00 UTC.',
      'Observateur 1 3 septembre 2026 à 15:00 UTC Il est d’accord',
      'Personne n’est témoin de ce journal.',
    ]) {
      expect(text).toContain(words);
    }
  });
});

describe('the page while voting is open', () => {
  test('tells turnout, and nothing of how the vote goes', async () => {
    const folder = temporaryDirectory();
    const open = await observedElection(folder.path, 'open');
    try {
      const { bytes } = await open.election.send('GET', open.election.path(''), undefined, {
        accept: 'text/html',
      });
      const html = new TextDecoder().decode(bytes);
      const text = html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
      expect(text).toContain('Voting closes next 3 September 2026 at 14:00 UTC');
      expect(text).toContain('Officers may put it off by 12 hours at most.');
      expect(text).toContain('Problems can be reported until 7 days after the result is declared.');
      expect(text).toContain('There is no answer yet.');
      expect(text).toContain('Members 30 25 83.3 %');
      expect(text).toContain('There is no result yet.');
      expect(html).not.toContain('class="votes"');
      // 15 for, 10 against: neither is on the page, as a number of its own.
      expect(readable(text).replaceAll(/\d{1,2}:\d\d|\d+ (?:August|September) \d+/g, '')).not.toMatch(
        /\b1[05]\b(?! days)/,
      );
    } finally {
      await open.server.stop();
      folder.remove();
    }
  });
});

describe('the programs that members vote with', () => {
  const [vote, check, mine, dispute, other] = ['v', 'c', 'm', 'd', 'o'].map((letter) => letter.repeat(43));
  const served = { vote: vote ?? '', check: check ?? '', 'my-vote': mine ?? '', dispute: dispute ?? '' };
  const said = async (
    booth: readonly unknown[],
    phase: string,
    given: typeof served | null,
  ): Promise<string> => {
    const election = { manifest: { booth }, summary: { phase } } as unknown as PublishedElection;
    return String(await scriptsSection(CATALOGUES.en, election, given)).replaceAll(/<[^>]*>|\s+/g, ' ');
  };

  test('that the rules do not name are pointed out, loudly while one can vote', async () => {
    const text = await said([vote, check, dispute, other], 'open', served);
    expect(text).toMatch(/My vote +HANDED OUT HERE, BUT NOT NAMED BY THE RULES +m{43}/);
    expect(text).toMatch(/named by the rules, not handed out here +o{43}/);
    expect(text).toContain('Do not use it');
    expect(await said([vote, check, dispute, other], 'declared', served)).toContain('Voting is over.');
    expect(await said([vote, check, mine, dispute], 'open', served)).not.toContain('Do not use it');
  });

  test('are only named in a copy, and said to be missing where the rules name none', async () => {
    expect(await said([vote], 'declared', null)).toMatch(/named by the rules +v{43}/);
    expect(await said([], 'open', served)).toContain('The rules name no program.');
  });
});

describe('how turnout grew', () => {
  test('is in the record’s own words: entries and moments', async () => {
    const { election } = observed;
    const moments = parseMoments((await election.record.read('moments')) ?? new Uint8Array());
    const times = moments.map(({ time }) => time).filter((time) => time % HOUR === 0 && time > OPENING);
    // The hours in which votes came, and those of the closing, the result and the recount; the closing's is three entries.
    expect(new Set(times).size).toBe(8);
    expect(moments.at(-1)?.time).toBe(observed.clock.now);
  });

  test('is told by the day where there are many hours', () => {
    const hours = Array.from({ length: 60 }, (_, i) => ({ until: (i + 1) * HOUR, voted: [i + 1, 2] }));
    expect(growthToShow(hours.slice(0, 48))).toEqual({ by: 'hour', rows: hours.slice(0, 48) });
    expect(growthToShow(hours)).toEqual({
      by: 'day',
      rows: [
        { until: DAY, voted: [24, 2] },
        { until: 2 * DAY, voted: [48, 2] },
        { until: 3 * DAY, voted: [60, 2] },
      ],
    });
  });

  test('is drawn from the opening to the end, each hour with its own slope', () => {
    const hours = [
      { until: HOUR, voted: [2] },
      { until: 4 * HOUR, voted: [3, 2] },
    ];
    expect(growthPath(hours, [0, 10 * HOUR], [100, 10], 10)).toBe('M0 10H0L10 8H30L40 5H100');
  });

  test('is not told where nobody noted it', () => {
    const chains = {
      *firstBallots() {
        yield { voter: 1, index: 5 };
      },
    };
    const voters = { at: () => ({ college: 'members' }) };
    const state = { manifest: { colleges: [{ id: 'members' }] }, voters, chains };
    expect(growthByHour(state as unknown as Parameters<typeof growthByHour>[0], [])).toEqual([]);
  });
});
