/** What is counted together and what apart, in a draft (docs/protocol.md §9.1). */
import type { JSX } from 'preact';
import { changeManifest } from '../../../officer/edit-draft.ts';
import type { EditProps } from './draft-question.tsx';
import { NumberField, SelectField } from './fields.tsx';

/** What a manifest can hold. */
const LEAST = 3;
const MOST_VOTERS = 1_000_000;
const MOST_PARTS = 1000;
/** What is proposed of parts. */
const PROPOSED = { min: 10, most: 100 };
const KINDS = ['region', 'branch'] as const;

/** Nothing to ask where all votes are published. */
export function Counts({ words, election, edit }: EditProps): JSX.Element | null {
  const { counts: t, steps } = words.draft;
  const { cells, colleges } = election.manifest;
  const { requiredMin, optional } = cells;
  if (optional === null && colleges.every(({ mode }) => mode === 'recorded')) return null;
  const set = (change: Partial<typeof cells>): void =>
    edit(changeManifest(election, { cells: { ...cells, ...change } }));
  const choose = (chosen: string): void => {
    const by = KINDS.find((kind) => kind === chosen);
    const { min, most } = optional ?? { ...PROPOSED, min: Math.max(PROPOSED.min, requiredMin) };
    set({ optional: by === undefined ? null : { by, min, most } });
  };
  return (
    <section>
      <h2>{steps.counts}</h2>
      <NumberField
        id="required-min"
        words={words}
        label={t.requiredMin}
        hint={t.requiredMinHint}
        value={requiredMin}
        min={LEAST}
        max={MOST_VOTERS}
        onChange={(n) => set({ requiredMin: n })}
      />
      <SelectField
        id="parts"
        label={t.by}
        hint={t.byHint}
        value={optional?.by ?? 'none'}
        choices={['none', ...KINDS].map((value) => ({ value, label: t.kinds[value] ?? value }))}
        onChange={choose}
      />
      {optional !== null && (
        <>
          <NumberField
            id="parts-min"
            words={words}
            label={t.min}
            hint={t.minHint}
            value={optional.min}
            min={LEAST}
            max={MOST_VOTERS}
            onChange={(min) => set({ optional: { ...optional, min } })}
          />
          <NumberField
            id="parts-most"
            words={words}
            label={t.most[optional.by]}
            value={optional.most}
            min={1}
            max={MOST_PARTS}
            onChange={(most) => set({ optional: { ...optional, most } })}
          />
        </>
      )}
    </section>
  );
}
