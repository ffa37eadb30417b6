import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../src/api/problem.ts';
import { type IssueRequest, Registrar } from '../../src/api/registrar/registrar.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey } from '../../src/crypto/ed25519.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import {
  electionName,
  encodeEntry,
  parseDocument,
  signEntry,
  verifyEntrySignatures,
} from '../../src/record/envelope.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import { encodeMembershipCsv } from '../../src/roll/membership-csv.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { manifest as faultless } from '../ballot/manifests.ts';

const OFFICER = parseSigningKey(new Uint8Array(32).fill(1));
const membership = simulateMembership({
  seed: 'registrar',
  members: 120,
  branches: 4,
  regions: 2,
  affiliates: 2,
});
const CSV = new TextEncoder().encode(encodeMembershipCsv(membership));
const COLLEGES: IssueRequest['colleges'] = [
  { college: 'members', of: 'members', body: null },
  { college: 'delegates', of: 'delegates', body: null },
];
const SEEN = { size: 1, root: 'A'.repeat(43) };

let folder: string;
let file: string;
let registrar: Registrar;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'teller-registrar-'));
  file = join(folder, 'registrar.sqlite');
  registrar = new Registrar(file, () => 1_800_000_000);
});

afterEach(() => {
  registrar.close();
  rmSync(folder, { recursive: true });
});

function restart(): void {
  registrar.close();
  registrar = new Registrar(file, () => 1_800_000_000);
}

function manifestOf(change: Partial<ManifestBody> = {}): EntryOf<'manifest'> {
  const roles = { ...faultless.roles, registrars: [registrar.publicKey] };
  const colleges = faultless.colleges.map((college) => ({ ...college, weights: [1] }));
  return signEntry(
    { v: 1, type: 'manifest', body: { ...faultless, roles, colleges, ...change }, ext: {} },
    'officer',
    1,
    OFFICER,
  );
}

/** What a promise is refused with. */
async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<Problem> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
}

async function issued(change?: Partial<ManifestBody>) {
  const manifest = manifestOf(change);
  const { roll } = await registrar.importRoll(CSV);
  const summary = await registrar.issue({ manifest, roll, colleges: COLLEGES });
  return { manifest, roll, summary, election: summary.election };
}

const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

describe('import', () => {
  test('a whole file', async () => {
    const summary = await registrar.importRoll(CSV);
    expect(summary).toEqual({
      roll: 1,
      people: membership.people.length,
      members: 120,
      delegates: membership.people.filter(({ represents }) => represents !== null).length,
      regions: 2,
      branches: 4,
      affiliates: 2,
    });
    restart();
    expect(registrar.roll(1)).toEqual(summary);
  });

  test('P2: one bad cell, and nothing of the file is stored', async () => {
    const bad = new TextEncoder().encode(new TextDecoder().decode(CSV).replace('m007@', '=m007@'));
    const { code, details } = await refusalOf(registrar.importRoll(bad));
    expect(code).toBe('bad-roll-file');
    expect(details.members).toMatchObject({
      total: 1,
      problems: [{ line: 8, column: 'contact', code: 'formula' }],
    });
    expect(registrar.changes()).toEqual([]);
    expect((await refusalOf(() => registrar.roll(1))).code).toBe('unknown-roll');
  });

  test('the second import is another roll, and the first stays', async () => {
    const first = await registrar.importRoll(CSV);
    expect((await registrar.importRoll(CSV)).roll).toBe(first.roll + 1);
    expect(registrar.roll(first.roll)).toEqual(first);
  });
});

describe('issue', () => {
  test('one token for each person in each college, each the key of its credential', async () => {
    const { election, summary } = await issued();
    const delegates = membership.people.filter(({ represents }) => represents !== null).length;
    expect(summary.colleges).toEqual([
      { id: 'members', size: 120 },
      { id: 'delegates', size: delegates },
    ]);
    const rows = rowsOf(registrar.exportTokens(election, false));
    expect(rows).toHaveLength(120 + delegates);
    const { blob } = registrar.handOver(election, SEEN);
    const { lines } = parseDocument(rollDocument, blob);
    for (const [, , , college = '', voter, token = ''] of rows) {
      const { P } = deriveCredential(parseToken(token), election, college);
      expect(lines[Number(voter) - 1]).toMatchObject({ P, college });
    }
    expect(new Set(rows.map(([, , , , , token]) => token)).size).toBe(rows.length);
  });

  test('asking twice, at the same time and after a restart, does not issue twice', async () => {
    const { roll } = await registrar.importRoll(CSV);
    const request = { manifest: manifestOf(), roll, colleges: COLLEGES };
    const [one, two] = await Promise.all([registrar.issue(request), registrar.issue(request)]);
    expect(two).toEqual(one);
    const { blob } = registrar.handOver(one.election, SEEN);
    restart();
    expect(await registrar.issue({ ...request, colleges: [...COLLEGES].reverse() })).toEqual(one);
    expect(registrar.handOver(one.election, SEEN).blob).toEqual(blob);
    expect(registrar.changes().filter(({ what }) => what === 'tokens-issued')).toHaveLength(1);
  });

  test('asking for something else afterwards is refused', async () => {
    const { manifest } = await issued();
    const { roll } = await registrar.importRoll(CSV);
    expect((await refusalOf(registrar.issue({ manifest, roll, colleges: COLLEGES }))).code).toBe(
      'issued-otherwise',
    );
    const turned = COLLEGES.map((source) => ({ ...source, of: 'members' as const }));
    expect((await refusalOf(registrar.issue({ manifest, roll: 1, colleges: turned }))).code).toBe(
      'issued-otherwise',
    );
  });

  test('the same people have other credentials in another election', async () => {
    const one = await issued();
    const two = await issued({ times: { ...faultless.times, opens: faultless.times.opens + 1 } });
    expect(two.election).not.toBe(one.election);
    const keys = (election: string) =>
      parseDocument(rollDocument, registrar.handOver(election, SEEN).blob).lines.map(({ P }) => P);
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
    const refused = await refusalOf(issued(change()));
    expect([refused.code, refused.details.field]).toEqual([code, field]);
    expect(registrar.changes().map(({ what }) => what)).toEqual(['roll-imported']);
    const name = electionName(encodeEntry(manifestOf(change())));
    expect((await refusalOf(() => registrar.issued(name))).code).toBe('not-issued');
  });

  test('a manifest that its officer did not sign', async () => {
    const { roll } = await registrar.importRoll(CSV);
    const { sigs, ...unsigned } = manifestOf();
    const forged = signEntry<'manifest'>(unsigned, 'officer', 1, parseSigningKey(new Uint8Array(32).fill(9)));
    expect(sigs).not.toEqual(forged.sigs);
    const refused = await refusalOf(registrar.issue({ manifest: forged, roll, colleges: COLLEGES }));
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
    const { roll } = await registrar.importRoll(CSV);
    const refused = await refusalOf(registrar.issue({ manifest: manifestOf(), roll, colleges }));
    expect([refused.code, refused.details.field]).toEqual(['bad-field', field]);
  });

  test('a roll that was never imported, and one where nobody may vote', async () => {
    const colleges = COLLEGES.map((source) => ({ ...source, of: 'delegates' as const }));
    expect((await refusalOf(registrar.issue({ manifest: manifestOf(), roll: 7, colleges }))).code).toBe(
      'unknown-roll',
    );
    const alone = 'person,name,contact,member,region\na,Ada,ada@example.org,yes,north\n';
    const { roll } = await registrar.importRoll(new TextEncoder().encode(alone));
    const refused = await refusalOf(registrar.issue({ manifest: manifestOf(), roll, colleges }));
    expect(refused.details.members).toMatchObject({ problems: [{ code: 'no-voters' }] });
  });
});

describe('delivery', () => {
  test('tokens leave once; a lost answer is repeated only on purpose, and the log tells', async () => {
    const { election } = await issued();
    const csv = registrar.exportTokens(election, false);
    expect(csv.split('\n')[0]).toBe('person,name,contact,college,voter,token');
    expect((await refusalOf(() => registrar.exportTokens(election, false))).code).toBe('exported-before');
    expect(registrar.exportTokens(election, true)).toBe(csv);
    expect(registrar.changes().map(({ what, detail }) => `${what} ${detail.replace(/\d+/g, 'n')}`)).toEqual([
      expect.stringContaining('roll-imported'),
      'tokens-issued n from roll n',
      'tokens-exported n',
      'tokens-exported n, again',
    ]);
  });

  test('tokens are deleted after delivery only, and cannot be exported then', async () => {
    const { election } = await issued();
    expect((await refusalOf(() => registrar.deleteTokens(election))).code).toBe('not-exported');
    const [row] = rowsOf(registrar.exportTokens(election, false));
    const before = registrar.handOver(election, SEEN);
    const summary = registrar.deleteTokens(election);
    expect(summary.deleted).toBe(1_800_000_000);
    expect(registrar.deleteTokens(election)).toEqual(summary);
    expect((await refusalOf(() => registrar.exportTokens(election, true))).code).toBe('tokens-deleted');
    expect(registrar.handOver(election, SEEN)).toEqual(before);
    // Nothing of a token is left in any of the files.
    const token = row?.at(-1) ?? '';
    expect(token).toMatch(/^(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(token)).toBe(false);
  });

  test('the log of changes holds no token, name or address', async () => {
    const { election } = await issued();
    const csv = registrar.exportTokens(election, false);
    registrar.handOver(election, SEEN);
    registrar.deleteTokens(election);
    const log = JSON.stringify(registrar.changes());
    for (const [, name = '', contact = '', , , token = ''] of rowsOf(csv)) {
      for (const secret of [name, contact, token]) expect(log).not.toContain(secret);
    }
    expect(registrar.changes().map(({ what }) => what)).toEqual([
      'roll-imported',
      'tokens-issued',
      'tokens-exported',
      'roll-signed',
      'tokens-deleted',
    ]);
  });

  test('names and tokens are readable by the service alone', async () => {
    await issued();
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });
});

describe('hand-over', () => {
  test('a signed entry and the blob that it names, which pass the recount', async () => {
    const { election, manifest } = await issued();
    const { entry, blob } = registrar.handOver(election, SEEN);
    verifyEntrySignatures(entry, manifest.body);
    expect(entry.body.blob).toEqual(nameBlob(blob));
    expect(entry).toMatchObject({ election, seen: SEEN, type: 'roll' });
    const document = parseDocument(rollDocument, blob);
    expect(checkRoll(document, manifest.body, entry)).toEqual([]);
    expect(document.lines.every(({ name }) => name === null)).toBe(true);
  });

  test('names are on the roll of a recorded college', async () => {
    const colleges = faultless.colleges.map((college) => ({
      ...college,
      weights: [1],
      mode: college.id === 'delegates' ? ('recorded' as const) : college.mode,
    }));
    const { election } = await issued({ colleges });
    const { lines } = parseDocument(rollDocument, registrar.handOver(election, SEEN).blob);
    expect(lines.every(({ college, name }) => (college === 'delegates') === (name !== null))).toBe(true);
  });

  test('nothing is handed over before tokens are issued', async () => {
    expect((await refusalOf(() => registrar.handOver('A'.repeat(43), SEEN))).code).toBe('not-issued');
  });

  test('the key is made once', () => {
    const { publicKey } = registrar;
    restart();
    expect(registrar.publicKey).toBe(publicKey);
    expect(toBase64Url(new Uint8Array(32))).not.toBe(publicKey);
  });
});
