/** What a trustee sees, and has to do, at each stage of an election. */
import { firstDifference } from './compare-words.ts';
import { type Ask, Refusal } from './connection.ts';
import { button, make, paragraph } from './elements.ts';
import { chosenFile, fileField, form, textField } from './forms.ts';
import { savingButton } from './key-tasks.ts';
import type { Standing } from './session.ts';
import { isCeremony, STEPS, stepOf } from './stages.ts';
import { texts } from './texts.ts';

const { tasks: t } = texts;

function wordList(words: readonly string[]): HTMLElement {
  return make('ol', { class: 'words' }, ...words.map((word) => make('li', {}, word)));
}

export interface Surroundings {
  readonly ask: Ask;
  /** The trustee's public key. */
  readonly key: string;
  readonly election: string;
  /** Called when the person has done their part, and the browser goes on. */
  readonly goOn: (doing: string) => void;
  readonly lookNow: () => Promise<void>;
}

function wordsTask({ ask, goOn }: Surroundings, words: readonly string[]): Node[] {
  const typed = textField(texts.words.label);
  return [
    paragraph(texts.words.text),
    wordList(words),
    form([typed], [texts.words.compare, texts.words.comparing], async () => {
      if (await ask('compareWords', typed.input.value)) return goOn(texts.words.same);
      throw Refusal.saying(texts.words.differ(firstDifference(typed.input.value, words)));
    }),
  ];
}

function backupTask({ ask, key, goOn }: Surroundings): Node[] {
  const file = fileField(t.backupFile);
  return [
    paragraph(t.backup),
    savingButton(ask, key, t.saveBackup),
    form([file], [t.checkBackup, t.checking], async () => {
      await ask('proveBackup', await chosenFile(file));
      goOn(t.proved);
    }),
  ];
}

function recountTask({ ask, goOn }: Surroundings): Node[] {
  return [
    paragraph(t.recount),
    paragraph(t.minutes),
    form([], [t.recountNow, t.recounting], async () => {
      await ask('recount');
      goOn(t.begins);
    }),
  ];
}

/** The words, for trustees who still compare. */
function wordsAgain(words: readonly string[] | null): Node[] {
  if (words === null) return [];
  return [make('details', {}, make('summary', {}, texts.words.again), wordList(words))];
}

function waitingTask({ stage, words, complaint }: Standing, { election, lookNow }: Surroundings): Node[] {
  if (stage === 'done') {
    return [paragraph(make('a', { href: `/elections/${election}` }, t.result)), paragraph(t.keepBackup)];
  }
  if (stage === 'void') {
    if (complaint === null) return [];
    return [paragraph(t.blamed(complaint.blamed, complaint.why))];
  }
  if (stage === 'agreement') {
    return [paragraph(t.decrypts)];
  }
  if (stepOf(stage) === stepOf('join')) return [paragraph(t.stay)];
  return [
    paragraph(t.comeBack),
    paragraph(button(t.lookNow, lookNow)),
    ...(stage === 'confirm' || stage === 'opening' ? wordsAgain(words) : []),
  ];
}

/** What to do now, below its heading. */
export function taskFor(standing: Standing, surroundings: Surroundings): Node[] {
  if (standing.stage === 'words') return wordsTask(surroundings, standing.words ?? []);
  if (standing.stage === 'backup') return backupTask(surroundings);
  if (standing.stage === 'recount') return recountTask(surroundings);
  return waitingTask(standing, surroundings);
}

/** The heading of a stage. */
export function headingFor({ stage, attempt }: Standing): string {
  if (stage === 'done') return t.finished;
  const step = STEPS[stepOf(stage)] ?? '';
  return attempt > 1 && isCeremony(stage) ? t.attempt(step, attempt) : step;
}

/** What became of the attempts before this one, while the key is being made. */
export function voidedNotes({ stage, voided }: Standing): HTMLElement[] {
  if (!isCeremony(stage)) return [];
  return voided.map(({ attempt, reason }) => make('p', { class: 'note' }, t.voided(attempt, reason)));
}

/** All steps, with where this trustee is. */
export function stepList(current: number): HTMLElement {
  const items = STEPS.map((title, at) => {
    const kind = at < current ? 'done' : at === current ? 'now' : 'later';
    return make(
      'li',
      { class: kind, ...(at === current ? { 'aria-current': 'step' } : {}) },
      make('span', {}, title),
      ' ',
      make('span', { class: 'mark' }, t.marks[kind]),
    );
  });
  return make('ol', { class: 'steps' }, ...items);
}
