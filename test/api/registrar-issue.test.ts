/** Issuing tokens: once, for faultless rules and a roll that keeps them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IssueRequest } from '../../src/api/registrar/registrar.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { parseSigningKey } from '../../src/crypto/ed25519.ts';
import { electionName, encodeEntry, parseDocument, signEntry } from '../../src/record/envelope.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { manifest as faultless } from '../ballot/manifests.ts';
import {
  COLLEGES,
  CSV,
  FIRST,
  LATER,
  membership,
  RegistrarOffice,
  refusalOf,
  rowsOf,
  SECOND,
  SEEN,
} from './registrar-office.ts';

let office: RegistrarOffice;
beforeEach(() => {
  office = new RegistrarOffice();
});
afterEach(() => office.close());

describe('issue', () => {
  test('one token for each person in each college, each the key of its credential', async () => {
    const { election, summary } = await office.issued();
    const delegates = membership.people.filter(({ represents }) => represents !== null).length;
    expect(summary.colleges).toEqual([
      { id: 'members', size: 120 },
      { id: 'delegates', size: delegates },
    ]);
    const rows = rowsOf(office.registrar.exportTokens(election, false));
    expect(rows).toHaveLength(120 + delegates);
    const { blob } = office.registrar.handOver(election, SEEN);
    const { lines } = parseDocument(rollDocument, blob);
    for (const [, , , college = '', voter, token = ''] of rows) {
      const { P } = deriveCredential(parseToken(token), election, college);
      expect(lines[Number(voter) - 1]).toMatchObject({ P, college });
    }
    expect(new Set(rows.map(([, , , , , token]) => token)).size).toBe(rows.length);
  });

  test('asking twice, at the same time and after a restart, does not issue twice', async () => {
    const { roll } = await office.registrar.rolls.import(CSV, FIRST);
    const request = { manifest: office.manifestOf(), roll, colleges: COLLEGES };
    const [one, two] = await Promise.all([office.registrar.issue(request), office.registrar.issue(request)]);
    expect(two).toEqual(one);
    const { blob } = office.registrar.handOver(one.election, SEEN);
    office.restart();
    expect(await office.registrar.issue({ ...request, colleges: [...COLLEGES].reverse() })).toEqual(one);
    expect(office.registrar.handOver(one.election, SEEN).blob).toEqual(blob);
    expect(office.registrar.changes().filter(({ what }) => what === 'tokens-issued')).toHaveLength(1);
  });

  test('asking for something else afterwards is refused', async () => {
    const { manifest } = await office.issued();
    const { proposal } = await office.registrar.rolls.propose(LATER, FIRST);
    const { roll } = await office.registrar.rolls.approve(proposal, SECOND);
    expect((await refusalOf(office.registrar.issue({ manifest, roll, colleges: COLLEGES }))).code).toBe(
      'issued-otherwise',
    );
    const turned = COLLEGES.map((source) => ({ ...source, of: 'members' as const }));
    expect((await refusalOf(office.registrar.issue({ manifest, roll: 1, colleges: turned }))).code).toBe(
      'issued-otherwise',
    );
  });

  test('the same people have other credentials in another election', async () => {
    const one = await office.issued();
    const two = await office.issued({ times: { ...faultless.times, opens: faultless.times.opens + 1 } });
    expect(two.election).not.toBe(one.election);
    const keys = (election: string) =>
      parseDocument(rollDocument, office.registrar.handOver(election, SEEN).blob).lines.map(({ P }) => P);
    expect(keys(one.election).filter((P) => keys(two.election).includes(P))).toEqual([]);
  });

  test.each<[string, () => Partial<ManifestBody>, string, string?]>([
    [
      'a manifest that contradicts itself',
      () => ({ times: { ...faultless.times, closes: null } }),
      'bad-manifest',
    ],
    [
      'a manifest of another registrar',
      () => ({ roles: faultless.roles }),
      'wrong-keys',
      'body.roles.registrars',
    ],
    [
      'more delegates than the bodies are entitled to',
      () => ({
        colleges: faultless.colleges.map((college) => ({
          ...college,
          weights: [1],
          entitlement: college.entitlement && {
            ...college.entitlement,
            branches: { kind: 'rate', seats: 1, per: 1_000_000, parts: 'begun', min: 0, max: null },
          },
        })),
      }),
      'bad-roll',
    ],
    [
      'a secret cell with too few voters',
      () => ({ cells: { requiredMin: 100, optional: null } }),
      'bad-roll',
    ],
  ])('%s is refused, and no token is issued', async (_, change, code, field) => {
    const refused = await refusalOf(office.issued(change()));
    expect([refused.code, refused.details.field]).toEqual([code, field]);
    expect(office.registrar.changes().map(({ what }) => what)).toEqual(['roll-imported']);
    const name = electionName(encodeEntry(office.manifestOf(change())));
    expect((await refusalOf(() => office.registrar.issued(name))).code).toBe('not-issued');
  });

  test('a manifest that its officer did not sign', async () => {
    const { roll } = await office.registrar.rolls.import(CSV, FIRST);
    const { sigs, ...unsigned } = office.manifestOf();
    const forged = signEntry<'manifest'>(unsigned, 'officer', 1, parseSigningKey(new Uint8Array(32).fill(9)));
    expect(sigs).not.toEqual(forged.sigs);
    const refused = await refusalOf(office.registrar.issue({ manifest: forged, roll, colleges: COLLEGES }));
    expect([refused.code, refused.details.field]).toEqual(['bad-signature', 'sigs[0].sig']);
  });

  test.each<[string, IssueRequest['colleges'], string]>([
    ['a college too few', COLLEGES.slice(1), 'colleges'],
    ['a college too many', [...COLLEGES, { college: 'x', of: 'members', body: null }], 'colleges[2].college'],
    ['a college twice', [...COLLEGES, ...COLLEGES], 'colleges[2].college'],
    [
      'a body that the roll does not have',
      COLLEGES.map((source) => ({ ...source, body: 'x' })),
      'colleges[0].body',
    ],
  ])('%s', async (_, colleges, field) => {
    const { roll } = await office.registrar.rolls.import(CSV, FIRST);
    const refused = await refusalOf(
      office.registrar.issue({ manifest: office.manifestOf(), roll, colleges }),
    );
    expect([refused.code, refused.details.field]).toEqual(['bad-field', field]);
  });

  test('a roll that was never imported, and one where nobody may vote', async () => {
    const colleges = COLLEGES.map((source) => ({ ...source, of: 'delegates' as const }));
    expect(
      (await refusalOf(office.registrar.issue({ manifest: office.manifestOf(), roll: 7, colleges }))).code,
    ).toBe('unknown-roll');
    const alone = 'person,name,contact,member,region\na,Ada,ada@example.org,yes,north\n';
    const { roll } = await office.registrar.rolls.import(new TextEncoder().encode(alone), FIRST);
    const refused = await refusalOf(
      office.registrar.issue({ manifest: office.manifestOf(), roll, colleges }),
    );
    expect(refused.details.members).toMatchObject({ problems: [{ code: 'no-voters' }] });
  });
});
