/** Changes of what gives delegates their places (docs/protocol.md §4.3), of an election that is still a template. */
import type { EntitlementRule, Rate } from '../roll/entitlement-rule.ts';
import { changeManifest } from './edit-draft.ts';
import type { ElectionTemplate } from './election-template.ts';

type College = ElectionTemplate['manifest']['colleges'][number];

/** One delegate for every hundred members or part of them. */
export const RATE: Rate = { kind: 'rate', seats: 1, per: 100, parts: 'begun', min: 0, max: null };

/** Colleges of members, which places of this one can go by: not by itself, nor by one that has delegates. */
export function basesOf(colleges: readonly College[], college: string): string[] {
  const isBasis = colleges.some(({ entitlement }) => entitlement?.from === college);
  if (isBasis) return [];
  return colleges.filter(({ id, entitlement }) => id !== college && entitlement === null).map(({ id }) => id);
}

function change(election: ElectionTemplate, id: string, entitlement: EntitlementRule | null) {
  const colleges = election.manifest.colleges.map((college) =>
    college.id === id ? { ...college, entitlement } : college,
  );
  return changeManifest(election, { colleges });
}

/** Says whether a college has places by rule; at first by the members of branches. */
export function giveEntitlement(election: ElectionTemplate, id: string, isGiven: boolean): ElectionTemplate {
  const [from] = basesOf(election.manifest.colleges, id);
  if (!isGiven) return change(election, id, null);
  if (from === undefined) return election;
  const none = { outside: null, regions: null, strands: null, affiliates: null, reserved: [] };
  return change(election, id, { from, branches: RATE, ...none });
}

/** Another rule for a college that has one; where branches lose their rate, nobody has the same. */
export function changeEntitlement(
  election: ElectionTemplate,
  id: string,
  own: Partial<EntitlementRule>,
): ElectionTemplate {
  const before = election.manifest.colleges.find((college) => college.id === id)?.entitlement;
  if (!before) return election;
  const { outside, ...rule } = { ...before, ...own };
  const isLost = outside?.kind === 'same-rate' && rule.branches?.kind !== 'rate';
  return change(election, id, { ...rule, outside: isLost ? null : outside });
}
