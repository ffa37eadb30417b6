/** One question of a draft: its texts, its options, and what it takes to decide it. */
import type { JSX } from 'preact';
import type { Threshold } from '../../../ballot/rules.ts';
import {
  addOption,
  changeContest,
  changeQuestion,
  changeRule,
  removeOption,
} from '../../../officer/edit-draft.ts';
import type { ElectionTemplate } from '../../../officer/election-template.ts';
import { useKeptFocus } from '../../keys/kept-focus.ts';
import { Button } from '../../member/island/screen.tsx';
import { ids } from './draft-ids.ts';
import { AreaField, NumberField, SelectField, TextField } from './fields.tsx';
import type { Words } from './words.ts';

type Contest = ElectionTemplate['manifest']['contests'][number];
type Rule = ElectionTemplate['manifest']['rules'][number];

export interface EditProps {
  readonly words: Words;
  readonly election: ElectionTemplate;
  readonly edit: (election: ElectionTemplate) => void;
}

type QuestionProps = EditProps & { readonly contest: Contest; readonly n: number };

const THRESHOLDS: Readonly<Record<string, Threshold>> = {
  half: { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' },
  twoThirds: { compare: 'at-least', p: 2, q: 3, of: 'for-and-against' },
  halfOfBallots: { compare: 'more-than', p: 1, q: 2, of: 'ballots' },
  halfOfRoll: { compare: 'more-than', p: 1, q: 2, of: 'roll' },
  twoThirdsOfRoll: { compare: 'at-least', p: 2, q: 3, of: 'roll' },
};
const TIES = ['falls', 'chair', 'lot', 're-ballot'] as const;

function nameOf(threshold: Threshold): string {
  const same = ({ compare, p, q, of }: Threshold): boolean =>
    compare === threshold.compare && of === threshold.of && p * threshold.q === q * threshold.p;
  return Object.keys(THRESHOLDS).find((name) => same(THRESHOLDS[name] ?? threshold)) ?? 'other';
}

/** The name of a language, where there are several. */
function labelIn({ election, words }: EditProps, label: string, lang: string): string {
  const { draft } = words;
  return election.texts.length < 2 ? label : draft.inLanguage(label, draft.languages[lang] ?? lang);
}

function MotionRule(
  props: QuestionProps & { readonly rule: Extract<Rule, { kind: 'motion' }> },
): JSX.Element {
  const { words, election, edit, contest, rule } = props;
  const { question: t } = words.draft;
  const titles = election.texts[0]?.colleges ?? {};
  const change = (college: string, change: object): void =>
    edit(
      changeRule(election, {
        ...rule,
        colleges: rule.colleges.map((one) => (one.college === college ? { ...one, ...change } : one)),
      }),
    );
  return (
    <>
      {rule.colleges.map(({ college, threshold, quorum }) => {
        const title = titles[college] || college;
        return (
          <div key={college}>
            {threshold !== null && (
              <SelectField
                id={ids.threshold(contest.id, college)}
                label={t.threshold(title)}
                value={nameOf(threshold)}
                choices={Object.entries(t.thresholds)
                  .filter(([value]) => value !== 'other' || nameOf(threshold) === 'other')
                  .map(([value, label]) => ({ value, label }))}
                onChange={(name) => change(college, { threshold: THRESHOLDS[name] ?? threshold })}
              />
            )}
            <NumberField
              id={ids.quorum(contest.id, college)}
              words={words}
              label={t.quorum(title)}
              value={Math.round((100 * quorum.p) / quorum.q)}
              min={0}
              max={100}
              onChange={(n) => change(college, { quorum: { p: n, q: 100 } })}
            />
          </div>
        );
      })}
      <SelectField
        id={ids.tie(contest.id)}
        label={t.tie}
        value={rule.tie}
        choices={TIES.map((value) => ({ value, label: t.ties[value] ?? value }))}
        onChange={(tie) => edit(changeRule(election, { ...rule, tie: tie as (typeof TIES)[number] }))}
      />
    </>
  );
}

function Shape({ words, election, edit, contest }: QuestionProps): JSX.Element | null {
  const { question: t } = words.draft;
  const { shape, id } = contest;
  const set = (change: object): void =>
    edit(changeContest(election, { ...contest, shape: { ...shape, ...change } }));
  const number = (name: 'min' | 'max', label: string, value: number): JSX.Element => (
    <NumberField
      id={ids.shape(id, name)}
      words={words}
      label={label}
      value={value}
      min={name === 'min' ? 0 : 1}
      max={100}
      onChange={(n) => set({ [name]: n })}
    />
  );
  if (shape.kind === 'choose')
    return (
      <>
        {number('min', t.min, shape.min)}
        {number('max', t.max, shape.max)}
      </>
    );
  return shape.kind === 'score' ? number('max', t.most, shape.max) : null;
}

function Options(props: QuestionProps): JSX.Element {
  const { words, election, edit, contest } = props;
  const { question: t } = words.draft;
  const rule = election.manifest.rules.find((one) => 'contest' in one && one.contest === contest.id);
  const isNeeded = (option: string): boolean =>
    rule?.kind === 'motion' && (option === rule.for || option === rule.against);
  const place = useKeptFocus<HTMLDivElement>(contest.options.length);
  return (
    <div tabIndex={-1} ref={place}>
      {contest.options.map((option, i) => (
        <div key={option} class="option">
          {election.texts.map(({ lang, contests }, at) => (
            <TextField
              key={lang}
              id={`texts[${at}].contests.${contest.id}.options.${option}`}
              label={labelIn(props, t.option(i + 1), lang)}
              lang={lang}
              most={300}
              value={contests[contest.id]?.options[option] ?? ''}
              onChange={(value) => {
                const options = { ...contests[contest.id]?.options, [option]: value };
                edit(changeQuestion(election, lang, contest.id, { options }));
              }}
            />
          ))}
          {contest.options.length > 2 && !isNeeded(option) && (
            <Button kind="plain" onPress={() => edit(removeOption(election, contest.id, option))}>
              {t.removeOption(i + 1)}
            </Button>
          )}
        </div>
      ))}
      <Button kind="plain" onPress={() => edit(addOption(election, contest.id))}>
        {t.addOption}
      </Button>
    </div>
  );
}

export function Question(props: QuestionProps): JSX.Element {
  const { words, election, edit, contest } = props;
  const { question: t } = words.draft;
  const rule = election.manifest.rules.find((one) => 'contest' in one && one.contest === contest.id);
  const isMotion = rule?.kind === 'motion';
  return (
    <>
      {election.texts.map(({ lang, contests }, at) => (
        <div key={lang}>
          <TextField
            id={`texts[${at}].contests.${contest.id}.title`}
            label={labelIn(props, t.title, lang)}
            lang={lang}
            most={2000}
            value={contests[contest.id]?.title ?? ''}
            onChange={(title) => edit(changeQuestion(election, lang, contest.id, { title }))}
          />
          <AreaField
            id={`texts[${at}].contests.${contest.id}.text`}
            label={labelIn(props, t.text, lang)}
            lang={lang}
            rows={5}
            value={contests[contest.id]?.text ?? ''}
            onChange={(text) => edit(changeQuestion(election, lang, contest.id, { text }))}
          />
        </div>
      ))}
      <Options {...props} />
      {!isMotion && <Shape {...props} />}
      {isMotion && <MotionRule {...props} rule={rule} />}
      {rule?.kind === 'seats' && (
        <NumberField
          id={ids.seats(contest.id)}
          words={words}
          label={t.seats}
          value={rule.seats}
          min={1}
          max={100}
          onChange={(seats) => edit(changeRule(election, { ...rule, seats }))}
        />
      )}
    </>
  );
}
