/** What is on every page, in English. */
import { Format } from '../format.ts';

export const format = new Format('en-GB');

export const frame = {
  /** Of this language, in itself. */
  name: 'English',
  dir: 'ltr' as 'ltr' | 'rtl',
  skip: 'Skip to the content',
  home: 'Elections',
  languages: 'Languages',
  foot: 'Counted in the open with Teller.',
  reference: 'For programmers',
  /** The title of a page on which something has to be put right. */
  wrong: (title: string) => `Error: ${title}`,
};

export type FrameTexts = typeof frame;
