/** Titles of an election's texts, as a page shows them. */
import type { TextsDocument } from '../../ballot/manifest.ts';

/** What reorders or hides the text around it: a title that ends so would turn about what follows it. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
/** Text of a record without what acts on the text around it. */
export const visible = (title: string): string => title.replaceAll(CONTROLS, '\uFFFD');

/** Titles of one language, without control characters; the id where there is none. */
export class Titles {
  readonly #texts: TextsDocument;

  constructor(texts: TextsDocument) {
    this.#texts = texts;
  }

  get lang(): string {
    return this.#texts.lang;
  }

  get election(): string {
    return visible(this.#texts.title);
  }

  college(id: string): string {
    return visible(this.#texts.colleges[id] ?? id);
  }

  contest(id: string): string {
    return visible(this.#texts.contests[id]?.title ?? id);
  }

  option(contest: string, id: string): string {
    return visible(this.#texts.contests[contest]?.options[id] ?? id);
  }
}
