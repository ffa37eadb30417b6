/** The trustee's page: makes a key before there is an election, and takes part in one (docs/scrutineers.md). */
import { connect, type News } from './connection.ts';
import { button, make, paragraph } from './elements.ts';
import type { Failure } from './failures.ts';
import { makingForm, openingForm, publicKey, restoringForm, savingButton } from './key-tasks.ts';
import type { Standing } from './session.ts';
import { headingFor, stepList, taskFor, voidedNotes } from './stage-tasks.ts';
import { sentenceFor, stepOf } from './stages.ts';
import { texts } from './texts.ts';

const { page: t } = texts;

/** The address of the worker's script, set where this is bundled. */
declare const WORKER_PATH: string;

const root = document.querySelector<HTMLElement>('#trustee') ?? make('div');
const { election = '', keys: listed = '' } = root.dataset;
/** Of the election; empty where there is none yet. */
const trusteeKeys = listed === '' ? [] : listed.split(' ');

/** Said aloud by screen readers whenever it changes. */
const status = make('p', { role: 'status', class: 'status' });
const bar = make('progress', { 'aria-label': t.recount, hidden: true });
const task = make('section', { class: 'task' });
const rest = make('div');

/** What is on the page, so that what has not changed is not made again under somebody's hands. */
let shown = '';
let openKey = '';

function say(sentence: string): void {
  if (status.textContent !== sentence) status.textContent = sentence;
}

/** Puts a task on the page, and what is below it. The focus goes to its heading if it was in what is taken away. */
function show(heading: string, content: readonly Node[], below?: readonly Node[]): void {
  const title = make('h2', { tabindex: -1 }, heading);
  const { activeElement: focused } = document;
  const hadFocus = task.contains(focused) || (below !== undefined && rest.contains(focused));
  task.replaceChildren(title, ...content);
  if (below !== undefined) rest.replaceChildren(...below);
  if (hadFocus) title.focus();
}

const ask = connect(WORKER_PATH, onNews);

function onNews(news: News): void {
  if (news.kind === 'standing') showStanding(news.standing);
  else if (news.kind === 'trouble') showTrouble(news.failure);
  else {
    bar.hidden = false;
    bar.max = news.total;
    bar.value = news.done;
    say(news.done < news.total ? t.recounting : t.addingUp);
  }
}

function showStanding(standing: Standing): void {
  bar.hidden = true;
  say(sentenceFor(standing));
  const text = JSON.stringify(standing);
  if (text === shown) return;
  shown = text;
  const { i, count, threshold } = standing;
  show(
    headingFor(standing),
    [...voidedNotes(standing), ...taskFor(standing, { ask, key: openKey, election, goOn, lookNow })],
    [
      make('h2', {}, t.allSteps),
      paragraph(t.you(i, count, threshold)),
      stepList(stepOf(standing.stage)),
      make('h2', {}, t.yourFile),
      paragraph(t.yourFileText),
      publicKey(openKey),
      savingButton(ask, openKey, t.saveCopy),
    ],
  );
}

function showTrouble({ kind, sentence, detail }: Failure): void {
  bar.hidden = true;
  if (kind === 'offline') return say(sentence);
  shown = '';
  say('');
  const alert = make('div', { role: 'alert', class: 'alert' }, paragraph(sentence));
  if (detail !== null) alert.append(make('p', {}, `${t.found} `, make('code', {}, detail)));
  show(t.stopped, [alert, paragraph(button(t.tryAgain, lookNow))]);
}

/** While the browser works, and the person waits. */
function goOn(doing: string): void {
  shown = '';
  say(doing);
  show(t.moment, [paragraph(t.keepOpen)]);
}

async function lookNow(): Promise<void> {
  say(t.looking);
  await ask('look');
}

async function open(key: string, passphrase: string): Promise<void> {
  await ask('open', key, passphrase, election);
  openKey = key;
  goOn(t.reading);
}

function restoringSection(then: (key: string, passphrase: string) => Promise<void>): HTMLElement {
  return make('details', {}, make('summary', {}, t.haveBackup), restoringForm(ask, trusteeKeys, then));
}

/** On the page of an election: the key file that the election lists, or a backup of it. */
async function showOpening(): Promise<void> {
  const here = await ask('keys');
  const own = here.filter((key) => trusteeKeys.includes(key));
  const steps = [make('h2', {}, t.allSteps), stepList(0)];
  if (own.length > 0) {
    show(t.open, [paragraph(t.openText), openingForm(own, open), restoringSection(open)], steps);
    return;
  }
  const other = here.length === 0 ? t.noFile : t.otherFile;
  show(t.restore, [paragraph(t.restoreText(other)), restoringForm(ask, trusteeKeys, open)], steps);
}

/** On the page without an election. */
async function showKeys(): Promise<void> {
  const here = await ask('keys');
  const restoring = restoringSection(showKeys);
  if (here.length === 0) {
    const making = makingForm(ask, showKeys);
    show(t.make, [paragraph(t.makeText), paragraph(t.makeCaution), making], [restoring]);
    return;
  }
  const [title, give] = here.length === 1 ? [t.oneKey, t.giveOne] : [t.manyKeys, t.giveMany];
  const keys = here.map((key) => make('div', {}, publicKey(key), savingButton(ask, key, t.saveCopy)));
  const another = make('details', {}, make('summary', {}, t.makeAnother), makingForm(ask, showKeys));
  show(title, [paragraph(give), ...keys, paragraph(t.lockedCopy)], [another, restoring]);
}

/** What this page cannot do without. */
function canRun(): boolean {
  return isSecureContext && 'indexedDB' in globalThis && 'locks' in navigator;
}

async function start(): Promise<void> {
  root.replaceChildren(status, bar, task, rest);
  if (!canRun()) {
    show(t.cannot, [paragraph(t.cannotText)]);
    return;
  }
  await (election === '' ? showKeys() : showOpening());
}

start().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  showTrouble({ kind: 'failure', sentence, detail: null });
});
