/** What is missing of a draft as a sentence each, and the field that it is about. */
import type { DraftProblem } from '../../../officer/election-draft.ts';
import type { UnfinishedDraft } from '../../../officer/unfinished-draft.ts';
import type { Fault } from '../../member/island/screen.tsx';
import type { DeskDraftTexts } from '../../texts/en/desk-draft.ts';

const SECONDS_A_DAY = 86_400;

type Said = (parts: readonly string[], draft: UnfinishedDraft, code: string) => string;

/** From 1, by its place in the election. */
function placeOf({ election }: UnfinishedDraft, contest: string): number {
  return election.manifest.contests.findIndex(({ id }) => id === contest) + 1;
}

function optionPlace({ election }: UnfinishedDraft, contest: string, option: string): number {
  const own = election.manifest.contests.find(({ id }) => id === contest);
  return (own?.options.indexOf(option) ?? 0) + 1;
}

/** The language is named where there are several. */
function inLanguage(t: DeskDraftTexts, sentence: string, draft: UnfinishedDraft, at: string): string {
  const { texts } = draft.election;
  const lang = texts[Number(at)]?.lang ?? '';
  return texts.length < 2 ? sentence : t.missing.inLanguage(sentence, t.languages[lang] ?? lang);
}

/** Fields of problems, their sentences, and the ids of the fields where the officer mends them. */
function sentences(
  t: DeskDraftTexts,
): readonly (readonly [RegExp, Said, ((parts: readonly string[]) => string)?])[] {
  const { missing: own } = t;
  return [
    [/^texts\[(\d+)\]\.title$/, ([at = ''], draft) => inLanguage(t, own.electionTitle, draft, at)],
    [/^texts\[(\d+)\]\.intro$/, ([at = ''], draft) => inLanguage(t, own.longIntro, draft, at)],
    [/^texts\[\d+\]\.people\.officer/, () => own.officerName, () => 'officer-name'],
    [
      /^texts\[\d+\]\.people\.trustees\[(\d+)\]/,
      ([i]) => own.trusteeName(Number(i) + 1),
      ([i]) => `trustees[${i}]-name`,
    ],
    [
      /^texts\[(\d+)\]\.colleges\.(.+)$/,
      ([at = '', id], draft) => {
        const n = draft.election.manifest.colleges.findIndex((college) => college.id === id) + 1;
        return inLanguage(t, own.college(n), draft, at);
      },
    ],
    [
      /^texts\[(\d+)\]\.contests\.([^.]+)\.title$/,
      ([at = '', id = ''], draft) => inLanguage(t, own.question(placeOf(draft, id)), draft, at),
    ],
    [
      /^texts\[(\d+)\]\.contests\.([^.]+)\.text$/,
      ([at = '', id = ''], draft) => inLanguage(t, own.longText(placeOf(draft, id)), draft, at),
    ],
    [
      /^texts\[(\d+)\]\.contests\.([^.]+)\.options\.(.+)$/,
      ([at = '', id = '', option = ''], draft) =>
        inLanguage(t, own.option(optionPlace(draft, id, option), placeOf(draft, id)), draft, at),
    ],
    [
      /^manifest\.colleges\[(\d+)\]\.entitlement\.branches$/,
      ([i]) => own.noPlaces(Number(i) + 1),
      ([i]) => `places-${i}`,
    ],
    [
      /^manifest\.colleges\[(\d+)\]\.entitlement\.(?!branches$)/,
      ([i]) => own.places(Number(i) + 1),
      ([i]) => `places-${i}`,
    ],
    [
      /^manifest\.cells\.optional\.min$/,
      (_, draft) => own.partsMin(draft.election.manifest.cells.requiredMin),
      () => 'parts-min',
    ],
    [/^manifest\.cells\.optional$/, () => own.partsUnused, () => 'parts'],
    [
      /^opens$/,
      (_, draft, code) =>
        code === 'missing'
          ? own.opens
          : own.tooSoon(Math.ceil(draft.election.manifest.times.notice / SECONDS_A_DAY)),
    ],
    [/^manifest\.times\.closes$/, () => own.closes, () => 'closes'],
    [/^manifest\.times\.notice$/, () => own.notice, () => 'notice'],
    [
      /^keys\[(\d+)\]$/,
      ([i], _, code) => (code === 'missing' ? own.trusteeKey : own.trusteeBadKey)(Number(i) + 1),
    ],
    [
      /^manifest\.trustees\.keys\[(\d+)\]$/,
      ([i], _, code) => (code === 'duplicate' ? own.trusteeTwice : own.trusteeBadKey)(Number(i) + 1),
      ([i]) => `keys[${i}]`,
    ],
    [/^manifest\.trustees\.(threshold|count)$/, () => own.threshold, () => 'threshold'],
    [/^manifest\.trustees\.agreements$/, () => own.agreements, () => 'agreements'],
    [/^officers\[(\d+)\]$/, ([i]) => own.officerKey(Number(i) + 1)],
    [/^manifest\.roles\.officers/, () => own.officerTwice, () => 'officers[0]'],
    [/^manifest\.roles\.second$/, () => own.secondOfficer, () => 'second'],
    [/^observers\[(\d+)\]$/, ([i]) => own.observerKey(Number(i) + 1)],
    [
      /^manifest\.roles\.observers\[(\d+)\]$/,
      ([i]) => own.observerTwice(Number(i) + 1),
      ([i]) => `observers[${i}]`,
    ],
    [/^witnesses\[(\d+)\]$/, ([i]) => own.witnessKey(Number(i) + 1)],
    [/^manifest\.witnesses\.quorum$/, () => own.witnessQuorum, () => 'witnesses-quorum'],
    [
      /^manifest\.witnesses\.keys\[(\d+)\]$/,
      ([i]) => own.witnessTwice(Number(i) + 1),
      ([i]) => `witnesses[${i}]`,
    ],
    [/^elections\.(.+)$/, ([word = '']) => own.earlier(word)],
    [
      /^manifest\.contests\[(\d+)\]\.(?:shape|options)/,
      ([i]) => own.choose(Number(i) + 1),
      ([i]) => `contest-${i}`,
    ],
    [/^key$/, () => own.key, () => 'signing-key'],
  ];
}

/** One sentence for each thing that is missing. */
export function faultsOf(
  problems: readonly DraftProblem[],
  draft: UnfinishedDraft,
  t: DeskDraftTexts,
): Fault[] {
  const known = sentences(t);
  // In the order of the page, which is that of the sentences.
  const faults = [
    ...known.flatMap(([form, said, where]) =>
      problems.flatMap(({ field, code }): Fault[] => {
        const parts = form.exec(field)?.slice(1);
        if (parts === undefined) return [];
        return [{ field: where?.(parts) ?? field, text: said(parts, draft, code) }];
      }),
    ),
    ...problems
      .filter(({ field }) => !known.some(([form]) => form.test(field)))
      .map(({ field, why }): Fault => ({ field: 'preview', text: t.missing.other(field, why) })),
  ];
  return faults.filter(({ text }, i) => faults.findIndex((fault) => fault.text === text) === i);
}
