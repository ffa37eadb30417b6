/** The acts of an officer beside the course of an election. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { toBase64Url } from '../../../../crypto/bytes.ts';
import { lotValue } from '../../../../officer/lot-value.ts';
import type { PossibleActs } from '../../../../officer/possible-acts.ts';
import { lotCommitment } from '../../../../record/acts.ts';
import type { Act as RecordAct } from '../../../../record/entries.ts';
import type { Fault } from '../../../member/island/screen.tsx';
import type { ConductTexts } from '../../../texts/en/conduct.ts';
import { AreaField, TextField } from '../fields.tsx';
import { parseLocalTime } from '../local-time.ts';
import { Act, faultAt } from './act.tsx';
import type { Desk } from './desk-context.ts';
import type { Made } from './enter.ts';

export interface DeskProps {
  readonly desk: Desk;
}

export const actOf = (act: RecordAct): Made => ({ type: 'act', body: { act } });

interface WrittenProps extends DeskProps {
  readonly name: keyof ConductTexts['acts'];
  /** Of the field, when there are several on the page. */
  readonly id?: string;
  readonly label: string;
  readonly most: number;
  readonly make: (text: string) => Made;
  readonly about?: string;
  /** On the button, where the name of the act is not right. */
  readonly open?: string;
}

/** An act that is a text for everybody to read. */
export function WrittenAct({
  desk,
  name,
  id = name,
  label,
  most,
  make,
  about,
  open,
}: WrittenProps): JSX.Element {
  const { conduct: t, format } = desk.words;
  const [text, write] = useState('');
  const check = (): Fault[] => {
    if (text.trim() === '') return [{ field: id, text: t.fields.empty }];
    return text.length > most ? [{ field: id, text: t.fields.long(format.number(most)) }] : [];
  };
  return (
    <Act
      desk={desk}
      name={name}
      aside
      check={check}
      facts={() => [t.facts.says(text.trim())]}
      act={async () => {
        await desk.enter(() => make(text.trim()), name);
        write('');
      }}
      fields={(faults) => (
        <AreaField id={id} label={label} value={text} onChange={write} fault={faultAt(faults, id)} />
      )}
      {...(about !== undefined && { about })}
      {...(open !== undefined && { label: open })}
    />
  );
}

export function Extension({
  desk,
  extend: { from, latest },
}: DeskProps & { readonly extend: NonNullable<PossibleActs['extend']> }): JSX.Element {
  const { conduct: t, format } = desk.words;
  const [until, set] = useState('');
  const range = [format.time(from), format.time(latest)] as const;
  const time = parseLocalTime(until);
  const check = (): Fault[] => {
    if (time === null) return [{ field: 'until', text: t.fields.untilBad }];
    const fits = time > from && time <= latest;
    return fits ? [] : [{ field: 'until', text: t.fields.untilRange(...range) }];
  };
  return (
    <Act
      desk={desk}
      name="extend"
      aside
      check={check}
      facts={() => [t.facts.until(format.time(time ?? 0))]}
      act={() => desk.enter(() => actOf({ kind: 'extension', closes: time ?? 0 }), 'extend')}
      fields={(faults) => (
        <TextField
          id="until"
          type="datetime-local"
          label={t.fields.until}
          hint={t.fields.untilHint(...range)}
          value={until}
          onChange={set}
          fault={faultAt(faults, 'until')}
        />
      )}
    />
  );
}

function LotActs({ desk, possible }: DeskProps & { readonly possible: PossibleActs }): JSX.Element {
  return (
    <>
      {possible.commitLot && (
        <Act
          desk={desk}
          name="commitLot"
          aside
          act={() =>
            desk.enter(
              ({ election }, i, key) =>
                actOf({
                  kind: 'lot-commitment',
                  hash: lotCommitment(election, i, lotValue(key, election)),
                }),
              'commitLot',
            )
          }
        />
      )}
      {possible.revealLot && (
        <Act
          desk={desk}
          name="revealLot"
          aside
          act={() =>
            desk.enter(
              ({ election }, _, key) =>
                actOf({ kind: 'lot-reveal', value: toBase64Url(lotValue(key, election)) }),
              'revealLot',
            )
          }
        />
      )}
    </>
  );
}

/** Those that can be done now, but for what comes next. */
export function OtherActs({ desk, possible }: DeskProps & { readonly possible: PossibleActs }): JSX.Element {
  const { fields } = desk.words.conduct;
  const attempt = possible.voidAttempt;
  return (
    <>
      {possible.extend !== null && <Extension desk={desk} extend={possible.extend} />}
      <LotActs desk={desk} possible={possible} />
      <WrittenAct
        desk={desk}
        name="incident"
        label={fields.text}
        most={5000}
        make={(text) => actOf({ kind: 'incident', text })}
      />
      {attempt !== null && (
        <WrittenAct
          desk={desk}
          name="void"
          label={fields.reason}
          most={1000}
          make={(reason) => ({ type: 'void', body: { attempt, reason } })}
        />
      )}
      {possible.abandon && (
        <WrittenAct
          desk={desk}
          name="abandon"
          label={fields.reason}
          most={1000}
          make={(reason) => actOf({ kind: 'abandonment', reason })}
        />
      )}
    </>
  );
}
