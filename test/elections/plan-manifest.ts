/** The manifest of a planned election, its texts, and its witnesses. */

import { sha256 } from '@noble/hashes/sha2.js';
import type { Contest, DecisionRule, ManifestBody, TextsDocument } from '../../src/ballot/manifest.ts';
import { hashMotion } from '../../src/ballot/texts.ts';
import { addCosignature } from '../../src/board/cosignature.ts';
import { COSIGNATURE, encodeVerifierKey, NOTE_SIGNATURE, verifierKey } from '../../src/board/note.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { type Bytes, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { publicKeyOf } from '../../src/crypto/ed25519.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { type ElectionPlan, keyOf, keyOfSigner } from './election-plan.ts';

const publicKey = (seed: string, name: string): string => toBase64Url(publicKeyOf(keyOf(seed, name)));

const witnessName = (i: number): string => `witness-${i}.example.org`;

const mergedOf = (shape: Contest['shape']): string[] =>
  shape.kind === 'support' ? shape.merged.map(({ id }) => id) : [];

export function textsOf({ colleges, contests, seed, labels = {} }: ElectionPlan): TextsDocument {
  const titles = new Map(Object.entries(labels));
  return {
    v: 1,
    lang: 'en',
    title: `Election ${seed}`,
    intro: 'Made for tests.',
    colleges: Object.fromEntries(colleges.map(({ id }) => [id, `College ${id}`])),
    contests: Object.fromEntries(
      contests.map(({ id, options, shape }) => [
        id,
        {
          title: `Contest ${id}`,
          text: '',
          options: Object.fromEntries(
            [...options, ...mergedOf(shape)].map((option) => [option, titles.get(option) ?? option]),
          ),
        },
      ]),
    ),
  };
}

/** `linked`: the names of the elections of the plan's links. */
export function manifestBodyOf(plan: ElectionPlan, linked: readonly string[]): ManifestBody {
  const { seed, witnesses } = plan;
  const origin = `teller.example.org/log/${toBase64Url(sha256(toUtf8(seed)).slice(0, 18))}`;
  const trustees = plan.trustees === undefined ? { threshold: 2, count: 3, agreements: 2 } : plan.trustees;
  return {
    kind: 'rehearsal',
    suite: 'ristretto255-SHA512',
    origin,
    log: encodeVerifierKey(verifierKey(origin, NOTE_SIGNATURE, publicKeyOf(keyOf(seed, 'log')))),
    texts: [{ lang: 'en', blob: nameBlob(encodeCanonical(textsOf(plan))) }],
    roles: {
      officers: Array.from({ length: plan.officers ?? (plan.second ? 2 : 1) }, (_, at) =>
        toBase64Url(publicKeyOf(keyOfSigner(seed, { role: 'officer', i: at + 1 }))),
      ),
      registrars: [publicKey(seed, 'registrar')],
      boxes: [publicKey(seed, 'box')],
      observers: [],
      ...(plan.second ? { second: plan.second } : {}),
    },
    trustees: trustees && {
      ...trustees,
      keys: Array.from({ length: trustees.count }, (_, at) => publicKey(seed, `trustee-${at + 1}`)),
    },
    issuers: 1,
    colleges: [...plan.colleges],
    contests: [...plan.contests],
    cells: { requiredMin: 3, optional: null },
    roll: { mergeBelow: 3 },
    rules: plan.rules.map((rule) => ratifying(rule, plan, linked)),
    revoting: true,
    times: { notice: 0, opens: 1_800_000_000, closes: null, grace: 0, extension: 0, disputes: 1_209_600 },
    witnesses: {
      quorum: witnesses?.quorum ?? 0,
      keys: Array.from({ length: witnesses?.count ?? 0 }, (_, at) =>
        encodeVerifierKey(
          verifierKey(witnessName(at + 1), COSIGNATURE, publicKeyOf(keyOf(seed, witnessName(at + 1)))),
        ),
      ),
    },
    booth: [],
    links: (plan.links ?? []).map(({ relation, rule }, at) => ({
      relation,
      manifest: linked[at] ?? '',
      rule,
    })),
    caps: { replacements: 0 },
    features: [],
    ...plan.manifest,
  };
}

/** A rule that ratifies names the plan's link, from 0, in place of its hash, and no text. */
function ratifying(rule: DecisionRule, plan: ElectionPlan, linked: readonly string[]): DecisionRule {
  if (rule.kind !== 'ratify') return rule;
  const own = plan.rules.find(({ id }) => id === rule.own);
  const text = own?.kind === 'motion' ? hashMotion(textsOf(plan), own.contest) : null;
  return { ...rule, link: linked[Number(rule.link)] ?? '', text: text ?? '' };
}

/** The note with the cosignatures of all witnesses of the plan. */
export function cosigned(
  plan: ElectionPlan,
  note: Bytes,
  at: number,
  count = plan.witnesses?.count ?? 0,
): Bytes {
  return Array.from({ length: count }, (_, i) => witnessName(i + 1)).reduce(
    (cosigned, name) => addCosignature(cosigned, name, keyOf(plan.seed, name), at),
    note,
  );
}
