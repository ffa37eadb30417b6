/** What a recount finds is said in the reader's language, from closed codes and their values. */
import { describe, expect, test } from 'vitest';
import { FAULTS, faultOf, told } from '../../src/tally/verify/faults.ts';
import { Findings } from '../../src/tally/verify/findings.ts';
import { findingInWords } from '../../src/web/recount/finding-in-words.ts';
import { recount as en } from '../../src/web/texts/en/recount.ts';
import { recount as fr } from '../../src/web/texts/fr/recount.ts';

describe('a finding', () => {
  test('has a French sentence for every code, with the same values', () => {
    for (const [code, own] of Object.entries(FAULTS)) {
      const values = Array.from({ length: own.length }, (_, i) => `value ${i + 1}`);
      const english: (...given: string[]) => string = own;
      const french: ((...given: string[]) => string) | undefined = fr.findings?.[code as keyof typeof FAULTS];
      const sentence = french?.(...values) ?? '';
      expect(sentence, code).not.toBe('');
      expect(sentence, code).not.toBe(english(...values));
      for (const value of values) expect(sentence, code).toContain(value);
    }
  });

  test('keeps its code and values, and in English what it always said', () => {
    const findings = new Findings();
    findings.failed('shares', 'record', faultOf('shares-instead', 1, 2));
    findings.failed('ballots', 'entry 7 body.proof', told({ code: 'bad-proof', message: 'does not hold' }));
    findings.unproven('rules', 'record', { why: 'nothing was read' });
    const [rules, ballots, shares] = findings
      .checks(['rules', 'ballots', 'shares'])
      .map((check) => [...check.failures, ...check.notes][0]);
    if (rules === undefined || ballots === undefined || shares === undefined) throw new Error('not found');
    expect([rules, ballots, shares]).toEqual([
      { where: 'record', why: 'nothing was read' },
      { where: 'entry 7 body.proof', why: 'does not hold', code: 'bad-proof' },
      { where: 'record', why: '1 valid shares instead of 2', code: 'shares-instead', values: [1, 2] },
    ]);
    expect(findingInWords(shares, en)).toEqual({ text: 'record: 1 valid shares instead of 2', lang: 'en' });
    expect(findingInWords(shares, fr)).toEqual({
      text: 'registre : parts valables : 1 au lieu de 2',
      lang: 'fr',
    });
    expect(findingInWords(ballots, fr)).toEqual({
      text: 'inscription 7 body.proof : la preuve n’est pas juste',
      lang: 'fr',
    });
    expect(findingInWords(rules, fr)).toEqual({ text: 'record: nothing was read', lang: 'en' });
  });

  test('shows what would reorder its text', () => {
    const hostile = { where: 'entry 1', ...faultOf('rule-gives', '\u202e{}') };
    for (const texts of [en, fr]) expect(findingInWords(hostile, texts).text).not.toContain('\u202e');
  });
});
