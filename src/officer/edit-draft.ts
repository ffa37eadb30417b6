/**
 * Changes of an election that is still a template: texts, questions, options and trustees are added and taken out with
 * everything that names them, so that what is left fits together. Nothing is changed in place.
 */
import { SECOND_KINDS, type SecondKind } from '../ballot/manifest.ts';
import type { ElectionTemplate } from './election-template.ts';

type Manifest = ElectionTemplate['manifest'];
type Texts = ElectionTemplate['texts'][number];
type ContestTexts = Texts['contests'][string];
type Rule = Manifest['rules'][number];
type Contest = Manifest['contests'][number];

const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

/** A name that is not taken: `option-2`, `option-3` … */
function freshName(stem: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) if (!taken.includes(`${stem}-${n}`)) return `${stem}-${n}`;
}

export function changeManifest(election: ElectionTemplate, change: Partial<Manifest>): ElectionTemplate {
  return { ...election, manifest: { ...election.manifest, ...change } };
}

/** Says whether two officers sign what is of this kind. */
export function needSecond(
  election: ElectionTemplate,
  kind: SecondKind,
  isNeeded: boolean,
): ElectionTemplate {
  const { second = [], ...manifest } = election.manifest;
  const kinds = SECOND_KINDS.filter((one) => (one === kind ? isNeeded : second.includes(one)));
  return { ...election, manifest: kinds.length === 0 ? manifest : { ...manifest, second: kinds } };
}

function changeContests(
  election: ElectionTemplate,
  id: string,
  change: (contest: Contest) => Contest,
): ElectionTemplate {
  const contests = election.manifest.contests.map((contest) =>
    contest.id === id ? change(contest) : contest,
  );
  return changeManifest(election, { contests });
}

/** In every language. */
function changeContestTexts(
  election: ElectionTemplate,
  id: string,
  change: (texts: ContestTexts) => ContestTexts,
): ElectionTemplate {
  const texts = election.texts.map((one) => {
    const own = one.contests[id];
    return own === undefined ? one : { ...one, contests: { ...one.contests, [id]: change(own) } };
  });
  return { ...election, texts };
}

/** The texts of one language, changed. */
export function changeTexts(
  election: ElectionTemplate,
  lang: string,
  change: (texts: Texts) => Texts,
): ElectionTemplate {
  return { ...election, texts: election.texts.map((one) => (one.lang === lang ? change(one) : one)) };
}

/** The texts of one contest in one language, changed. */
export function changeQuestion(
  election: ElectionTemplate,
  lang: string,
  id: string,
  change: Partial<ContestTexts>,
): ElectionTemplate {
  return changeTexts(election, lang, (texts) => {
    const own = texts.contests[id] ?? { title: '', text: '', options: {} };
    return { ...texts, contests: { ...texts.contests, [id]: { ...own, ...change } } };
  });
}

export function changeRule(election: ElectionTemplate, rule: Rule): ElectionTemplate {
  return changeManifest(election, {
    rules: election.manifest.rules.map((one) => (one.id === rule.id ? rule : one)),
  });
}

export function changeContest(election: ElectionTemplate, contest: Contest): ElectionTemplate {
  return changeContests(election, contest.id, () => contest);
}

export function addOption(election: ElectionTemplate, contest: string): ElectionTemplate {
  const own = election.manifest.contests.find(({ id }) => id === contest);
  if (own === undefined) return election;
  const option = freshName('option', own.options);
  return changeContestTexts(
    changeContests(election, contest, (one) => ({ ...one, options: [...one.options, option] })),
    contest,
    (texts) => ({ ...texts, options: { ...texts.options, [option]: '' } }),
  );
}

/** Without an option, wherever it is named; a group of reserved places, or a merged motion, that is left empty goes too. */
export function removeOption(election: ElectionTemplate, contest: string, option: string): ElectionTemplate {
  const left = (options: readonly string[]): string[] => options.filter((one) => one !== option);
  const rules = election.manifest.rules.map((rule): Rule => {
    if (rule.kind !== 'seats' || rule.contest !== contest) return rule;
    const reserved = rule.reserved.map((group) => ({ ...group, options: left(group.options) }));
    return { ...rule, reserved: reserved.filter(({ options }) => options.length > 0) };
  });
  const changed = changeContests(changeManifest(election, { rules }), contest, (one) => {
    const { shape } = one;
    if (shape.kind !== 'support') return { ...one, options: left(one.options) };
    const merged = shape.merged.map((motion) => ({ ...motion, parts: left(motion.parts) }));
    return {
      ...one,
      options: left(one.options),
      shape: { ...shape, merged: merged.filter(({ parts }) => parts.length > 1) },
    };
  });
  return changeContestTexts(changed, contest, (texts) => ({
    ...texts,
    options: without(texts.options, option),
  }));
}

/** Another question like the last one, put to the same colleges and decided in the same way. */
export function addContest(election: ElectionTemplate): ElectionTemplate {
  const { contests, rules } = election.manifest;
  const last = contests.at(-1);
  if (last === undefined) return election;
  const id = freshName(
    'question',
    [...contests, ...rules].map((one) => one.id),
  );
  const copies = rules.flatMap((rule): Rule[] => {
    if (!('contest' in rule) || rule.contest !== last.id) return [];
    return [{ ...rule, id, contest: id, ...(rule.kind === 'seats' && { reserved: [] }) }];
  });
  const isMotion = copies.some(({ kind }) => kind === 'motion');
  const added = changeManifest(election, {
    contests: [...contests, { ...last, id }],
    // Rules that go by others' decisions come after them.
    rules: [
      ...rules.filter((rule) => 'contest' in rule),
      ...copies,
      ...rules.filter((rule) => !('contest' in rule)),
    ],
  });
  const texts = added.texts.map((one) => {
    const options = one.contests[last.id]?.options ?? {};
    const blank = Object.fromEntries(Object.keys(options).map((option) => [option, '']));
    const own = { title: '', text: '', options: isMotion ? options : blank };
    return { ...one, contests: { ...one.contests, [id]: own } };
  });
  return { ...added, texts };
}

/** Without a contest, the rules that decide it, and those that go by their decisions. */
export function removeContest(election: ElectionTemplate, id: string): ElectionTemplate {
  const { contests, rules } = election.manifest;
  const gone = rules.filter((rule) => 'contest' in rule && rule.contest === id).map((rule) => rule.id);
  const left = rules.flatMap((rule): Rule[] => {
    if (gone.includes(rule.id) || (rule.kind === 'ratify' && gone.includes(rule.own))) return [];
    if (rule.kind !== 'exclusive') return [rule];
    const named = rule.rules.filter((one) => !gone.includes(one));
    return named.length < 2 ? [] : [{ ...rule, rules: named }];
  });
  const changed = changeManifest(election, {
    contests: contests.filter((one) => one.id !== id),
    rules: left,
  });
  return {
    ...changed,
    texts: changed.texts.map((one) => ({ ...one, contests: without(one.contests, id) })),
  };
}

export function changeTimes(election: ElectionTemplate, times: Partial<Manifest['times']>): ElectionTemplate {
  return changeManifest(election, { times: { ...election.manifest.times, ...times } });
}

/** A further language, with nothing in it yet. */
export function addLanguage(election: ElectionTemplate, lang: string): ElectionTemplate {
  const [first] = election.texts;
  if (first === undefined || election.texts.some((one) => one.lang === lang)) return election;
  const blank = (titles: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.keys(titles).map((key) => [key, '']));
  const contests = Object.entries(first.contests).map(([id, { options }]) => [
    id,
    { title: '', text: '', options: blank(options) },
  ]);
  const texts: Texts = {
    v: 1,
    lang,
    title: '',
    intro: '',
    colleges: blank(first.colleges),
    contests: Object.fromEntries(contests),
  };
  return { ...election, texts: [...election.texts, texts] };
}

/** Without a language, as long as another one is left. */
export function removeLanguage(election: ElectionTemplate, lang: string): ElectionTemplate {
  const texts = election.texts.filter((one) => one.lang !== lang);
  return texts.length === 0 ? election : { ...election, texts };
}

/**
 * The form of an example without its words: one language, in which only what is in `titles` (by id, of colleges and
 * options) has a title already. Options without one are numbered.
 */
export function blankForm(
  { texts, manifest }: ElectionTemplate,
  lang: string,
  titles: Readonly<Record<string, string>>,
): ElectionTemplate {
  const [first] = texts;
  const names = new Map(
    manifest.contests.map(({ id, options, shape }) => {
      const all = [...options, ...(shape.kind === 'support' ? shape.merged.map((one) => one.id) : [])];
      return [id, new Map(all.map((option, i) => [option, titles[option] ? option : `option-${i + 1}`]))];
    }),
  );
  const nameOf = (contest: string, option: string): string => names.get(contest)?.get(option) ?? option;
  const contests = manifest.contests.map((contest): Contest => {
    const own = (option: string): string => nameOf(contest.id, option);
    const { shape } = contest;
    return {
      ...contest,
      options: contest.options.map(own),
      shape:
        shape.kind === 'support'
          ? {
              ...shape,
              merged: shape.merged.map(({ id, parts }) => ({ id: own(id), parts: parts.map(own) })),
            }
          : shape,
    };
  });
  const rules = manifest.rules.map((rule): Rule => {
    if (rule.kind !== 'seats') return rule;
    const reserved = rule.reserved.map((group) => ({
      ...group,
      options: group.options.map((option) => nameOf(rule.contest, option)),
    }));
    return { ...rule, reserved };
  });
  const titled = (ids: Iterable<string>) => Object.fromEntries([...ids].map((id) => [id, titles[id] ?? '']));
  return {
    texts: [
      {
        v: 1,
        lang,
        title: '',
        intro: '',
        colleges: titled(Object.keys(first?.colleges ?? {})),
        contests: Object.fromEntries(
          manifest.contests.map(({ id }) => [
            id,
            { title: '', text: '', options: titled(names.get(id)?.values() ?? []) },
          ]),
        ),
      },
    ],
    manifest: { ...manifest, contests, rules },
  };
}
