/**
 * Tampered records up to the closing (attacks B1, B4, B6, R1 to R3, R5, R6, T3 to T5, T9, C2): the recount finds
 * each under the right check, and names the place.
 */
import { describe, test } from 'vitest';
import { expectFound } from './expect-found.ts';
import { RECORD_ATTACKS } from './record-attacks.ts';

describe('found by the recount', () => {
  test.each(RECORD_ATTACKS.map((attack) => [`${attack.name} (${attack.fails})`, attack] as const))(
    '%s',
    (_, attack) => expectFound(attack),
  );
});
