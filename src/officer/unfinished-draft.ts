/**
 * A draft that an officer is still writing: a template under way to a draft, with what has been filled in so far. It
 * says at any time what is missing before it can be published. A saved one is hostile only in that it may be wrong.
 */
import { z } from 'zod';
import type { People, Person } from '../ballot/manifest.ts';
import { BoardError } from '../board/errors.ts';
import { COSIGNATURE, parseVerifierKey } from '../board/note.ts';
import { hash, publicKey, unixTime } from '../codec/fields.ts';
import { type DraftProblem, draftProblems, type Publisher, parseDraft } from './election-draft.ts';
import { type ElectionTemplate, electionTemplate, fillTemplate } from './election-template.ts';
import { OfficerError } from './errors.ts';

/** What somebody has typed where a key or a hash belongs. */
const typed = z.string().max(200);

/** Of whom to ask; it is bounded where it is published. */
const typedPerson = z.strictObject({ name: z.string(), contact: z.string() });
const NOBODY: Readonly<Person> = { name: '', contact: '' };

export const unfinishedDraft = z.strictObject({
  v: z.literal(1),
  election: electionTemplate,
  /** The trustees' public keys, one for each. */
  keys: z.array(typed).max(50),
  /** Whom members may ask; of trustees as many as have been typed. */
  people: z
    .strictObject({ officer: typedPerson, trustees: z.array(typedPerson).max(50) })
    .default({ officer: NOBODY, trustees: [] }),
  /** Those of the other officers. */
  officers: z.array(typed).max(20),
  /** Those of observers who may put their recounts on record. */
  observers: z.array(typed).max(50).default([]),
  /** Verifier keys of witnesses of the log. */
  witnesses: z.array(z.string().max(300)).max(50).default([]),
  /** Unix seconds. */
  opens: unixTime.nullable(),
  /** Earlier elections, by the words that the template has for them. */
  elections: z.record(z.string(), typed),
  rehearsal: z.boolean(),
});
export type UnfinishedDraft = z.infer<typeof unfinishedDraft>;

/** @throws OfficerError `bad-file` for anything that is no draft of this kind. */
export function parseUnfinished(text: string): UnfinishedDraft {
  try {
    return unfinishedDraft.parse(JSON.parse(text));
  } catch (error) {
    throw new OfficerError('bad-file', `no draft of the desk: ${String(error).slice(0, 200)}`);
  }
}

/** Who holds key `i`, as far as it has been typed. */
export const trusteeOf = ({ trustees }: UnfinishedDraft['people'], i: number): Person =>
  trustees[i] ?? NOBODY;

export function startDraft(election: ElectionTemplate): UnfinishedDraft {
  const words = election.manifest.links.map(({ manifest }) => manifest);
  return {
    v: 1,
    election,
    keys: Array.from({ length: election.manifest.trustees?.count ?? 0 }, () => ''),
    people: { officer: NOBODY, trustees: [] },
    officers: [],
    observers: [...election.manifest.observers],
    witnesses: [...election.manifest.witnesses.keys],
    opens: null,
    elections: Object.fromEntries(words.map((word) => [word, ''])),
    rehearsal: false,
  };
}

const isFilled = (text: string): boolean => text.trim() !== '';

/** As the texts have them, with one trustee for each key; undefined where nobody is named. */
function peopleOf({ people, keys }: UnfinishedDraft): People | undefined {
  const trimmed = ({ name, contact }: Person): Person => ({ name: name.trim(), contact: contact.trim() });
  const officer = trimmed(people.officer);
  const trustees = keys.map((_, i) => trimmed(trusteeOf(people, i)));
  const isNobody = [officer, ...trustees].every(({ name, contact }) => name === '' && contact === '');
  return isNobody ? undefined : { officer, trustees };
}

/** @throws OfficerError `bad-filling` where a template could not be filled. */
function fill(draft: UnfinishedDraft): object {
  const { election, keys, officers, observers, witnesses, opens, elections, rehearsal } = draft;
  const listed = (typed: readonly string[]): string[] => typed.filter(isFilled).map((key) => key.trim());
  const filled = Object.fromEntries(Object.entries(elections).map(([word, name]) => [word, name.trim()]));
  const people = peopleOf(draft);
  return fillTemplate(
    {
      ...election,
      texts: election.texts.map((texts) => (people === undefined ? texts : { ...texts, people })),
      manifest: {
        ...election.manifest,
        officers: listed(officers),
        observers: listed(observers),
        witnesses: { ...election.manifest.witnesses, keys: listed(witnesses) },
      },
    },
    { keys: keys.map((key) => key.trim()), opens: opens ?? 0, elections: filled, rehearsal },
  );
}

type Missing = Generator<DraftProblem, void>;

function* checkKeys(field: string, list: readonly string[], areNeeded: boolean): Missing {
  for (const [i, text] of list.entries()) {
    if (!isFilled(text)) {
      if (areNeeded) yield { field: `${field}[${i}]`, code: 'missing', why: 'empty' };
    } else if (!publicKey.safeParse(text.trim()).success)
      yield { field: `${field}[${i}]`, code: 'bad-key', why: 'no public key' };
  }
}

function isWitnessKey(text: string): boolean {
  try {
    return parseVerifierKey(text).type === COSIGNATURE;
  } catch (error) {
    if (error instanceof BoardError) return false;
    throw error;
  }
}

function* checkWitnesses(list: readonly string[]): Missing {
  for (const [i, text] of list.entries()) {
    if (isFilled(text) && !isWitnessKey(text.trim()))
      yield { field: `witnesses[${i}]`, code: 'bad-key', why: 'no verifier key of a witness' };
  }
}

/** What is missing of the filling; `now` in Unix seconds. */
function* checkFilling(draft: UnfinishedDraft, now: number): Missing {
  const { election, keys, officers, observers, witnesses, opens, elections, rehearsal } = draft;
  if (opens === null) yield { field: 'opens', code: 'missing', why: 'empty' };
  else if (!rehearsal && opens < now + election.manifest.times.notice)
    yield { field: 'opens', code: 'too-soon', why: 'the notice has not run by then' };
  yield* checkKeys('keys', keys, true);
  yield* checkKeys('officers', officers, false);
  yield* checkKeys('observers', observers, false);
  yield* checkWitnesses(witnesses);
  for (const [word, name] of Object.entries(elections)) {
    if (!hash.safeParse(name.trim()).success)
      yield { field: `elections.${word}`, code: 'missing', why: 'no election' };
  }
}

/** The fields of a draft that come of what is filled in, and where that is filled in. */
const FILLED: readonly (readonly [RegExp, RegExp])[] = [
  [/^manifest\.times\.opens/, /^opens$/],
  [/^manifest\.trustees\.keys/, /^keys/],
  [/^manifest\.officers/, /^officers/],
  [/^manifest\.observers/, /^observers/],
  [/^manifest\.witnesses\.keys/, /^witnesses\[/],
  [/^manifest\.(links|rules\[\d+\]\.link)/, /^elections/],
];

/** Everything that keeps it from being published, each once. @param now Unix seconds. */
export function missingOf(draft: UnfinishedDraft, publisher: Publisher, now: number): DraftProblem[] {
  const missing: DraftProblem[] = [...checkFilling(draft, now)];
  const isSaid = (field: string): boolean =>
    FILLED.some(([of, filled]) => of.test(field) && missing.some((one) => filled.test(one.field)));
  try {
    return [...missing, ...draftProblems(fill(draft), publisher).filter(({ field }) => !isSaid(field))];
  } catch (error) {
    if (!(error instanceof OfficerError)) throw error;
    return [...missing, { field: 'election', code: error.code, why: error.message }];
  }
}

/** The draft to publish. @throws OfficerError for anything that is missing yet. */
export function finish(draft: UnfinishedDraft): ReturnType<typeof parseDraft> {
  if (draft.opens === null) throw new OfficerError('bad-filling', 'nothing says when voting opens');
  return parseDraft(JSON.stringify(fill(draft)), 'the draft');
}
