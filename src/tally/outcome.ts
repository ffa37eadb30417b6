/**
 * What the counts decide: one pure function of the manifest's rules and exact integers (docs/protocol.md §10).
 * A verifier runs it again on counts that it has proved; counts may be hostile until then.
 */
import type { Contest, Link, ManifestBody } from '../ballot/manifest.ts';
import type { ConsultativeRule, DecisionRule, MotionRule, PetitionRule } from '../ballot/rules.ts';
import type { DecisionOutcome, Outcome, OutcomeOf } from '../record/outcome-document.ts';
import type { Cell } from './cells.ts';
import { type CellCount, checkCellCounts, published, type TotalsIn, totalsOf } from './college-totals.ts';
import { decideExclusive, decideMotion, decideRatify } from './decide-motion.ts';
import { decideOrder, decideSeats, publishedColleges } from './decide-seats.ts';

import type { OutcomeInputs } from './outcome-inputs.ts';

export type { CellCount } from './college-totals.ts';

interface Setting {
  readonly totalsIn: TotalsIn;
  readonly links: readonly Link[];
  readonly inputs: OutcomeInputs;
  /** Of the rules before this one. */
  readonly decided: ReadonlyMap<string, DecisionOutcome>;
  readonly rules: readonly DecisionRule[];
}

function decideConsultative(
  rule: ConsultativeRule,
  options: readonly string[],
  totalsIn: TotalsIn,
): OutcomeOf<'consultative'> {
  const totals = rule.colleges.map((college) => totalsIn(rule.contest, college));
  return { id: rule.id, kind: 'consultative', colleges: publishedColleges(rule, totals, options.length) };
}

function decidePetition(
  rule: PetitionRule,
  { options, shape }: Pick<Contest, 'options' | 'shape'>,
  totalsIn: TotalsIn,
): OutcomeOf<'petition'> {
  const totals = rule.colleges.map((college) => totalsIn(rule.contest, college));
  const roll = totals.reduce((sum, { voters }) => sum + voters, 0n);
  const { needed } = rule;
  // ⌈p·roll / q⌉, and at least one.
  const share =
    needed.kind === 'number'
      ? BigInt(needed.n)
      : (BigInt(needed.p) * roll + BigInt(needed.q) - 1n) / BigInt(needed.q);
  const least = share > 0n ? share : 1n;
  const merged = shape.kind === 'support' ? shape.merged.map(({ id }) => id) : [];
  return {
    id: rule.id,
    kind: 'petition',
    roll: published(roll, `${rule.id}.roll`),
    needed: published(least, `${rule.id}.needed`),
    motions: [...options, ...merged].map((id, column) => {
      const supporters = totals.reduce((sum, { votes }) => sum + (votes[column] ?? 0n), 0n);
      return {
        id,
        supporters: published(supporters, `${rule.id}.${id}`),
        reached: supporters >= least,
      };
    }),
  };
}

/** The motions that a rule names, as they were decided. */
function motionsOf(
  ids: readonly string[],
  { rules, decided }: Setting,
): (readonly [MotionRule, OutcomeOf<'motion'>])[] {
  return ids.flatMap((id) => {
    const [rule, found] = [rules.find((one) => one.id === id), decided.get(id)];
    return rule?.kind === 'motion' && found?.kind === 'motion' ? [[rule, found] as const] : [];
  });
}

function decide(rule: DecisionRule, contest: Contest | undefined, setting: Setting): DecisionOutcome {
  const { totalsIn, inputs, links } = setting;
  const options = contest?.options ?? [];
  switch (rule.kind) {
    case 'motion':
      return decideMotion(rule, options, totalsIn, inputs);
    case 'seats':
      return decideSeats(rule, options, totalsIn, inputs.seed);
    case 'order':
      return decideOrder(rule, options, totalsIn);
    case 'consultative':
      return decideConsultative(rule, options, totalsIn);
    case 'exclusive':
      return decideExclusive(rule, motionsOf(rule.rules, setting));
    case 'ratify': {
      const carried = motionsOf([rule.own], setting).some(([, found]) => found.carried);
      return decideRatify(rule, carried, links, inputs);
    }
    case 'petition':
      return decidePetition(rule, contest ?? { options, shape: { kind: 'support', merged: [] } }, totalsIn);
  }
}

/**
 * The outcome of every rule, in manifest order.
 * @param cells those of the manifest and roll, in order.
 * @param counts one for each cell, in the same order.
 * @throws TallyError `mismatch` or `out-of-range` for counts that no such election has; `mismatch` where the
 * decision to be ratified is not cited.
 */
export function outcome(
  { contests, rules, links }: Pick<ManifestBody, 'contests' | 'rules' | 'links'>,
  cells: readonly Cell[],
  counts: readonly CellCount[],
  inputs: OutcomeInputs,
): Outcome {
  checkCellCounts(cells, counts);
  const decided = new Map<string, DecisionOutcome>();
  const totalsIn = totalsOf(cells, counts);
  for (const rule of rules) {
    const contest = contests.find((one) => 'contest' in rule && one.id === rule.contest);
    decided.set(rule.id, decide(rule, contest, { totalsIn, links, inputs, decided, rules }));
  }
  return rules.flatMap(({ id }) => decided.get(id) ?? []);
}
