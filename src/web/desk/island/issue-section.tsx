/** Issuing an election's voting codes: who votes in each college, and how many delegates each body may send. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ManifestBody } from '../../../ballot/manifest.ts';
import { entitlements } from '../../../roll/entitlement.ts';
import { VOTER_SOURCES } from '../../../roll/membership.ts';
import { Button, Notice } from '../../member/island/screen.tsx';
import { Titles } from '../../texts/titles.ts';
import { Confirm } from './confirm.tsx';
import { problemInWords } from './failures.ts';
import { SelectField } from './fields.tsx';
import type { IssueStanding } from './issue-standing.ts';
import { type CountedBody, type FileProblems, issueTokens, problemsOf } from './registrar-requests.ts';
import { Table } from './roll-tables.tsx';
import type { Words } from './words.ts';

type College = ManifestBody['colleges'][number];

interface Source {
  readonly college: string;
  readonly of: string;
  readonly body: string | null;
}

function likelySource({ id, entitlement }: College): Source {
  const isOfDelegates = entitlement !== null || /delegate|conference|convention/.test(id);
  return { college: id, of: isOfDelegates ? 'delegates' : 'members', body: null };
}

/** How many delegates each body may send, beside those on the roll; null where no rule says it. */
function Entitled({
  words,
  college,
  title,
  bodies,
}: {
  readonly words: Words;
  readonly college: College;
  readonly title: string;
  readonly bodies: readonly CountedBody[];
}): JSX.Element | null {
  const { issue: t, roll } = words.roll;
  const rule = college.entitlement;
  if (rule === null) return null;
  const counts = bodies
    .filter(({ members }) => members > 0)
    .map(({ id, members }) => ({ college: rule.from, body: id, n: members }));
  const own = bodies.map(({ id, kind, region, size }) => ({ id, kind, region, size }));
  const list = entitlements(rule, own, counts);
  return (
    <Table
      label={t.entitled(title)}
      head={[roll.body, roll.kind, t.entitledHead, t.rollHead]}
      rows={bodies.map(({ id, kind, delegates }, i) => [
        id,
        roll.kinds[kind] ?? kind,
        String(list[i]?.seats ?? 0),
        String(delegates),
      ])}
    />
  );
}

interface IssueProps {
  readonly words: Words;
  readonly standing: IssueStanding;
  readonly then: () => Promise<void>;
}

function IssueForm({ words, standing, then, roll }: IssueProps & { readonly roll: number }): JSX.Element {
  const { issue: t } = words.roll;
  const { manifest, texts, bodies } = standing;
  const titles = new Titles(texts);
  const [sources, choose] = useState<readonly Source[]>(() => manifest.body.colleges.map(likelySource));
  const [asking, ask] = useState(false);
  const [problems, see] = useState<FileProblems | null>(null);
  const set = (i: number, change: Partial<Source>): void =>
    choose(sources.map((source, j) => (j === i ? { ...source, ...change } : source)));
  const act = async (): Promise<void> => {
    see(null);
    try {
      await issueTokens({ manifest, roll, colleges: sources });
    } catch (error) {
      const found = problemsOf(error);
      if (found === null) throw error;
      ask(false);
      return see(found);
    }
    ask(false);
    await then();
  };
  return (
    <>
      <p>
        {t.from(roll)} {t.text}
      </p>
      {manifest.body.colleges.map((college, i) => (
        <div key={college.id}>
          <SelectField
            id={`source-${college.id}`}
            label={t.source(titles.college(college.id))}
            value={sources[i]?.of ?? ''}
            choices={VOTER_SOURCES.map((value) => ({ value, label: t.sources[value] ?? value }))}
            onChange={(of) => set(i, { of })}
          />
          <SelectField
            id={`body-${college.id}`}
            label={t.body(titles.college(college.id))}
            value={sources[i]?.body ?? ''}
            choices={[{ value: '', label: t.all }, ...bodies.map(({ id }) => ({ value: id, label: id }))]}
            onChange={(body) => set(i, { body: body === '' ? null : body })}
          />
          <Entitled words={words} college={college} title={titles.college(college.id)} bodies={bodies} />
        </div>
      ))}
      {problems !== null && (
        <>
          <Notice>{t.problems}</Notice>
          <ul>
            {problems.problems.map((problem, i) => {
              const { text, lang } = problemInWords(problem, words);
              return (
                <li key={i} lang={lang}>
                  {text}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {asking ? (
        <Confirm words={words} title={t.askTitle} yes={t.yes} act={act} cancel={() => ask(false)}>
          <p>{t.askText}</p>
        </Confirm>
      ) : (
        <Button onPress={() => ask(true)}>{t.button}</Button>
      )}
    </>
  );
}

export function IssueSection({ words, standing, then }: IssueProps): JSX.Element {
  const { issue: t } = words.roll;
  const { issued, latest, texts } = standing;
  const titles = new Titles(texts);
  const sizes = issued?.colleges.map(({ id, size }) => t.size(titles.college(id), words.format.number(size)));
  return (
    <section>
      <h2>{t.steps.issue}</h2>
      {sizes !== undefined && <p role="status">{t.issued(sizes.join(', '))}</p>}
      {issued === null && latest === null && (
        <p>
          {t.noRoll} <a href={`/desk/roll?lang=${words.lang}`}>{t.toRoll}</a>
        </p>
      )}
      {issued === null && latest !== null && (
        <IssueForm words={words} standing={standing} then={then} roll={latest.roll} />
      )}
    </section>
  );
}
