/** Who holds the key, conducts and watches the election of a draft: trustees, officers, observers, witnesses. */
import type { JSX } from 'preact';
import { type Person, SECOND_KINDS } from '../../../ballot/manifest.ts';
import { changeManifest, needSecond } from '../../../officer/edit-draft.ts';
import { trusteeOf } from '../../../officer/unfinished-draft.ts';
import { useKeptFocus } from '../../keys/kept-focus.ts';
import { Button } from '../../member/island/screen.tsx';
import { PersonFields } from './draft-person.tsx';
import type { EditProps } from './draft-question.tsx';
import type { SectionProps } from './draft-sections.tsx';
import { CheckField, Group, NumberField, TextField } from './fields.tsx';

/** Of a key or a name, well or badly copied. */
const MOST_CODE = 200;
const MOST_TRUSTEES = 20;

export function Trustees({ words, election, edit, draft, change }: SectionProps): JSX.Element {
  const { trustees: t, steps } = words.draft;
  const { trustees } = election.manifest;
  if (trustees === null)
    return (
      <section>
        <h2>{steps.trustees}</h2>
        <p>{t.none}</p>
      </section>
    );
  const { count, threshold, agreements } = trustees;
  const set = (next: Partial<typeof trustees>): void =>
    edit(changeManifest(election, { trustees: { ...trustees, ...next } }));
  const resize = (n: number): void => {
    // More than half of them, by default.
    const most = Math.floor(n / 2) + 1;
    change({
      election: changeManifest(election, { trustees: { count: n, threshold: most, agreements: most } }),
      keys: Array.from({ length: n }, (_, i) => draft.keys[i] ?? ''),
    });
  };
  const name = (i: number, person: Person): void => {
    const trustees = draft.keys.map((_, at) => (at === i ? person : trusteeOf(draft.people, at)));
    change({ people: { ...draft.people, trustees } });
  };
  return (
    <section>
      <h2>{steps.trustees}</h2>
      <p>
        {t.text} <a href={`/trustee?lang=${words.lang}`}>{t.page}</a>
      </p>
      <NumberField
        id="count"
        words={words}
        label={t.count}
        value={count}
        min={1}
        max={MOST_TRUSTEES}
        onChange={resize}
      />
      <NumberField
        id="threshold"
        words={words}
        label={t.threshold}
        value={threshold}
        min={1}
        max={MOST_TRUSTEES}
        onChange={(n) => set({ threshold: n })}
      />
      <NumberField
        id="agreements"
        words={words}
        label={t.agreements}
        value={agreements}
        min={1}
        max={MOST_TRUSTEES}
        onChange={(n) => set({ agreements: n })}
      />
      <p>{t.named}</p>
      {draft.keys.map((key, i) => (
        <div key={i}>
          <TextField
            id={`keys[${i}]`}
            label={t.key(i + 1)}
            isCode
            most={MOST_CODE}
            value={key}
            onChange={(text) => change({ keys: draft.keys.with(i, text.trim()) })}
          />
          <PersonFields
            id={`trustees[${i}]`}
            labels={{ name: t.name(i + 1), contact: t.contact(i + 1) }}
            value={trusteeOf(draft.people, i)}
            onChange={(person) => name(i, person)}
          />
        </div>
      ))}
    </section>
  );
}

/** Which acts two officers sign: asked once there are two. */
function TwoOfficers({ words, election, edit }: EditProps): JSX.Element {
  const { officers: t } = words.draft;
  const { second = [] } = election.manifest;
  return (
    <div id="second" tabIndex={-1}>
      <Group title={t.second}>
        <p class="govuk-hint">{t.secondHint}</p>
        {SECOND_KINDS.map((kind) => (
          <CheckField
            key={kind}
            id={`second-${kind}`}
            label={words.decisions.terms.secondKinds[kind]}
            value={second.includes(kind)}
            onChange={(isNeeded) => edit(needSecond(election, kind, isNeeded))}
          />
        ))}
      </Group>
    </div>
  );
}

/** What each list of keys holds at most: a manifest's limit, without the officer who publishes. */
const MOST_KEYS = { officers: 19, observers: 50, witnesses: 50 } as const;
/** Of a witness's key, with its name. */
const MOST_NAMED = 300;

/** Keys of people who are named to do something: one more, or one fewer. */
function Keys({
  words,
  draft,
  change,
  who,
}: SectionProps & { readonly who: keyof typeof MOST_KEYS }): JSX.Element {
  const { [who]: t } = words.draft;
  const keys = draft[who];
  return (
    <>
      {keys.map((key, i) => (
        <div key={i}>
          <TextField
            id={`${who}[${i}]`}
            label={t.key(i + 1)}
            isCode
            most={who === 'witnesses' ? MOST_NAMED : MOST_CODE}
            value={key}
            onChange={(text) => change({ [who]: keys.with(i, text.trim()) })}
          />
          <Button kind="plain" onPress={() => change({ [who]: keys.toSpliced(i, 1) })}>
            {t.remove(i + 1)}
          </Button>
        </div>
      ))}
      {keys.length < MOST_KEYS[who] && (
        <p>
          <Button kind="plain" onPress={() => change({ [who]: [...keys, ''] })}>
            {t.add}
          </Button>
        </p>
      )}
    </>
  );
}

/** Observers whose certificates of recounts the record takes. */
export function Observers(props: SectionProps): JSX.Element {
  const { observers: t, steps } = props.words.draft;
  const heading = useKeptFocus<HTMLHeadingElement>(props.draft.observers.length);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {steps.observers}
      </h2>
      <p>{t.text}</p>
      <Keys {...props} who="observers" />
    </section>
  );
}

/** Witnesses who sign what the log shows. */
export function Witnesses(props: SectionProps): JSX.Element {
  const { words, draft, election, edit } = props;
  const { witnesses: t, steps } = words.draft;
  const { witnesses } = election.manifest;
  const heading = useKeptFocus<HTMLHeadingElement>(draft.witnesses.length);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {steps.witnesses}
      </h2>
      <p>{t.text}</p>
      <p>{t.notAsked}</p>
      <Keys {...props} who="witnesses" />
      {witnesses.quorum > 0 && (
        <NumberField
          id="witnesses-quorum"
          words={words}
          label={t.quorum}
          value={witnesses.quorum}
          min={0}
          max={MOST_KEYS.witnesses}
          onChange={(quorum) => edit(changeManifest(election, { witnesses: { ...witnesses, quorum } }))}
        />
      )}
    </section>
  );
}

export function Officers(props: SectionProps): JSX.Element {
  const { words, election, edit, draft, change } = props;
  const { officers: t, steps, earlier } = words.draft;
  const heading = useKeptFocus<HTMLHeadingElement>(draft.officers.length);
  return (
    <section>
      <h2 tabIndex={-1} ref={heading}>
        {steps.officers}
      </h2>
      <p>
        {t.text} {t.own}
      </p>
      <PersonFields
        id="officer"
        labels={{ name: t.name, contact: t.contact, hint: t.contactHint }}
        value={draft.people.officer}
        onChange={(officer) => change({ people: { ...draft.people, officer } })}
      />
      <Keys {...props} who="officers" />
      {(draft.officers.length > 0 || election.manifest.second !== undefined) && (
        <TwoOfficers words={words} election={election} edit={edit} />
      )}
      {Object.entries(draft.elections).map(([word, name]) => (
        <TextField
          key={word}
          id={`elections.${word}`}
          label={earlier(word)}
          isCode
          most={MOST_CODE}
          value={name}
          onChange={(text) => change({ elections: { ...draft.elections, [word]: text.trim() } })}
        />
      ))}
    </section>
  );
}
