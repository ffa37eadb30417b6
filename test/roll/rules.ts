/** Entitlement rules, bodies and counts for tests. */
import type { EntitlementRule, Rate } from '../../src/roll/entitlement-rule.ts';
import type { RollBody } from '../../src/roll/roll-document.ts';

/** So many for every `per` members begun. */
export const rate = (seats: number, per: number, more: Partial<Rate> = {}): Rate => ({
  kind: 'rate',
  seats,
  per,
  parts: 'begun',
  min: 0,
  max: null,
  ...more,
});

/** A rule by the counts of the college `members`, with nothing but what is given. */
export const ruleOf = (parts: Partial<EntitlementRule>): EntitlementRule => ({
  from: 'members',
  branches: null,
  outside: null,
  regions: null,
  strands: null,
  affiliates: null,
  reserved: [],
  ...parts,
});

export const region = (id: string): RollBody => ({ id, kind: 'region', region: null, size: null });
export const branch = (id: string, of: string): RollBody => ({ id, kind: 'branch', region: of, size: null });
export const strand = (id: string): RollBody => ({ id, kind: 'strand', region: null, size: null });
export const affiliate = (id: string, size: number | null = null): RollBody => ({
  id,
  kind: 'affiliate',
  region: null,
  size,
});

export const members = (body: string, n: number) => ({ college: 'members', body, n });
