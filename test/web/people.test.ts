/** Whom to ask, on the public pages: as the texts name them, and nothing in a name that acts. */
import { describe, expect, test } from 'vitest';
import type { People } from '../../src/ballot/manifest.ts';
import type { Html, View } from '../../src/web/layout.ts';
import { peopleLine, peopleSection } from '../../src/web/people-section.ts';
import { CATALOGUES, type Language } from '../../src/web/texts/languages.ts';
import { Titles } from '../../src/web/texts/titles.ts';

const PEOPLE: People = {
  officer: { name: 'Rosa Vale', contact: 'ballot@union.example\n\n 020 7946 0000 ' },
  trustees: [
    { name: 'Iris <b>Moor</b>', contact: 'iris@audit.example' },
    { name: 'Jo\u202Ehn', contact: '' },
  ],
};

const titles = (people: { people?: People }) =>
  new Titles({ v: 1, lang: 'en', title: 'A vote', intro: '', ...people, colleges: {}, contests: {} });

const view = (lang: Language): View => ({
  words: CATALOGUES[lang],
  path: '/',
  isChosen: false,
  site: { isCopy: false, page: (path) => path, file: (path) => path, asset: ({ path }) => path },
});

/** As a page has it. */
const text = async (part: Html | ''): Promise<string> => [await part].join('');

describe('whom to ask', () => {
  test('each by name, with every line of how to reach them', async () => {
    const html = await text(peopleSection(view('en'), titles({ people: PEOPLE })));
    expect(html).toContain('<strong>Rosa Vale</strong><br>ballot@union.example<br>020 7946 0000</p>');
    expect(html).toContain('<li><strong>Iris &lt;b&gt;Moor&lt;/b&gt;</strong><br>iris@audit.example</li>');
  });

  test('a name turns nothing around it, and is said to be in its own language', async () => {
    const html = await text(peopleSection(view('fr'), titles({ people: PEOPLE })));
    expect(html).toContain('Responsable du vote');
    expect(html).toContain('<li lang="en"><strong>Jo\uFFFDhn</strong></li>');
  });

  test('in one line each on the page of reports', async () => {
    const html = await text(peopleLine(view('en'), titles({ people: PEOPLE })));
    expect(html).toContain('<span>Rosa Vale, ballot@union.example, 020 7946 0000</span>');
    expect(html).toContain('Iris &lt;b&gt;Moor&lt;/b&gt;, iris@audit.example; Jo\uFFFDhn');
  });

  test('nothing where nobody is named; no scrutineers where there is no key', async () => {
    expect(peopleSection(view('en'), titles({}))).toBe('');
    expect(peopleLine(view('en'), titles({}))).toBe('');
    const { officer } = PEOPLE;
    const html = await text(peopleSection(view('en'), titles({ people: { officer, trustees: [] } })));
    expect(html).not.toContain('Scrutineers');
  });

  test('a trustee is called by name where there is one', () => {
    expect(titles({ people: PEOPLE }).trustee(2)).toBe('Jo\uFFFDhn');
    expect(titles({ people: PEOPLE }).trustee(3)).toBeNull();
    expect(titles({}).trustee(1)).toBeNull();
  });
});
