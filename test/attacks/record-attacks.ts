/** Attacks on what is in the record up to the closing, each with the check that finds it, and where. */
import type { Attack } from './attack.ts';
import { BALLOT_ATTACKS } from './ballot-attacks.ts';
import { FILE_ATTACKS } from './file-attacks.ts';
import { ROLE_ATTACKS, RULE_ATTACKS } from './role-attacks.ts';
import { TIME_ATTACKS } from './time-attacks.ts';

export const RECORD_ATTACKS: readonly Attack[] = [
  ...FILE_ATTACKS,
  ...BALLOT_ATTACKS,
  ...ROLE_ATTACKS,
  ...RULE_ATTACKS,
  ...TIME_ATTACKS,
];
