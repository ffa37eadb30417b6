/** What keeps a draft from being published has a sentence of its own, and leads to a field. */
import { expect, test } from 'vitest';
import { COSIGNATURE, encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../../src/board/note.ts';
import { readScenario } from '../../src/cli/scenario/scenario-file.ts';
import { toBase64Url } from '../../src/crypto/bytes.ts';
import { parseSigningKey, publicKeyOf } from '../../src/crypto/ed25519.ts';
import { changeManifest } from '../../src/officer/edit-draft.ts';
import { changeEntitlement, giveEntitlement, RATE } from '../../src/officer/edit-entitlement.ts';
import type { ElectionTemplate } from '../../src/officer/election-template.ts';
import { finish, missingOf, startDraft, type UnfinishedDraft } from '../../src/officer/unfinished-draft.ts';
import { faultsOf } from '../../src/web/desk/island/draft-problems.ts';
import { deskDraft as english } from '../../src/web/texts/en/desk-draft.ts';
import { deskDraft as french } from '../../src/web/texts/fr/desk-draft.ts';

const NOW = 1_900_000_000;
const publicOf = (i: number) => publicKeyOf(parseSigningKey(new Uint8Array(32).fill(i)));
const keyOf = (i: number): string => toBase64Url(publicOf(i));
const witness = (name: string, i: number): string =>
  encodeVerifierKey(verifierKey(name, COSIGNATURE, publicOf(i)));
const publisher = {
  service: { log: keyOf(1), box: keyOf(2), registrar: keyOf(3), url: 'https://example.org' },
  officer: keyOf(5),
  scripts: [],
};

const [first] = (await readScenario('hybrid-concurrent')).elections;
const both = first?.filled as ElectionTemplate;

function draftOf(election: ElectionTemplate, change: Partial<UnfinishedDraft> = {}): UnfinishedDraft {
  const keys = Array.from({ length: election.manifest.trustees?.count ?? 0 }, (_, i) => keyOf(10 + i));
  return { ...startDraft(election), keys, opens: NOW + election.manifest.times.notice, ...change };
}

const said = (draft: UnfinishedDraft, words: typeof english = english) =>
  faultsOf(missingOf(draft, publisher, NOW), draft, words).map(({ field, text }) => [field, text]);

test('witnesses: a key that is none, one of another kind, one twice, and none that has to sign', () => {
  const named = (...witnesses: string[]) => draftOf(both, { witnesses });
  expect(said(named())).toEqual([]);
  expect(finish(named(` ${witness('w.example', 20)} `, '')).manifest.witnesses).toEqual({
    quorum: 0,
    keys: [witness('w.example', 20)],
  });
  const bad = 'The key of witness 1 is not right: copy the whole line that the witness has made public';
  const log = encodeVerifierKey(verifierKey('w.example', NOTE_SIGNATURE, publicOf(20)));
  for (const key of ['w.example', keyOf(20), log, witness('w.example', 20).replace('w.', 'v.')])
    expect(said(named(key))).toEqual([['witnesses[0]', bad]]);
  expect(said(named(witness('a.example', 20), witness('b.example', 20)))).toEqual([
    ['witnesses[1]', 'The key of witness 2 is there twice: everybody needs a key of their own'],
  ]);
  const keys = [witness('w.example', 20)];
  expect(said(draftOf(changeManifest(both, { witnesses: { quorum: 1, keys } })))).toEqual([
    ['witnesses-quorum', 'No witness is asked to sign yet, so let 0 of them have to sign'],
  ]);
});

test('counts of parts: fewer ballots than have to be counted together', () => {
  const parts = (min: number) => ({ requiredMin: 5, optional: { by: 'region', min, most: 9 } as const });
  expect(said(draftOf(changeManifest(both, { cells: parts(5) })))).toEqual([]);
  const draft = draftOf(changeManifest(both, { cells: parts(4) }));
  expect(said(draft)).toEqual([['parts-min', 'Show only parts with at least 5 ballots']]);
  expect(said(draft, french)).toEqual([['parts-min', 'Ne montrez que des parties d’au moins 5 bulletins']]);
});

test('places: nobody has one, and more at least than at most', () => {
  const given = giveEntitlement(both, 'delegates', true);
  const n = both.manifest.colleges.findIndex(({ id }) => id === 'delegates');
  expect(said(draftOf(given))).toEqual([]);
  expect(said(draftOf(changeEntitlement(given, 'delegates', { branches: null })))).toEqual([
    [`places-${n}`, `Say who has places in group ${n + 1}`],
  ]);
  const branches = { ...RATE, min: 3, max: 2 };
  expect(said(draftOf(changeEntitlement(given, 'delegates', { branches })))).toEqual([
    [`places-${n}`, `In group ${n + 1}, the fewest and the most places do not fit`],
  ]);
});
