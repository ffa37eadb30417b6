/** Rival entitlement rules side by side on one roll, from its published counts alone (docs/protocol.md §4.3). */
import { type Entitlement, entitlements } from './entitlement.ts';
import type { EntitlementRule } from './entitlement-rule.ts';
import type { RollBody, RollCount } from './roll-document.ts';

export interface RivalRule {
  readonly name: string;
  readonly rule: EntitlementRule;
}

export interface RuleComparison {
  readonly rules: readonly string[];
  /** In the order of the roll's bodies. */
  readonly bodies: readonly {
    readonly body: string;
    readonly kind: RollBody['kind'];
    /** One for each rule. */
    readonly entitlements: readonly Entitlement[];
  }[];
  /** All seats under each rule. */
  readonly totals: readonly number[];
}

/** @throws RollError as `entitlements` does. */
export function compareRules(
  rivals: readonly RivalRule[],
  bodies: readonly RollBody[],
  counts: readonly RollCount[],
): RuleComparison {
  const byRule = rivals.map(({ rule }) => entitlements(rule, bodies, counts));
  return {
    rules: rivals.map(({ name }) => name),
    bodies: bodies.map(({ id, kind }, i) => ({
      body: id,
      kind,
      entitlements: byRule.flatMap((list) => list[i] ?? []),
    })),
    totals: byRule.map((list) => list.reduce((sum, { seats }) => sum + seats, 0)),
  };
}
