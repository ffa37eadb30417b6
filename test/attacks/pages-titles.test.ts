/**
 * P1, titles that turn the votes behind them about: a title may be anything, but what it says ends with it. The
 * officer chooses the titles: without this, `Against` and an override before `12` are shown as 21.
 */
import { describe, expect, test } from 'vitest';
import { Titles } from '../../src/web/texts/titles.ts';

describe('in words and on pages', () => {
  test.each([
    ['an override from right to left', '\u202E'],
    ['an embedding', '\u202B'],
    ['an isolate', '\u2067'],
    ['a mark', '\u200F'],
    ['the start of a sequence for terminals', '\u001B'],
    ['a line break', '\n'],
  ])('%s is shown as a sign of its own', (_, control) => {
    const title = `Against${control}`;
    const titles = new Titles({
      v: 1,
      lang: 'en',
      title,
      intro: '',
      colleges: { members: title },
      contests: { motion: { title, text: '', options: { against: title } } },
    });
    expect([titles.college('members'), titles.contest('motion'), titles.option('motion', 'against')]).toEqual(
      ['Against\uFFFD', 'Against\uFFFD', 'Against\uFFFD'],
    );
  });
});

/** A copied record comes from anybody: its pages, and what is printed of it, are not to fail by the names in it. */
test.each(['constructor', 'north'])(
  'an id without a title is shown itself, whatever objects have under that name: %s',
  (id) => {
    const empty = new Titles({ v: 1, lang: 'en', title: 'Motion', intro: '', colleges: {}, contests: {} });
    expect([empty.college(id), empty.contest(id), empty.option(id, id)]).toEqual([id, id, id]);
    const contests = { [id]: { title: 'Motion', text: '', options: {} } };
    const some = new Titles({ v: 1, lang: 'en', title: 'Motion', intro: '', colleges: {}, contests });
    expect([some.contest(id), some.option(id, 'constructor')]).toEqual(['Motion', 'constructor']);
  },
);
