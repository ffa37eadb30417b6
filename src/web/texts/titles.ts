/** Titles of an election's texts, as a page shows them. */
import type { ManifestBody, Person, TextsDocument } from '../../ballot/manifest.ts';

/** What reorders or hides the text around it: a title that ends so would turn about what follows it. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
/** Text of a record without what acts on the text around it. */
export const visible = (title: string): string => title.replaceAll(CONTROLS, '\uFFFD');

/** A body's id as a name: `alder-bridge` is Alder-bridge. */
export const nameOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** The lines of what somebody has typed, without those that are empty. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => visible(line.trim()))
    .filter((line) => line !== '');

/** Who it is and how to reach them, in one line. */
export const inOneLine = ({ name, contact }: Person): string =>
  [visible(name), ...linesOf(contact)].join(', ');

/** What a record's document has under an id, which may be the name of something that every object has. */
const under = <T>(named: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  named !== undefined && Object.hasOwn(named, id) ? named[id] : undefined;

/** Titles of one language, without control characters; the id where there is none. */
export class Titles {
  readonly #texts: TextsDocument;
  readonly #rules: ManifestBody['rules'];

  /** @param rules of the election, where the page shows what they make of its contests. */
  constructor(texts: TextsDocument, rules: ManifestBody['rules'] = []) {
    this.#texts = texts;
    this.#rules = rules;
  }

  get lang(): string {
    return this.#texts.lang;
  }

  get election(): string {
    return visible(this.#texts.title);
  }

  /** Whom to ask, where the texts say so. */
  get people(): TextsDocument['people'] {
    return this.#texts.people;
  }

  /** The name of trustee i, from 1; null where the texts have none. */
  trustee(i: number): string | null {
    const named = this.#texts.people?.trustees[i - 1];
    return named === undefined ? null : visible(named.name);
  }

  college(id: string): string {
    return visible(under(this.#texts.colleges, id) ?? id);
  }

  contest(id: string): string {
    return visible(under(this.#texts.contests, id)?.title ?? id);
  }

  /** Whether a contest binds nobody. */
  isConsultative(contest: string): boolean {
    return this.#rules.some((rule) => rule.kind === 'consultative' && rule.contest === contest);
  }

  option(contest: string, id: string): string {
    return visible(under(under(this.#texts.contests, contest)?.options, id) ?? id);
  }
}
