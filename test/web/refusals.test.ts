/** What the service refuses is said at the desk in the reader's language, from closed codes. */
import { describe, expect, test } from 'vitest';
import { PROBLEM_CODES } from '../../src/api/problem.ts';
import { readRollCsv } from '../../src/api/registrar/roll-csv.ts';
import { faultInWords } from '../../src/web/desk/island/conduct/faults.ts';
import { failureInWords, problemInWords } from '../../src/web/desk/island/failures.ts';
import { problemsOf } from '../../src/web/desk/island/registrar-requests.ts';
import { wordsFor } from '../../src/web/desk/island/words.ts';
import { Refused } from '../../src/web/member/island/requests.ts';

const [EN, FR] = [wordsFor('en'), wordsFor('fr')];
const refused = (code: string): Refused =>
  new Refused(code, {
    code,
    title: 'The entry breaks a rule of the record',
    field: 'body.prev',
    reason: 'duplicate',
    detail: 'was entered before',
  });

describe('a refusal', () => {
  test('has a sentence in every language for every code of the API, and no English in French', () => {
    for (const code of PROBLEM_CODES) {
      expect(FR.refusals[code]).not.toBe(EN.refusals[code]);
      if (code === 'not-signed-in') continue;
      for (const say of [failureInWords, faultInWords]) {
        expect(say(refused(code), EN)).toContain(EN.refusals[code]);
        const french = say(refused(code), FR);
        expect(french).toContain(FR.refusals[code]);
        expect(french).not.toMatch(/entered before|breaks a rule/);
      }
    }
  });

  test('names the field and the finer code, and in English what the service adds', () => {
    expect(failureInWords(refused('bad-entry'), EN)).toBe(
      'The service refuses this: What was sent breaks a rule of the record. was entered before (bad-entry, body.prev, duplicate)',
    );
    expect(faultInWords(refused('bad-entry'), FR)).toMatch(
      /registre\. \(bad-entry, body\.prev, duplicate\)$/,
    );
  });

  test('of a code that this page does not know is said in the service’s own words, made visible', () => {
    const strange = new Refused('strange', { code: 'strange', title: 'Some\u202ething' });
    expect(failureInWords(strange, FR)).toMatch(/^Le service refuse cela : Some.+thing \(strange\)$/);
    expect(failureInWords(strange, FR)).not.toContain('\u202e');
  });
});

describe('a membership file with faults', () => {
  const HEADER = 'person,name,contact,member,region,branch,delegate_of,weight';
  const problemsIn = async (...lines: readonly string[]) => {
    const { problems } = await readRollCsv(new TextEncoder().encode([HEADER, ...lines].join('\n')));
    const found = problemsOf(new Refused('bad-roll-file', { total: problems.length, problems }));
    if (found === null) throw new Error('there is no list of problems');
    return found.problems;
  };

  test('says what is wrong with a line in French, and which line said it first', async () => {
    const problems = await problemsIn(
      '1,Ada,a@b,yes,north,elmford,,',
      '1,Bob,b@b,yes,south,elmford,,',
      '3,=Eve,e@b,maybe,,,,',
      '4,Ida,i@b,no,,,branch:oakham,many',
    );
    const said = problems.map((problem) => problemInWords(problem, FR));
    expect(said.every(({ lang }) => lang === 'fr')).toBe(true);
    expect(said.map(({ text }) => text)).toEqual([
      'cette section est déjà dans une autre région (voir la ligne 2)',
      'ce numéro est déjà pris (voir la ligne 2)',
      'la case commence par =, +, - ou @',
      'ce n’est pas un nombre entier permis, à partir de 1',
      'aucun membre n’est de cette section ou de cette région',
    ]);
    expect(problems.map((problem) => problemInWords(problem, EN).text)).toEqual(
      problems.map(({ why }) => why),
    );
  });

  test('says a fault of the roll in French where an officer can meet it, and else in English, marked so', () => {
    const at = (code: string) => problemInWords({ code, why: 'nobody may vote' }, FR);
    expect(at('no-voters')).toEqual({ text: 'Personne ne pourrait voter.', lang: 'fr' });
    expect(at('bad-key')).toEqual({ text: 'nobody may vote', lang: 'en' });
  });
});
