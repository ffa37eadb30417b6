/** The roll of members: a file is looked at, made the roll, and changed by later files that an officer approves. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Button, Notice, Screen } from '../../member/island/screen.tsx';
import { Confirm } from './confirm.tsx';
import { failureInWords, problemInWords } from './failures.ts';
import { FileField, TextField } from './fields.tsx';
import {
  type CountedBody,
  checkFile,
  type FileProblems,
  type LatestRoll,
  type MembershipFile,
  problemsOf,
  proposeFile,
  type RollNumbers,
  readBodies,
  readLatest,
  readProposal,
  storeFile,
} from './registrar-requests.ts';
import { ProposalSection } from './roll-proposal.tsx';
import { Bodies, Table } from './roll-tables.tsx';
import type { Words } from './words.ts';

interface Standing {
  readonly latest: LatestRoll | null;
  readonly bodies: readonly CountedBody[];
  readonly proposal: Awaited<ReturnType<typeof readProposal>>;
}

async function readStanding(): Promise<Standing> {
  const [latest, proposal] = await Promise.all([readLatest(), readProposal()]);
  return { latest, proposal, bodies: latest === null ? [] : await readBodies(latest.roll) };
}

function Numbers({ words, numbers }: { readonly words: Words; readonly numbers: RollNumbers }): JSX.Element {
  const { roll: t } = words.roll;
  return (
    <ul>
      <li>{t.people(numbers.people)}</li>
      <li>{t.members(numbers.members)}</li>
      <li>{t.delegates(numbers.delegates)}</li>
      <li>{t.asOf(words.format.time(numbers.frozen))}</li>
    </ul>
  );
}

function Problems({ words, found }: { readonly words: Words; readonly found: FileProblems }): JSX.Element {
  const { roll: t } = words.roll;
  return (
    <>
      <Notice>
        {t.problems(found.total)}
        {found.total > found.problems.length && ` ${t.first(found.problems.length)}`}
      </Notice>
      <Table
        label={t.why}
        head={[t.line, t.column, t.why]}
        rows={found.problems.map((problem) => {
          const { text, lang } = problemInWords(problem, words);
          return [
            String(problem.line ?? ''),
            problem.column ?? t.whole,
            <span key="why" lang={lang}>
              {text}
            </span>,
          ];
        })}
      />
    </>
  );
}

type Looked =
  | { readonly kind: 'problems'; readonly found: FileProblems }
  | { readonly kind: 'fine'; readonly numbers: RollNumbers; readonly file: MembershipFile };

interface BringProps {
  readonly words: Words;
  readonly isFirst: boolean;
  /** Once a file was stored or proposed. */
  readonly then: () => Promise<void>;
}

function BringFile({ words, isFirst, then }: BringProps): JSX.Element {
  const { roll: t } = words.roll;
  const [file, choose] = useState<File | null>(null);
  const [day, type] = useState('');
  const [busy, work] = useState(false);
  const [fault, blame] = useState<string | undefined>();
  const [looked, see] = useState<Looked | null>(null);
  const look = async (): Promise<void> => {
    see(null);
    blame(file === null ? t.noFile : undefined);
    if (file === null) return;
    work(true);
    const brought = { file, frozen: day === '' ? null : Math.floor(Date.parse(day) / 1000) };
    try {
      see({ kind: 'fine', numbers: await checkFile(brought), file: brought });
    } catch (error) {
      const found = problemsOf(error);
      if (found === null) blame(failureInWords(error, words));
      else see({ kind: 'problems', found });
    } finally {
      work(false);
    }
  };
  return (
    <section>
      <h2>{isFirst ? t.importTitle : t.changeTitle}</h2>
      <FileField id="membership" label={t.file} accept=".csv,text/csv" fault={fault} onChange={choose} />
      <TextField id="frozen" label={t.frozen} hint={t.frozenHint} type="date" value={day} onChange={type} />
      <Button onPress={() => void look()} busy={busy}>
        {busy ? t.looking : t.look}
      </Button>
      {looked?.kind === 'problems' && <Problems words={words} found={looked.found} />}
      {looked?.kind === 'fine' && (
        <Confirm
          words={words}
          title={isFirst ? t.storeTitle : t.proposeTitle}
          yes={isFirst ? t.storeYes : t.proposeYes}
          act={async () => {
            await (isFirst ? storeFile : proposeFile)(looked.file);
            see(null);
            await then();
          }}
          cancel={() => see(null)}
        >
          <p>{t.fine}</p>
          <Numbers words={words} numbers={looked.numbers} />
          <p>{isFirst ? t.storeText : t.proposeText}</p>
        </Confirm>
      )}
    </section>
  );
}

export function RollDesk({ words }: { readonly words: Words }): JSX.Element {
  const { roll: t } = words.roll;
  const [standing, know] = useState<Standing | null>(null);
  const [fault, blame] = useState<string | null>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      know(await readStanding());
      blame(null);
    } catch (error) {
      blame(failureInWords(error, words));
    }
  }, [words]);
  useEffect(() => void load(), [load]);
  return (
    <Screen title={t.title}>
      <p>{t.lead}</p>
      {fault !== null && <Notice>{fault}</Notice>}
      {standing !== null && (
        <>
          <p role="status">{standing.latest === null ? t.none : t.now(standing.latest.roll)}</p>
          {standing.latest !== null && <Numbers words={words} numbers={standing.latest} />}
          {standing.proposal !== null && (
            <ProposalSection words={words} proposal={standing.proposal} then={load} />
          )}
          <BringFile words={words} isFirst={standing.latest === null} then={load} />
          {standing.bodies.length > 0 && <Bodies words={words} bodies={standing.bodies} />}
        </>
      )}
    </Screen>
  );
}
