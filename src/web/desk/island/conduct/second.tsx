/** What one officer has signed and waits for a second, where the rules ask for two (docs/protocol.md §5.1). */
import type { JSX } from 'preact';
import { bigintKernel } from '../../../../crypto/kernel/bigint.ts';
import { type Proposed as ProposedEntry, signAsSecond } from '../../../../officer/second-signature.ts';
import { checkReceipt } from '../../../../officer/sign-entry.ts';
import type { Entry, Act as RecordAct } from '../../../../record/entries.ts';
import { withSignatures } from '../../../../record/envelope.ts';
import type { Receipt } from '../../../../record/receipt.ts';
import type { OpenKey } from '../../../keys/signing-keys.ts';
import { visible } from '../../../texts/titles.ts';
import type { Words } from '../words.ts';
import { Act } from './act.tsx';
import type { DeskProps } from './acts.tsx';
import { enterProposed, type Proposed, withdrawProposed } from './answers.ts';
import { readState, recordOf } from './view.ts';

function isProposed(entry: Entry): entry is ProposedEntry {
  return ['opening', 'result', 'void', 'act', 'replacement'].includes(entry.type);
}

function factsOfAct(act: RecordAct, { conduct: { facts }, format }: Words): string[] {
  switch (act.kind) {
    case 'extension':
      return [facts.until(format.time(act.closes))];
    case 'casting-vote':
      return [facts.vote(act.vote)];
    case 'abandonment':
      return [facts.says(visible(act.reason))];
    case 'incident':
    case 'dispute':
    case 'answer':
      return [facts.says(visible(act.text))];
    case 'lot-commitment':
    case 'lot-reveal':
      return [];
  }
}

/** What it says. */
function factsOf(entry: Entry, words: Words): string[] {
  const { facts } = words.conduct;
  if (entry.type === 'act') return factsOfAct(entry.body.act, words);
  if (entry.type === 'void') return [facts.says(visible(entry.body.reason))];
  if (entry.type === 'opening') return [facts.opens(words.format.time(entry.body.opens))];
  return [];
}

async function sign(election: string, { proposal, entry }: Proposed, key: OpenKey): Promise<Receipt> {
  if (!isProposed(entry)) throw new TypeError(`${entry.type} is not an officer's`);
  const state = await readState(election);
  const signature = await signAsSecond(bigintKernel, recordOf(election), state, entry, key.secret);
  const receipt = await enterProposed(election, proposal, signature);
  const { sigs, ...unsigned } = entry;
  checkReceipt(receipt, withSignatures(unsigned, [...sigs, { role: 'officer', ...signature }]), state);
  return receipt;
}

function WaitingEntry({
  desk,
  place,
  proposed,
}: DeskProps & { readonly place: number; readonly proposed: Proposed }): JSX.Element {
  const { words, key, view } = desk;
  const { conduct: t, format } = words;
  const { entry, officer, expires, proposal } = proposed;
  const kind = entry.type === 'act' ? entry.body.act.kind : entry.type;
  const kinds: Readonly<Record<string, string>> = t.unanswered.kinds;
  const title = kinds[kind] ?? kind;
  return (
    <li>
      <h3>{title.charAt(0).toUpperCase() + title.slice(1)}</h3>
      {factsOf(entry, words).map((fact) => (
        <p key={fact}>{fact}</p>
      ))}
      <p class="govuk-hint">{t.second.by(format.number(officer), format.time(expires))}</p>
      {officer === place && <p>{t.second.own}</p>}
      {key !== null && officer !== place && (
        <Act
          desk={desk}
          name="second"
          about={title}
          facts={() => factsOf(entry, words)}
          act={() => desk.run(() => sign(view.election, proposed, key), 'second')}
        />
      )}
      <Act
        desk={desk}
        name="withdraw"
        unsigned
        aside
        about={title}
        act={() =>
          desk.run(async () => {
            await withdrawProposed(view.election, proposal);
            return null;
          }, 'withdraw')
        }
      />
    </li>
  );
}

/** @param place which of the manifest's officers has the open key, from 1; 0 for none. */
export function Waiting({ desk, place }: DeskProps & { readonly place: number }): JSX.Element | null {
  const { second: t } = desk.words.conduct;
  const { proposals } = desk.view;
  if (proposals.length === 0) return null;
  return (
    <section>
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <ul class="govuk-list disputes">
        {proposals.map((proposed) => (
          <WaitingEntry key={proposed.proposal} desk={desk} place={place} proposed={proposed} />
        ))}
      </ul>
    </section>
  );
}
