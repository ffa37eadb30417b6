/**
 * How many delegates each body may send, with the working, from published counts alone (docs/protocol.md §4.3).
 * Every part begun counts. Rules by whole parts ("one for every full 800") and caps are not in the rule language.
 */
import type { EntitlementRule } from './entitlement-rule.ts';
import { RollError } from './errors.ts';
import type { RollBody, RollCount } from './roll-document.ts';

export interface Entitlement {
  readonly body: string;
  readonly kind: RollBody['kind'];
  /** Those who count for it: of a region, its members outside branches; of an affiliate, none. */
  readonly members: number;
  readonly seats: number;
  /** The working, e.g. `2 × ⌈101 / 100⌉ = 4`. */
  readonly why: string;
}

/** seats × ⌈members / per⌉, in safe integers. */
export function seatsFor({ seats, per }: EntitlementRule, members: number): number {
  return seats * Math.ceil(members / per);
}

function working(rule: EntitlementRule, members: number): Pick<Entitlement, 'members' | 'seats' | 'why'> {
  const seats = seatsFor(rule, members);
  return { members, seats, why: `${rule.seats} × ⌈${members} / ${rule.per}⌉ = ${seats}` };
}

/**
 * One entitlement for each body, in their order.
 * @throws RollError `bad-counts` if the branches of a region have more members than the region.
 */
export function entitlements(
  rule: EntitlementRule,
  bodies: readonly RollBody[],
  counts: readonly RollCount[],
): Entitlement[] {
  const members = new Map(
    counts.filter(({ college }) => college === rule.from).map(({ body, n }) => [body, n]),
  );
  const inBranches = new Map<string, number>();
  for (const { id, region } of bodies) {
    if (region !== null) inBranches.set(region, (inBranches.get(region) ?? 0) + (members.get(id) ?? 0));
  }
  return bodies.map(({ id, kind }) => {
    const n = members.get(id) ?? 0;
    if (kind === 'branch') return { body: id, kind, ...working(rule, n) };
    if (kind === 'affiliate') {
      return {
        body: id,
        kind,
        members: 0,
        seats: rule.affiliates,
        why: `${rule.affiliates} for each affiliate`,
      };
    }
    const outside = n - (inBranches.get(id) ?? 0);
    if (outside < 0) throw new RollError('bad-counts', id, `${n} members, fewer than in its branches`);
    if (rule.unattached === 'none') {
      return { body: id, kind, members: outside, seats: 0, why: 'none for members outside branches' };
    }
    return { body: id, kind, ...working(rule, outside) };
  });
}
