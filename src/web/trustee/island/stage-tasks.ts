/** What a trustee sees, and has to do, at each stage of an election. */
import { firstDifference } from './compare-words.ts';
import { type Ask, Refusal } from './connection.ts';
import { button, make, paragraph } from './elements.ts';
import { chosenFile, fileField, form, textField } from './forms.ts';
import { savingButton } from './key-tasks.ts';
import type { Standing } from './session.ts';
import { isCeremony, STEPS, stepOf } from './stages.ts';

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
  const typed = textField('The words, as another trustee reads them to you');
  return [
    paragraph(
      'Telephone the other trustees, or meet them. Read these twelve words to each other: everybody must have the same words in the same order. Then you know that all of you made the same key, and nobody stands between you.',
    ),
    wordList(words),
    form([typed], ['Compare', 'Comparing …'], async () => {
      if (await ask('compareWords', typed.input.value))
        return goOn('Your browser signs that you confirm the key …');
      throw Refusal.saying(
        `${firstDifference(typed.input.value, words)} If that is a slip, mend it. If the other trustee really reads something else, do not go on: somebody was shown another ceremony. Tell the other trustees and the officer, who has to void this attempt.`,
      );
    }),
  ];
}

function backupTask({ ask, key, goOn }: Surroundings): Node[] {
  const file = fileField('Then choose the file that you saved');
  return [
    paragraph(
      'If this machine fails, the backup and your passphrase are all that can take your place. Save it where this machine is not: on a memory stick, say.',
    ),
    savingButton(ask, key, 'Save the backup'),
    form([file], ['Check the backup, then confirm', 'Checking …'], async () => {
      await ask('proveBackup', await chosenFile(file));
      goOn('The backup is proved. Your browser confirms the key …');
    }),
  ];
}

function recountTask({ ask, goOn }: Surroundings): Node[] {
  return [
    paragraph(
      'When you press the button, your browser reads every ballot of the record, checks every proof, and counts, all still encrypted. If its tally is the published one, it signs your agreement. As soon as enough trustees agree, it decrypts the totals, and nothing else.',
    ),
    paragraph('This can take some minutes. Keep the page open.'),
    form([], ['Recount, and agree if it is right', 'Recounting …'], async () => {
      await ask('recount');
      goOn('The recount begins …');
    }),
  ];
}

const COME_BACK = 'You may close this page and come back later with your passphrase.';
const STAY =
  'Keep this page open: your browser answers by itself as the others come in. If it is closed, open it again later. Nothing is lost.';

/** The words, for trustees who still compare. */
function wordsAgain(words: readonly string[] | null): Node[] {
  if (words === null) return [];
  return [make('details', {}, make('summary', {}, 'The words of this key'), wordList(words))];
}

function waitingTask({ stage, words, complaint }: Standing, { election, lookNow }: Surroundings): Node[] {
  if (stage === 'done') {
    return [
      paragraph(make('a', { href: `/elections/${election}` }, 'The result, and how to check it')),
      paragraph('Keep your backup until the officer says that nobody can dispute the result any more.'),
    ];
  }
  if (stage === 'void') {
    if (complaint === null) return [];
    return [paragraph(`Trustee ${complaint.blamed} is to blame: ${complaint.why}.`)];
  }
  if (stage === 'agreement') {
    return [paragraph('Keep this page open: your browser decrypts as soon as enough trustees agree.')];
  }
  if (stepOf(stage) === stepOf('join')) return [paragraph(STAY)];
  return [
    paragraph(COME_BACK),
    paragraph(button('Look now', lookNow)),
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
  if (stage === 'done') return 'Done';
  const step = STEPS[stepOf(stage)] ?? '';
  return attempt > 1 && isCeremony(stage) ? `${step}, attempt ${attempt}` : step;
}

/** What became of the attempts before this one, while the key is being made. */
export function voidedNotes({ stage, voided }: Standing): HTMLElement[] {
  if (!isCeremony(stage)) return [];
  return voided.map(({ attempt, reason }) =>
    make(
      'p',
      { class: 'note' },
      `Attempt ${attempt} was voided, and all trustees begin again with new secrets; your browser makes yours. The officer’s reason: “${reason}”`,
    ),
  );
}

/** All steps, with where this trustee is. */
export function stepList(current: number): HTMLElement {
  const items = STEPS.map((title, at) => {
    const [kind, mark] =
      at < current ? ['done', 'Done'] : at === current ? ['now', 'Now'] : ['later', 'Later'];
    return make(
      'li',
      { class: kind, ...(at === current ? { 'aria-current': 'step' } : {}) },
      make('span', {}, title),
      ' ',
      make('span', { class: 'mark' }, mark),
    );
  });
  return make('ol', { class: 'steps' }, ...items);
}
