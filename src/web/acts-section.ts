/** What officers have put on record beside the election's course, and the recounts of observers, as they happened. */
import { html } from 'hono/html';
import { type ActOf, actsOf, type PlacedAct } from '../record/acts.ts';
import { filedIn } from '../record/dispute.ts';
import type { Act } from '../record/entries.ts';
import { timeOf } from '../record/moments.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { motionTitle } from './rules-in-words.ts';
import { head, numberHead, table, timeTag } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';
import { type Titles, visible } from './texts/titles.ts';

interface Telling {
  readonly words: Catalogue;
  readonly election: PublishedElection;
  readonly titles: Titles;
}

const said = (text: string): Html => html`<p class="said">${visible(text)}</p>`;

function whose({ words, election }: Telling, { index, officer }: PlacedAct): Html {
  const time = timeOf(election.moments, index);
  const { entry } = words.observer.acts;
  return html`<small>${entry(index, officer, time === null ? null : words.format.moment(time))}</small>`;
}

function answersTo(telling: Telling, index: number): Html[] {
  const { acts: own } = telling.words.observer;
  const answers = actsOf(telling.election.state, 'answer').filter(({ act }) => act.dispute === index);
  if (answers.length === 0) return [html`<p>${own.unanswered}</p>`];
  return answers.map(
    (answer) =>
      html`<div class="answer"><h4>${own.answer}</h4>${said(answer.act.text)}${whose(telling, answer)}</div>`,
  );
}

function disputeInWords(telling: Telling, { text, index }: ActOf<'dispute'>, entry: number): Html {
  const { words } = telling;
  const own = words.observer.acts;
  const filed = filedIn(text);
  const subject = filed === null ? '' : html`<p>${words.disputes.about[filed.about]}</p>`;
  const name =
    filed === null
      ? ''
      : html`<p><small>${words.disputes.list.file}: <code class="long">${filed.name}</code></small></p>`;
  return html`<h3>${own.dispute}</h3>${index === null ? '' : html`<p>${own.about(index)}</p>`}${subject}${said(filed?.text ?? text)}${name}${answersTo(telling, entry)}`;
}

/** Null of an answer, which stands under its dispute. */
function actInWords(telling: Telling, act: Act, index: number): Html | null {
  const { words, election, titles } = telling;
  const own = words.observer.acts;
  switch (act.kind) {
    case 'extension':
      return html`<h3>${own.extension(words.format.moment(act.closes))}</h3>`;
    case 'abandonment':
      return html`<h3>${own.abandonment}</h3>${said(act.reason)}`;
    case 'incident':
      return html`<h3>${own.incident}</h3>${said(act.text)}`;
    case 'dispute':
      return disputeInWords(telling, act, index);
    case 'answer':
      return null;
    case 'casting-vote': {
      const rule = motionTitle(act.rule, election.manifest.rules, titles);
      const college = act.college === null ? null : titles.college(act.college);
      return html`<h3>${own.castingVote(rule, college, act.vote === 'for')}</h3>`;
    }
    case 'lot-commitment':
      return html`<h3>${own.lotCommitment}</h3>`;
    case 'lot-reveal':
      return html`<h3>${own.lotReveal}</h3>`;
  }
}

export function actsSection(words: Catalogue, election: PublishedElection, titles: Titles): Html {
  const { acts: own } = words.observer;
  const { state, manifest } = election;
  const telling = { words, election, titles };
  const items = state.acts.flatMap((placed) => {
    const told = actInWords(telling, placed.act, placed.index);
    return told === null ? [] : [html`<li id="entry-${placed.index}">${told}${whose(telling, placed)}</li>`];
  });
  return html`<section><h2>${own.title}</h2>
${items.length === 0 ? html`<p>${own.none}</p>` : html`<ol class="acts">${items}</ol>`}
<p>${own.replacements(state.replacements.size, manifest.caps.replacements)}</p>
</section>`;
}

function certificatesTable({ observer, format }: Catalogue, { state, moments }: PublishedElection): Html {
  const { certificates: own } = observer;
  const rows = state.certificates.map(({ index, observer: place, body }) => {
    const time = timeOf(moments, index);
    return html`<tr>
<th scope="row">${own.whoIs(place)}<small>${time === null ? '' : timeTag(format, time)}</small></th>
<td>${body.ok ? own.agrees : html`<strong>${own.differs}</strong>`}</td>
<td class="number">${format.number(body.size)}</td>
<td><code class="long">${body.root}</code></td>
</tr>`;
  });
  return table(own.caption, [head(own.who), head(own.verdict), numberHead(own.what), head(own.root)], rows);
}

export function certificatesSection(words: Catalogue, election: PublishedElection): Html {
  const { certificates: own } = words.observer;
  const { observers } = election.manifest.roles;
  const some = election.state.certificates.length > 0;
  return html`<section><h2>${own.title}</h2>
<p>${observers.length === 0 ? own.nobody : own.named(observers.length)}</p>
${some ? certificatesTable(words, election) : observers.length === 0 ? '' : html`<p>${own.none}</p>`}
${some ? html`<p>${own.unproved}</p>` : ''}
</section>`;
}
