/** How many delegates each body may send, in a draft (docs/protocol.md §4.3). */
import type { JSX } from 'preact';
import { basesOf, changeEntitlement, giveEntitlement, RATE } from '../../../officer/edit-entitlement.ts';
import type { ElectionTemplate } from '../../../officer/election-template.ts';
import type { EntitlementRule, Rate, SeatsRule } from '../../../roll/entitlement-rule.ts';
import type { EditProps } from './draft-question.tsx';
import { CheckField, Group, NumberField, SelectField } from './fields.tsx';
import type { Words } from './words.ts';

type College = ElectionTemplate['manifest']['colleges'][number];

const KINDS = ['branches', 'regions', 'affiliates', 'strands'] as const;
type Kind = (typeof KINDS)[number];
/** What a manifest can hold. */
const MOST_SEATS = 1000;
const MOST_PLACES = 100_000;
const MOST_PER = 1_000_000;
const PARTS = ['begun', 'full', 'nearest'] as const;

interface RuleProps<T> {
  readonly words: Words;
  /** The college, and which bodies: of the fields' ids. */
  readonly id: string;
  readonly rule: T;
  readonly change: (rule: T) => void;
}

/** So many for every so many members, and no fewer or more than. */
function RateFields({ words, id, rule, change }: RuleProps<Rate>): JSX.Element {
  const { places: t } = words.draft;
  const { seats, per, parts, min, max } = rule;
  return (
    <>
      <NumberField
        id={`${id}-seats`}
        words={words}
        label={t.seats}
        value={seats}
        min={1}
        max={MOST_SEATS}
        onChange={(n) => change({ ...rule, seats: n })}
      />
      <NumberField
        id={`${id}-per`}
        words={words}
        label={t.per}
        value={per}
        min={1}
        max={MOST_PER}
        onChange={(n) => change({ ...rule, per: n })}
      />
      <SelectField
        id={`${id}-parts`}
        label={t.parts}
        value={parts}
        choices={PARTS.map((value) => ({ value, label: t.partsOf[value] }))}
        onChange={(value) => change({ ...rule, parts: PARTS.find((one) => one === value) ?? parts })}
      />
      <NumberField
        id={`${id}-min`}
        words={words}
        label={t.min}
        value={min}
        min={0}
        max={MOST_SEATS}
        onChange={(n) => change({ ...rule, min: n })}
      />
      <NumberField
        id={`${id}-max`}
        words={words}
        label={t.max}
        hint={t.maxHint}
        value={max ?? 0}
        min={0}
        max={MOST_PLACES}
        onChange={(n) => change({ ...rule, max: n === 0 ? null : n })}
      />
    </>
  );
}

/** A rule of the kind that was chosen: as it is where it is of that kind already. */
function ruleOf(kind: string, before: SeatsRule | null): SeatsRule | null {
  if (kind === before?.kind) return before;
  if (kind === 'rate') return RATE;
  return kind === 'each' ? { kind, seats: 1 } : null;
}

/** Of bodies of one kind. Rules by name or by size come with a file, and can only be left out here. */
function BodiesFields({
  words,
  id,
  kind,
  rule,
  change,
}: RuleProps<SeatsRule | null> & { readonly kind: Kind }): JSX.Element {
  const { places: t } = words.draft;
  const own = rule?.kind ?? 'none';
  const isOther = own === 'named' || own === 'classes';
  const kinds = ['none', 'each', ...(kind === 'strands' ? [] : ['rate']), ...(isOther ? [own] : [])];
  return (
    <>
      <SelectField
        id={id}
        label={t.bodies[kind]}
        value={own}
        choices={kinds.map((value) => ({ value, label: t.kinds[value] ?? value }))}
        onChange={(chosen) => change(ruleOf(chosen, rule))}
      />
      {rule?.kind === 'rate' && <RateFields words={words} id={id} rule={rule} change={change} />}
      {rule?.kind === 'each' && (
        <NumberField
          id={`${id}-seats`}
          words={words}
          label={t.seats}
          value={rule.seats}
          min={1}
          max={MOST_SEATS}
          onChange={(seats) => change({ ...rule, seats })}
        />
      )}
    </>
  );
}

interface PlacesProps extends EditProps {
  readonly college: College;
  readonly n: number;
}

function EntitlementFields({
  words,
  election,
  edit,
  college: { id },
  rule,
  n,
}: PlacesProps & { readonly rule: EntitlementRule }): JSX.Element {
  const { places: t } = words.draft;
  const { colleges } = election.manifest;
  const titles = election.texts[0]?.colleges ?? {};
  const bases = basesOf(colleges, id);
  const change = (own: Partial<EntitlementRule>): void => edit(changeEntitlement(election, id, own));
  return (
    <Group title={t.heading(n)}>
      {bases.length > 1 && (
        <SelectField
          id={`places-${id}-from`}
          label={t.from}
          value={rule.from}
          choices={bases.map((value) => ({ value, label: titles[value] || value }))}
          onChange={(from) => change({ from })}
        />
      )}
      {KINDS.map((kind) => (
        <div key={kind}>
          <BodiesFields
            words={words}
            id={`places-${id}-${kind}`}
            kind={kind}
            rule={rule[kind]}
            // The schema of strands knows no rate, and none is offered for them.
            change={(own) => change({ [kind]: own })}
          />
          {kind === 'branches' && rule.branches?.kind === 'rate' && rule.outside?.kind !== 'rate' && (
            <CheckField
              id={`places-${id}-outside`}
              label={t.outside}
              value={rule.outside !== null}
              onChange={(isGiven) => change({ outside: isGiven ? { kind: 'same-rate' } : null })}
            />
          )}
        </div>
      ))}
    </Group>
  );
}

/** Whether a group has places by rule, and which: asked where another group has the members that they go by. */
export function Places(props: PlacesProps): JSX.Element | null {
  const { words, election, edit, college, n } = props;
  const { id, entitlement } = college;
  const { kind, colleges } = election.manifest;
  const isAsked = kind !== 'petition' && basesOf(colleges, id).length > 0;
  if (!isAsked && entitlement === null) return null;
  return (
    <div id={`places-${n - 1}`} tabIndex={-1}>
      <CheckField
        id={`places-${id}`}
        label={words.draft.places.given(n)}
        value={entitlement !== null}
        onChange={(isGiven) => edit(giveEntitlement(election, id, isGiven))}
      />
      {entitlement !== null && <EntitlementFields {...props} rule={entitlement} />}
    </div>
  );
}
