/** A later membership file that waits: what it changes, person by person and body by body, and what an officer does with it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ProposedRoll } from '../../../officer/proposed-roll.ts';
import { Button } from '../../member/island/screen.tsx';
import { Confirm } from './confirm.tsx';
import { approve, withdraw } from './registrar-requests.ts';
import { Table } from './roll-tables.tsx';
import type { Words } from './words.ts';

const KINDS = ['added', 'lapsed', 'moved', 'contact', 'strands', 'role'] as const;
const MOST_SHOWN = 50;

interface ProposalProps {
  readonly words: Words;
  readonly proposal: ProposedRoll;
  readonly then: () => Promise<void>;
}

function Difference({ words, proposal: { difference } }: Omit<ProposalProps, 'then'>): JSX.Element {
  const { proposal: t, roll } = words.roll;
  const kinds = KINDS.filter((kind) => difference[kind].length > 0);
  const more = (n: number): string => (n > MOST_SHOWN ? ` ${t.more(n - MOST_SHOWN)}` : '');
  return (
    <>
      {kinds.length === 0 && <p>{t.nothing}</p>}
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>
            {t.changes[kind]}: {words.format.number(difference[kind].length)} (
            {difference[kind].slice(0, MOST_SHOWN).join(', ')}
            {more(difference[kind].length)})
          </li>
        ))}
      </ul>
      {difference.bodies.length > 0 && (
        <Table
          label={t.title}
          head={[roll.body, t.before, t.after, t.moves, roll.delegateHead]}
          rows={difference.bodies.map((body) => [
            body.body,
            String(body.before),
            String(body.after),
            [body.added, body.movedIn, body.lapsed, body.movedOut].join(' / '),
            `${body.delegatesBefore} → ${body.delegatesAfter}`,
          ])}
        />
      )}
    </>
  );
}

export function ProposalSection({ words, proposal, then }: ProposalProps): JSX.Element {
  const { proposal: t } = words.roll;
  const [asking, askFor] = useState<'approve' | 'withdraw' | null>(null);
  const name = proposal.proposal;
  return (
    <section>
      <h2>{t.title}</h2>
      <Difference words={words} proposal={proposal} />
      {proposal.needsSecondOfficer && <p>{t.second}</p>}
      {asking === null && (
        <p class="buttons">
          <Button onPress={() => askFor('approve')}>{t.approve}</Button>{' '}
          <Button kind="plain" onPress={() => askFor('withdraw')}>
            {t.withdraw}
          </Button>
        </p>
      )}
      {asking !== null && (
        <Confirm
          words={words}
          title={asking === 'approve' ? t.approveTitle : t.withdrawTitle}
          yes={asking === 'approve' ? t.approveYes : t.withdrawYes}
          act={async () => {
            await (asking === 'approve' ? approve : withdraw)(name);
            await then();
          }}
          cancel={() => askFor(null)}
        >
          <p>{asking === 'approve' ? t.approveText : t.withdrawText}</p>
        </Confirm>
      )}
    </section>
  );
}
