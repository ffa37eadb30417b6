/** Attacks on records, but for tally and result, each with the check that finds it, and where. */
import { ACT_ATTACKS } from './act-attacks.ts';
import type { Attack } from './attack.ts';
import { BALLOT_ATTACKS } from './ballot-attacks.ts';
import { CONTINUED_ATTACKS } from './continued-attacks.ts';
import { FILE_ATTACKS } from './file-attacks.ts';
import { LINK_ATTACKS } from './link-attacks.ts';
import { ROLE_ATTACKS, RULE_ATTACKS } from './role-attacks.ts';
import { SECOND_OFFICER_ATTACKS } from './second-officer-attacks.ts';
import { TIME_ATTACKS } from './time-attacks.ts';

export const RECORD_ATTACKS: readonly Attack[] = [
  ...FILE_ATTACKS,
  ...BALLOT_ATTACKS,
  ...ROLE_ATTACKS,
  ...RULE_ATTACKS,
  ...TIME_ATTACKS,
  ...LINK_ATTACKS,
  ...CONTINUED_ATTACKS,
  ...ACT_ATTACKS,
  ...SECOND_OFFICER_ATTACKS,
];
