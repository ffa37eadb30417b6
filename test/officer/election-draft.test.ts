import { describe, expect, test } from 'vitest';
import { COSIGNATURE, encodeVerifierKey, verifierKey } from '../../src/board/note.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { completeDraft, draftProblems, parseDraft } from '../../src/officer/election-draft.ts';
import { fillTemplate } from '../../src/officer/election-template.ts';
import { OfficerError } from '../../src/officer/errors.ts';
import { officerWith, signManifest } from '../../src/officer/sign-entry.ts';
import { verifyEntrySignatures } from '../../src/record/envelope.ts';
import { template } from './motion-template.ts';

const secretOf = (i: number) => parseSigningKey(new Uint8Array(32).fill(i));
const keyOf = (i: number): string => toBase64Url(publicKeyOf(secretOf(i)));
const publisher = {
  service: { log: keyOf(1), box: keyOf(2), registrar: keyOf(3), url: 'https://example.org' },
  officer: keyOf(5),
  scripts: [],
};
const filling = { keys: [keyOf(10), keyOf(11)], opens: 2_000_000_000, elections: {}, rehearsal: false };
const draft = (officers: readonly string[] = []) =>
  parseDraft(
    JSON.stringify(
      fillTemplate({ ...template, manifest: { ...template.manifest, officers: [...officers] } }, filling),
    ),
    'draft',
  );

describe('officers', () => {
  test('who publishes comes first, unless the draft has its place', () => {
    const officersOf = (listed: readonly string[]) =>
      completeDraft(draft(listed), publisher).body.roles.officers;
    expect(officersOf([])).toEqual([keyOf(5)]);
    expect(officersOf([keyOf(6)])).toEqual([keyOf(5), keyOf(6)]);
    expect(officersOf([keyOf(6), keyOf(5)])).toEqual([keyOf(6), keyOf(5)]);
  });

  test('each signs under its own place', () => {
    const { body } = completeDraft(draft([keyOf(6), keyOf(5)]), publisher);
    const entry = signManifest(body, secretOf(5));
    expect(entry.sigs[0]?.i).toBe(2);
    verifyEntrySignatures(entry, body);
    expect(officerWith(body, keyOf(6))).toBe(1);
    expect(() => signManifest(body, secretOf(7))).toThrow(OfficerError);
  });
});

describe('what keeps a draft from being published', () => {
  test('nothing, where nothing is missing', () => {
    expect(draftProblems(draft(), publisher)).toEqual([]);
  });

  test('every field that is not in its form', () => {
    const { texts, manifest } = draft();
    const empty = {
      texts: texts.map((text) => ({ ...text, title: '' })),
      manifest: { ...manifest, times: { ...manifest.times, opens: null } },
    };
    expect(draftProblems(empty, publisher).map(({ field }) => field)).toEqual([
      'texts[0].title',
      'manifest.times.opens',
    ]);
  });

  test('every rule of manifests and texts that is broken', () => {
    const { texts, manifest } = draft();
    const broken = {
      texts: texts.map((text) => ({ ...text, colleges: {} })),
      manifest: { ...manifest, times: { ...manifest.times, closes: null } },
    };
    expect(draftProblems(broken, publisher)).toMatchObject([
      { field: 'manifest.times.closes', code: 'undetermined' },
      { field: 'texts[0].colleges.members', code: 'missing' },
    ]);
    const read = parseDraft(JSON.stringify(broken), 'draft');
    expect(() => completeDraft(read, publisher)).toThrow(
      'texts[0].colleges.members: no text for this college',
    );
  });

  test('witnesses who have to sign, whom nobody asks', () => {
    const { texts, manifest } = draft();
    const key = encodeVerifierKey(verifierKey('w.example', COSIGNATURE, publicKeyOf(secretOf(9))));
    const named = (quorum: number) => ({
      texts,
      manifest: { ...manifest, witnesses: { quorum, keys: [key] } },
    });
    expect(draftProblems(named(0), publisher)).toEqual([]);
    expect(draftProblems(named(1), publisher)).toMatchObject([
      { field: 'manifest.witnesses.quorum', code: 'not-gathered' },
    ]);
  });
});
