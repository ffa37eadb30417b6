import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../src/api/problem.ts';
import { type IssueRequest, Registrar } from '../../src/api/registrar/registrar.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey } from '../../src/crypto/ed25519.ts';
import { verifyReplacement } from '../../src/crypto/proofs/replacement-proof.ts';
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
import type { Person } from '../../src/roll/membership.ts';
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
/** One member lapsed, one moved to no branch, one new. */
const LATER_TEXT = encodeMembershipCsv({
  ...membership,
  people: [
    ...membership.people
      .filter(({ person }) => person !== 'm001')
      .map((entry) =>
        entry.person === 'm119' ? { ...entry, region: otherRegion(entry.region), branch: null } : entry,
      ),
    { ...(membership.people[0] as Person), person: 'new-1', contact: 'new-1@example.org', represents: null },
  ],
});
const LATER = new TextEncoder().encode(LATER_TEXT);

function otherRegion(region: string | null): string {
  return membership.bodies.find(({ id, kind }) => kind === 'region' && id !== region)?.id ?? '';
}

const COLLEGES: IssueRequest['colleges'] = [
  { college: 'members', of: 'members', body: null },
  { college: 'delegates', of: 'delegates', body: null },
];
const [FIRST, SECOND] = ['A', 'B'].map((name) => name.repeat(43)) as [string, string];
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
  const { roll } = await registrar.rolls.import(CSV, FIRST);
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
    const summary = await registrar.rolls.import(CSV, FIRST);
    expect(summary).toEqual({
      roll: 1,
      frozen: 1_800_000_000,
      people: membership.people.length,
      members: 120,
      delegates: membership.people.filter(({ represents }) => represents !== null).length,
      regions: 2,
      branches: 4,
      strands: 0,
      affiliates: 2,
    });
    restart();
    expect(registrar.rolls.summary(1)).toEqual(summary);
  });

  test('P2: one bad cell, and nothing of the file is stored', async () => {
    const bad = new TextEncoder().encode(new TextDecoder().decode(CSV).replace('m007@', '=m007@'));
    const { code, details } = await refusalOf(registrar.rolls.import(bad, FIRST));
    expect(code).toBe('bad-roll-file');
    expect(details.members).toMatchObject({
      total: 1,
      problems: [{ line: 8, column: 'contact', code: 'formula' }],
    });
    expect(registrar.changes()).toEqual([]);
    expect((await refusalOf(() => registrar.rolls.summary(1))).code).toBe('unknown-roll');
  });

  test('the same file again is the same roll; another is refused here', async () => {
    const first = await registrar.rolls.import(CSV, FIRST, 1_790_000_000);
    expect(await registrar.rolls.import(CSV, SECOND)).toEqual(first);
    expect(first.frozen).toBe(1_790_000_000);
    expect((await refusalOf(registrar.rolls.import(LATER, FIRST))).code).toBe('roll-exists');
    expect(registrar.changes().map(({ what }) => what)).toEqual(['roll-imported']);
  });
});

describe('a later file', () => {
  const WHAT = () => registrar.changes().map(({ what }) => what);

  test('needs a roll that it changes, and is as faultless as the first', async () => {
    expect((await refusalOf(registrar.rolls.propose(LATER, FIRST))).code).toBe('unknown-roll');
    await registrar.rolls.import(CSV, FIRST);
    const bad = new TextEncoder().encode(LATER_TEXT.replace('m007@', '=m007@'));
    expect((await refusalOf(registrar.rolls.propose(bad, FIRST))).code).toBe('bad-roll-file');
    expect(WHAT()).toEqual(['roll-imported']);
    expect((await refusalOf(registrar.rolls.proposal())).code).toBe('unknown-proposal');
  });

  test('shows what it changes, and changes nothing until it is approved', async () => {
    const { roll } = await registrar.rolls.import(CSV, FIRST);
    const proposal = await registrar.rolls.propose(LATER, FIRST, 1_799_000_000);
    expect(proposal).toMatchObject({ base: roll, frozen: 1_799_000_000, needsSecondOfficer: false });
    expect(proposal.difference).toMatchObject({ added: ['new-1'], lapsed: ['m001'], moved: ['m119'] });
    expect(proposal.difference.bodies.length).toBeGreaterThan(1);
    restart();
    expect(await registrar.rolls.proposal()).toEqual(proposal);
    expect((await refusalOf(() => registrar.rolls.summary(roll + 1))).code).toBe('unknown-roll');

    const approved = await registrar.rolls.approve(proposal.proposal, FIRST);
    expect(approved).toMatchObject({ roll: roll + 1, frozen: 1_799_000_000, members: 120 });
    expect(registrar.rolls.summary(roll).members).toBe(120);
    expect(WHAT()).toEqual(['roll-imported', 'roll-proposed', 'roll-approved']);
    expect((await refusalOf(registrar.rolls.approve(proposal.proposal, FIRST))).code).toBe(
      'unknown-proposal',
    );
  });

  test('once tokens exist, is approved by another officer than its importer, and the log names both', async () => {
    await issued();
    const { proposal, needsSecondOfficer } = await registrar.rolls.propose(LATER, FIRST);
    expect(needsSecondOfficer).toBe(true);
    expect((await refusalOf(registrar.rolls.approve(proposal, FIRST))).code).toBe('second-officer-needed');
    expect(WHAT()).not.toContain('roll-approved');
    const { roll } = await registrar.rolls.approve(proposal, SECOND);
    expect(registrar.changes().at(-1)).toMatchObject({
      what: 'roll-approved',
      subject: proposal,
      detail: `roll ${roll}, imported by ${FIRST}, approved by ${SECOND}`,
    });
  });

  test('leaves what was issued before on the roll that it was issued from', async () => {
    const { election, roll } = await issued();
    const before = registrar.handOver(election, SEEN).blob;
    const { proposal } = await registrar.rolls.propose(LATER, FIRST);
    await registrar.rolls.approve(proposal, SECOND);
    expect(registrar.issued(election).roll).toBe(roll);
    expect(registrar.handOver(election, SEEN).blob).toEqual(before);
  });

  test('takes the place of one proposed before, which can be approved no more', async () => {
    await registrar.rolls.import(CSV, FIRST);
    const first = await registrar.rolls.propose(LATER, FIRST, 1_799_000_000);
    const second = await registrar.rolls.propose(LATER, FIRST, 1_799_000_001);
    expect(second.proposal).not.toBe(first.proposal);
    expect((await refusalOf(registrar.rolls.approve(first.proposal, SECOND))).code).toBe('unknown-proposal');
    expect((await registrar.rolls.proposal()).proposal).toBe(second.proposal);
  });

  test('a freeze date that has not come is refused', async () => {
    const { code, details } = await refusalOf(registrar.rolls.import(CSV, FIRST, 1_800_000_001));
    expect([code, details.field]).toEqual(['bad-field', 'frozen']);
    await registrar.rolls.import(CSV, FIRST, 1_800_000_000);
    expect((await refusalOf(registrar.rolls.propose(LATER, FIRST, 1_800_000_001))).code).toBe('bad-field');
    expect(WHAT()).toEqual(['roll-imported']);
  });

  test('is approved once, by two at the same time too', async () => {
    await registrar.rolls.import(CSV, FIRST);
    const { proposal } = await registrar.rolls.propose(LATER, FIRST);
    const both = await Promise.allSettled(
      [FIRST, SECOND].map((officer) => registrar.rolls.approve(proposal, officer)),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(WHAT().filter((what) => what === 'roll-approved')).toHaveLength(1);
  });

  test('is forgotten when it is withdrawn, and leaves no bytes in the files', async () => {
    await registrar.rolls.import(CSV, FIRST);
    const { proposal } = await registrar.rolls.propose(LATER, FIRST);
    const kept = () =>
      readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes('new-1@example.org'));
    expect(kept()).toBe(true);
    expect((await refusalOf(() => registrar.rolls.withdraw('x', SECOND))).code).toBe('unknown-proposal');
    registrar.rolls.withdraw(proposal, SECOND);
    expect(WHAT().at(-1)).toBe('roll-withdrawn');
    expect((await refusalOf(registrar.rolls.proposal())).code).toBe('unknown-proposal');
    expect(kept()).toBe(false);
  });

  test('what the log tells has no names and no addresses', async () => {
    await registrar.rolls.import(CSV, FIRST);
    const { proposal } = await registrar.rolls.propose(LATER, FIRST);
    registrar.rolls.withdraw(proposal, FIRST);
    expect(JSON.stringify(registrar.changes())).not.toMatch(/example\.org|\bAda\b|new-1/);
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
    const { roll } = await registrar.rolls.import(CSV, FIRST);
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
    const { proposal } = await registrar.rolls.propose(LATER, FIRST);
    const { roll } = await registrar.rolls.approve(proposal, SECOND);
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
    const { roll } = await registrar.rolls.import(CSV, FIRST);
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
    const { roll } = await registrar.rolls.import(CSV, FIRST);
    const refused = await refusalOf(registrar.issue({ manifest: manifestOf(), roll, colleges }));
    expect([refused.code, refused.details.field]).toEqual(['bad-field', field]);
  });

  test('a roll that was never imported, and one where nobody may vote', async () => {
    const colleges = COLLEGES.map((source) => ({ ...source, of: 'delegates' as const }));
    expect((await refusalOf(registrar.issue({ manifest: manifestOf(), roll: 7, colleges }))).code).toBe(
      'unknown-roll',
    );
    const alone = 'person,name,contact,member,region\na,Ada,ada@example.org,yes,north\n';
    const { roll } = await registrar.rolls.import(new TextEncoder().encode(alone), FIRST);
    const refused = await refusalOf(registrar.issue({ manifest: manifestOf(), roll, colleges }));
    expect(refused.details.members).toMatchObject({ problems: [{ code: 'no-voters' }] });
  });
});

describe('delivery', () => {
  test('tokens leave once; a lost answer is repeated only on purpose, and the log tells', async () => {
    const { election } = await issued();
    const csv = registrar.exportTokens(election, false);
    expect(csv.split('\n')[0]).toBe('person,name,contact,college,voter,token,link');
    expect((await refusalOf(() => registrar.exportTokens(election, false))).code).toBe('exported-before');
    expect(registrar.exportTokens(election, true)).toBe(csv);
    const linked = rowsOf(registrar.exportTokens(election, true, 'https://vote.example/'));
    for (const row of linked) {
      expect(row[6]).toBe(`https://vote.example/elections/${election}/vote#${row[5]}`);
    }
    expect(registrar.changes().map(({ what, detail }) => `${what} ${detail.replace(/\d+/g, 'n')}`)).toEqual([
      expect.stringContaining('roll-imported'),
      'tokens-issued n from roll n',
      'tokens-exported n',
      'tokens-exported n, again',
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
    const token = row?.[5] ?? '';
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

describe('replacement', () => {
  const request = (person: string) => ({
    person,
    college: 'members',
    substitute: null,
    ctx: 'A'.repeat(43),
    seen: SEEN,
    old: null,
  });

  test('a new token for somebody who lost one, with a proof that it is held; an officer has to sign too', async () => {
    const { election, manifest } = await issued();
    const row = rowsOf(registrar.exportTokens(election, false)).find(
      ([person, , , college]) => person === 'm002' && college === 'members',
    );
    const { entry, token } = registrar.replace(election, request('m002'));
    const { P } = deriveCredential(parseToken(token ?? ''), election, 'members');
    expect(entry.body).toMatchObject({ voter: Number(row?.[4]), new: P, name: null, reason: 'lost' });
    expect(token).not.toBe(row?.[5]);
    const { ctx, voter, old, new: after, proof } = entry.body;
    const [context, before, heir] = [ctx, old, after].map((text) => fromBase64Url(text)) as [
      Bytes,
      Bytes,
      Bytes,
    ];
    expect(() =>
      verifyReplacement({ ctx: context, voter, before, after: heir }, fromBase64Url(proof)),
    ).not.toThrow();
    expect(() => verifyEntrySignatures(entry, manifest.body)).toThrow('1 signatures instead of 2');
    expect(registrar.changes().at(-1)).toMatchObject({
      what: 'credential-replaced',
      detail: `voter ${voter}`,
    });
  });

  test('nobody but those to whom tokens were issued', async () => {
    const { election } = await issued();
    const { code } = await refusalOf(() => registrar.replace(election, request('nobody')));
    expect(code).toBe('not-issued');
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

  test('mandates and substitutes, each with a token of their own', async () => {
    const file = [
      'person,name,contact,member,region,strands,delegate_of,mandates,substitute_for',
      'm1,Ada,ada@example.org,yes,north,youth,region:north,motion=for,',
      'm2,Bo,bo@example.org,yes,north,youth,,,m1',
      'm3,Cy,cy@example.org,yes,north,,,,',
    ].join('\n');
    const { roll } = await registrar.rolls.import(new TextEncoder().encode(file), FIRST);
    const colleges = faultless.colleges.map((college) => ({
      ...college,
      weights: [1],
      mode: 'recorded' as const,
    }));
    const rules = faultless.rules.map((rule) =>
      'ties' in rule ? { ...rule, ties: 'unfilled' as const } : rule,
    );
    const manifest = manifestOf({ colleges, trustees: null, rules });
    const { election } = await registrar.issue({ manifest, roll, colleges: COLLEGES });

    const { blob } = registrar.handOver(election, SEEN);
    const { lines, counts, frozen } = parseDocument(rollDocument, blob);
    expect(frozen).toBe(1_800_000_000);
    expect(counts).toContainEqual({ college: 'members', body: 'youth', n: 2 });
    const delegates = lines.filter(({ college }) => college === 'delegates');
    expect(delegates).toMatchObject([
      { name: 'Ada', mandates: [{ contest: 'motion', option: 'for' }], substitutes: [{ name: 'Bo' }] },
    ]);
    expect(lines).toHaveLength(4);

    const letters = rowsOf(registrar.exportTokens(election, false));
    const [ada, bo] = ['Ada', 'Bo'].map((name) =>
      letters.find((row) => row[1] === name && row[3] === 'delegates'),
    );
    expect(letters).toHaveLength(5);
    expect(bo?.[4]).toBe(ada?.[4]);
    expect(deriveCredential(parseToken(bo?.[5] ?? ''), election, 'delegates').P).toBe(
      delegates[0]?.substitutes[0]?.P,
    );
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
