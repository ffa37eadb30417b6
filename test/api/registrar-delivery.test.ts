/** From tokens that are issued to letters, replacements and the pseudonymous roll. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deriveCredential } from '../../src/ballot/credential.ts';
import { parseToken } from '../../src/ballot/token.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { verifyReplacement } from '../../src/crypto/proofs/replacement-proof.ts';
import { parseDocument, verifyEntrySignatures } from '../../src/record/envelope.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { checkRoll } from '../../src/roll/check-roll.ts';
import { rollDocument } from '../../src/roll/roll-document.ts';
import { manifest as faultless } from '../ballot/manifests.ts';
import { COLLEGES, FIRST, RegistrarOffice, refusalOf, rowsOf, SEEN } from './registrar-office.ts';

let office: RegistrarOffice;
beforeEach(() => {
  office = new RegistrarOffice();
});
afterEach(() => office.close());

describe('delivery', () => {
  test('tokens leave once; a lost answer is repeated only on purpose, and the log tells', async () => {
    const { election } = await office.issued();
    const csv = office.registrar.exportTokens(election, false);
    expect(csv.split('\n')[0]).toBe('person,name,contact,college,voter,token,link');
    expect((await refusalOf(() => office.registrar.exportTokens(election, false))).code).toBe(
      'exported-before',
    );
    expect(office.registrar.exportTokens(election, true)).toBe(csv);
    const linked = rowsOf(office.registrar.exportTokens(election, true, 'https://vote.example/'));
    for (const row of linked) {
      expect(row[6]).toBe(`https://vote.example/elections/${election}/vote#${row[5]}`);
    }
    expect(
      office.registrar.changes().map(({ what, detail }) => `${what} ${detail.replace(/\d+/g, 'n')}`),
    ).toEqual([
      expect.stringContaining('roll-imported'),
      'tokens-issued n from roll n',
      'tokens-exported n',
      'tokens-exported n, again',
      'tokens-exported n, again',
    ]);
  });

  test('tokens are deleted after delivery only, and cannot be exported then', async () => {
    const { election } = await office.issued();
    expect((await refusalOf(() => office.registrar.deleteTokens(election))).code).toBe('not-exported');
    const [row] = rowsOf(office.registrar.exportTokens(election, false));
    const before = office.registrar.handOver(election, SEEN);
    const summary = office.registrar.deleteTokens(election);
    expect(summary.deleted).toBe(1_800_000_000);
    expect(office.registrar.deleteTokens(election)).toEqual(summary);
    expect((await refusalOf(() => office.registrar.exportTokens(election, true))).code).toBe(
      'tokens-deleted',
    );
    expect(office.registrar.handOver(election, SEEN)).toEqual(before);
    // Nothing of a token is left in any of the files.
    const token = row?.[5] ?? '';
    expect(token).toMatch(/^(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    for (const name of readdirSync(office.folder))
      expect(readFileSync(join(office.folder, name)).includes(token)).toBe(false);
  });

  test('the log of changes holds no token, name or address', async () => {
    const { election } = await office.issued();
    const csv = office.registrar.exportTokens(election, false);
    office.registrar.handOver(election, SEEN);
    office.registrar.deleteTokens(election);
    const log = JSON.stringify(office.registrar.changes());
    for (const [, name = '', contact = '', , , token = ''] of rowsOf(csv)) {
      for (const secret of [name, contact, token]) expect(log).not.toContain(secret);
    }
    expect(office.registrar.changes().map(({ what }) => what)).toEqual([
      'roll-imported',
      'tokens-issued',
      'tokens-exported',
      'roll-signed',
      'tokens-deleted',
    ]);
  });

  test('names and tokens are readable by the service alone', async () => {
    await office.issued();
    for (const name of readdirSync(office.folder))
      expect(statSync(join(office.folder, name)).mode & 0o077).toBe(0);
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
    const { election, manifest } = await office.issued();
    const row = rowsOf(office.registrar.exportTokens(election, false)).find(
      ([person, , , college]) => person === 'm002' && college === 'members',
    );
    const { entry, token } = office.registrar.replace(election, request('m002'));
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
    expect(office.registrar.changes().at(-1)).toMatchObject({
      what: 'credential-replaced',
      detail: `voter ${voter}`,
    });
  });

  test('nobody but those to whom tokens were issued', async () => {
    const { election } = await office.issued();
    const { code } = await refusalOf(() => office.registrar.replace(election, request('nobody')));
    expect(code).toBe('not-issued');
  });
});

describe('hand-over', () => {
  test('a signed entry and the blob that it names, which pass the recount', async () => {
    const { election, manifest } = await office.issued();
    const { entry, blob } = office.registrar.handOver(election, SEEN);
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
    const { roll } = await office.registrar.rolls.import(new TextEncoder().encode(file), FIRST);
    const colleges = faultless.colleges.map((college) => ({
      ...college,
      weights: [1],
      mode: 'recorded' as const,
    }));
    const rules = faultless.rules.map((rule) =>
      'ties' in rule ? { ...rule, ties: 'unfilled' as const } : rule,
    );
    const manifest = office.manifestOf({ colleges, trustees: null, rules });
    const { election } = await office.registrar.issue({ manifest, roll, colleges: COLLEGES });

    const { blob } = office.registrar.handOver(election, SEEN);
    const { lines, counts, frozen } = parseDocument(rollDocument, blob);
    expect(frozen).toBe(1_800_000_000);
    expect(counts).toContainEqual({ college: 'members', body: 'youth', n: 2 });
    const delegates = lines.filter(({ college }) => college === 'delegates');
    expect(delegates).toMatchObject([
      { name: 'Ada', mandates: [{ contest: 'motion', option: 'for' }], substitutes: [{ name: 'Bo' }] },
    ]);
    expect(lines).toHaveLength(4);

    const letters = rowsOf(office.registrar.exportTokens(election, false));
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
    const { election } = await office.issued({ colleges });
    const { lines } = parseDocument(rollDocument, office.registrar.handOver(election, SEEN).blob);
    expect(lines.every(({ college, name }) => (college === 'delegates') === (name !== null))).toBe(true);
  });

  test('nothing is handed over before tokens are issued', async () => {
    expect((await refusalOf(() => office.registrar.handOver('A'.repeat(43), SEEN))).code).toBe('not-issued');
  });

  test('the key is made once', () => {
    const { publicKey } = office.registrar;
    office.restart();
    expect(office.registrar.publicKey).toBe(publicKey);
    expect(toBase64Url(new Uint8Array(32))).not.toBe(publicKey);
  });
});
