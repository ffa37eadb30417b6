/** The trustee's page: makes a key before there is an election, and takes part in one (docs/scrutineers.md). */
import { connect, type News } from './connection.ts';
import { button, make, paragraph } from './elements.ts';
import type { Failure } from './failures.ts';
import { makingForm, openingForm, publicKey, restoringForm, savingButton } from './key-tasks.ts';
import type { Standing } from './session.ts';
import { headingFor, stepList, taskFor, voidedNotes } from './stage-tasks.ts';
import { sentenceFor, stepOf } from './stages.ts';

/** The address of the worker's script, set where this is bundled. */
declare const WORKER_PATH: string;

const root = document.querySelector<HTMLElement>('#trustee') ?? make('div');
const { election = '', keys: listed = '' } = root.dataset;
/** Of the election; empty where there is none yet. */
const trusteeKeys = listed === '' ? [] : listed.split(' ');

/** Said aloud by screen readers whenever it changes. */
const status = make('p', { role: 'status', class: 'status' });
const bar = make('progress', { 'aria-label': 'Recount', hidden: true });
const task = make('section', { class: 'task' });
const rest = make('div');

/** What is on the page, so that what has not changed is not made again under somebody's hands. */
let shown = '';
let openKey = '';

function say(sentence: string): void {
  if (status.textContent !== sentence) status.textContent = sentence;
}

/** Puts a task on the page. The focus goes to its heading if it was in the one before. */
function show(heading: string, ...content: readonly Node[]): void {
  const title = make('h2', { tabindex: -1 }, heading);
  const hadFocus = task.contains(document.activeElement);
  task.replaceChildren(title, ...content);
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
    say(news.done < news.total ? 'Recounting every ballot …' : 'Adding up …');
  }
}

function showStanding(standing: Standing): void {
  bar.hidden = true;
  say(sentenceFor(standing));
  const text = JSON.stringify(standing);
  if (text === shown) return;
  shown = text;
  show(
    headingFor(standing),
    ...voidedNotes(standing),
    ...taskFor(standing, { ask, key: openKey, election, goOn, lookNow }),
  );
  const { i, count, threshold } = standing;
  rest.replaceChildren(
    make('h2', {}, 'All steps'),
    paragraph(`You are trustee ${i} of ${count}; any ${threshold} can decrypt.`),
    stepList(stepOf(standing.stage)),
    make('h2', {}, 'Your key file'),
    paragraph('It is the one of this public key:'),
    publicKey(openKey),
    savingButton(ask, openKey, 'Save a copy'),
  );
}

function showTrouble({ kind, sentence, detail }: Failure): void {
  bar.hidden = true;
  if (kind === 'offline') return say(sentence);
  shown = '';
  say('');
  const alert = make('div', { role: 'alert', class: 'alert' }, paragraph(sentence));
  if (detail !== null) alert.append(make('p', {}, 'What was found: ', make('code', {}, detail)));
  show('Your browser has stopped', alert, paragraph(button('Try again', lookNow)));
}

/** While the browser works, and the person waits. */
function goOn(doing: string): void {
  shown = '';
  say(doing);
  show('One moment', paragraph('Keep this page open.'));
}

async function lookNow(): Promise<void> {
  say('Looking …');
  await ask('look');
}

async function open(key: string, passphrase: string): Promise<void> {
  await ask('open', key, passphrase, election);
  openKey = key;
  goOn('Your browser reads the record of the election, and checks it …');
}

function restoringSection(then: (key: string, passphrase: string) => Promise<void>): HTMLElement {
  return make(
    'details',
    {},
    make('summary', {}, 'I have a backup file'),
    restoringForm(ask, trusteeKeys, then),
  );
}

/** On the page of an election: the key file that the election lists, or a backup of it. */
async function showOpening(): Promise<void> {
  const here = await ask('keys');
  const own = here.filter((key) => trusteeKeys.includes(key));
  rest.replaceChildren(make('h2', {}, 'All steps'), stepList(0));
  if (own.length > 0) {
    show(
      'Open your key file',
      paragraph('Your key file is in this browser. Type its passphrase to go on where you were.'),
      openingForm(own, open),
      restoringSection(open),
    );
    return;
  }
  const other =
    here.length === 0
      ? 'There is no key file in this browser.'
      : 'There is a key file in this browser, but it is not that of a trustee of this election.';
  show(
    'Restore your key file',
    paragraph(
      `${other} If you made your key in another browser or on another machine, go on there, or restore your backup here.`,
    ),
    restoringForm(ask, trusteeKeys, open),
  );
}

/** On the page without an election. */
async function showKeys(): Promise<void> {
  const here = await ask('keys');
  if (here.length > 0) {
    const [title, which] =
      here.length === 1 ? ['Your public key', 'it'] : ['Your public keys', 'one that is new'];
    show(
      title,
      paragraph(
        `Give ${which} to the officer, in a way that shows that it comes from you. The officer puts it into the rules of the election and sends you the election’s address. Open that in this browser.`,
      ),
      ...here.map((key) => make('div', {}, publicKey(key), savingButton(ask, key, 'Save a copy'))),
      paragraph(
        'The copy is locked with your passphrase. Without key file and passphrase you cannot take part.',
      ),
    );
  } else {
    show(
      'Make your key',
      paragraph(
        'Trustees hold the key of an election together. No one of them can read a vote, and some of them may be lost. Your part stays in this browser, locked with a passphrase; it is never sent.',
      ),
      paragraph(
        'This page’s program comes from the server each time. Where much is at stake, most trustees should use the command line.',
      ),
      makingForm(ask, showKeys),
    );
  }
  rest.replaceChildren(
    ...(here.length === 0
      ? []
      : [make('details', {}, make('summary', {}, 'Make another key'), makingForm(ask, showKeys))]),
    restoringSection(showKeys),
  );
}

/** What this page cannot do without. */
function canRun(): boolean {
  return isSecureContext && 'indexedDB' in globalThis && 'locks' in navigator;
}

async function start(): Promise<void> {
  root.replaceChildren(status, bar, task, rest);
  if (!canRun()) {
    const why = 'This page needs a secure connection (https) and a browser of the last few years.';
    show('This browser cannot take part', paragraph(why));
    return;
  }
  await (election === '' ? showKeys() : showOpening());
}

start().catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  showTrouble({ kind: 'failure', sentence, detail: null });
});
