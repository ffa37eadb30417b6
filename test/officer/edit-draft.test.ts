import { expect, test } from 'vitest';
import { readScenario } from '../../src/cli/scenario/scenario-file.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import {
  addContest,
  addLanguage,
  addOption,
  blankForm,
  changeQuestion,
  needSecond,
  removeContest,
  removeLanguage,
  removeOption,
} from '../../src/officer/edit-draft.ts';
import { type ElectionTemplate, parseTemplate } from '../../src/officer/election-template.ts';
import { finish, missingOf, parseUnfinished, startDraft } from '../../src/officer/unfinished-draft.ts';
import { template } from './motion-template.ts';

const keyOf = (i: number): string => toBase64Url(publicKeyOf(parseSigningKey(new Uint8Array(32).fill(i))));
const publisher = {
  service: { log: keyOf(1), box: keyOf(2), registrar: keyOf(3), url: 'https://example.org' },
  officer: keyOf(5),
  scripts: [],
};
const NOW = 1_900_000_000;

/** What is missing once everything that is no text of the election is filled in. */
function missingIn(election: ElectionTemplate): string[] {
  const keys = Array.from({ length: election.manifest.trustees?.count ?? 0 }, (_, i) => keyOf(10 + i));
  const draft = { ...startDraft(election), keys, opens: NOW + election.manifest.times.notice };
  return missingOf(draft, publisher, NOW).map(({ field }) => field);
}

const example = async (name: string): Promise<ElectionTemplate> => {
  const [first] = (await readScenario(name)).elections;
  if (first === undefined) throw new TypeError(`${name} has no election`);
  return first.filled;
};

test('a question is added with its rule, and taken out with it', () => {
  const two = addContest(template);
  expect(two.manifest.rules.map(({ id }) => id)).toEqual(['motion', 'question-3']);
  expect(missingIn(two)).toEqual(['texts[0].contests.question-3.title']);
  expect(missingIn(changeQuestion(two, 'en', 'question-3', { title: 'And this?' }))).toEqual([]);
  expect(removeContest(two, 'question-3')).toEqual(template);
});

test('rules that go by a decision that is gone go with it', async () => {
  const motions = await example('incompatible-motions');
  const { contests, rules } = motions.manifest;
  expect(rules.some(({ kind }) => kind === 'exclusive')).toBe(true);
  const left = removeContest(motions, contests[0]?.id ?? '');
  expect(left.manifest.rules.some(({ kind }) => kind === 'exclusive')).toBe(contests.length > 2);
  expect(missingIn(left)).toEqual([]);
});

test('an option is added with its title, and taken out of reserved places', async () => {
  const seats = await example('committee-of-seven');
  const contest = seats.manifest.contests[0]?.id ?? '';
  const more = addOption(seats, contest);
  expect(missingIn(more)).toEqual([`texts[0].contests.${contest}.options.option-13`]);
  expect(removeOption(more, contest, 'option-13')).toEqual(seats);
  const [rule] = removeOption(seats, contest, 'candidate-a').manifest.rules;
  expect(JSON.stringify(rule)).not.toContain('candidate-a');
});

test('of merged motions, what has fewer than two parts left is taken out', async () => {
  const petition = await example('petition-1000');
  const contest = petition.manifest.contests[0]?.id ?? '';
  const left = removeOption(petition, contest, 'rents').manifest.contests[0]?.shape;
  expect(left).toMatchObject({ kind: 'support', merged: [] });
});

test('a language is added empty, and the last one stays', () => {
  const both = addLanguage(template, 'fr');
  expect(missingIn(both)).toEqual([
    'texts[1].title',
    'texts[1].colleges.members',
    'texts[1].contests.motion.title',
    'texts[1].contests.motion.options.for',
    'texts[1].contests.motion.options.against',
  ]);
  expect(removeLanguage(both, 'fr')).toEqual(template);
  expect(removeLanguage(template, 'en')).toEqual(template);
});

test.each(['recall-29-30', 'committee-of-seven', 'petition-1000', 'priorities', 'survey', 'consent'])(
  'the form of %s is blank, and fits together once it has titles',
  async (name) => {
    const blank = blankForm(await example(name), 'en', { for: 'For', against: 'Against' });
    const fields = missingIn(blank);
    expect(fields).toContain('texts[0].title');
    expect(fields.every((field) => field.startsWith('texts[0].'))).toBe(true);
    const filled = JSON.parse(JSON.stringify(blank).replaceAll('""', '"x"'));
    expect(missingIn(parseTemplate(JSON.stringify(filled), 'blank'))).toEqual([]);
  },
);

test('a fresh draft says what is missing, field by field, and each once', () => {
  const draft = startDraft({ ...template, manifest: { ...template.manifest, links: [] } });
  const missing = (change: object): string[] =>
    missingOf({ ...draft, ...change }, publisher, NOW).map(({ field, code }) => `${field} ${code}`);
  expect(missing({})).toEqual(['opens missing', 'keys[0] missing', 'keys[1] missing']);
  expect(missing({ keys: ['x', keyOf(10)], opens: NOW })).toEqual(['opens too-soon', 'keys[0] bad-key']);
  const twice = [keyOf(10), keyOf(10)];
  expect(missing({ keys: twice, opens: NOW + 600 })).toEqual(['manifest.trustees.keys[1] duplicate']);
  expect(missing({ keys: [keyOf(10), keyOf(11)], opens: NOW + 600, officers: ['', 'y'] })).toEqual([
    'officers[1] bad-key',
  ]);
  const observers = ['', 'y', keyOf(5)];
  expect(missing({ keys: [keyOf(10), keyOf(11)], opens: NOW + 600, observers })).toEqual([
    'observers[1] bad-key',
  ]);
});

test('whom to ask: all who are named go into the texts of each language, or nobody does', () => {
  const keys = [keyOf(10), keyOf(11)];
  const both = addLanguage(template, 'fr');
  const filled = JSON.parse(JSON.stringify(both).replaceAll('""', '"x"'));
  const draft = { ...startDraft(filled), keys, opens: NOW + 600, elections: {} };
  const ada = { name: ' Ada ', contact: 'Long Lane\n' };
  const ben = { name: 'Ben', contact: '' };
  const fields = (people: typeof draft.people): string[] =>
    missingOf({ ...draft, people }, publisher, NOW).map(({ field }) => field);
  expect(finish(draft).texts.map(({ people }) => people)).toEqual([undefined, undefined]);
  expect(fields({ officer: { name: ' ', contact: '' }, trustees: [] })).toEqual([]);
  const named = { officer: { name: 'Ada', contact: 'Long Lane' }, trustees: [ben, ben] };
  const whole = { ...draft, people: { officer: ada, trustees: [ben, ben, ada] } };
  expect(finish(whole).texts.map(({ people }) => people)).toEqual([named, named]);
  expect(fields({ officer: ada, trustees: [ben] })).toEqual([
    'texts[0].people.trustees[1].name',
    'texts[1].people.trustees[1].name',
  ]);
  expect(fields({ officer: { name: '', contact: 'x' }, trustees: [ben, ben] })).toEqual([
    'texts[0].people.officer.name',
    'texts[1].people.officer.name',
  ]);
});

test('observers are listed, and none of them has an officer’s key', () => {
  const keys = [keyOf(10), keyOf(11)];
  const draft = { ...startDraft(template), keys, opens: NOW + 600, elections: {} };
  const { manifest } = finish({ ...draft, observers: [` ${keyOf(20)}`, ''] });
  expect(manifest.observers).toEqual([keyOf(20)]);
  const fields = missingOf({ ...draft, observers: [keyOf(5)] }, publisher, NOW).map(({ field }) => field);
  expect(fields).toEqual(['manifest.roles.observers[0]']);
});

test('what needs two officers is in the order of the manifest, and needs a second', () => {
  const both = needSecond(needSecond(template, 'result', true), 'opening', true);
  expect(both.manifest.second).toEqual(['opening', 'result']);
  expect(missingIn(both)).toEqual(['manifest.roles.second']);
  const none = needSecond(needSecond(both, 'result', false), 'opening', false);
  expect(none).toEqual(template);
});

test('a saved draft is read back; anything else is refused', () => {
  const draft = startDraft(template);
  expect(parseUnfinished(JSON.stringify(draft))).toEqual(draft);
  for (const text of ['{', '{}', JSON.stringify({ ...draft, v: 2 })])
    expect(() => parseUnfinished(text)).toThrow('no draft of the desk');
});

test('a text that is too long to publish is kept, and said to be', () => {
  const long = changeQuestion(template, 'en', 'motion', { text: 'x'.repeat(100_001) });
  expect(parseUnfinished(JSON.stringify(startDraft(long)))).toEqual(startDraft(long));
  expect(missingIn(long)).toEqual(['texts[0].contests.motion.text']);
});
