/** When what happens: published, opens, closes and how far that was put off, declared, disputes until. */
import { html } from 'hono/html';
import { actsOf } from '../record/acts.ts';
import { timeOf } from '../record/moments.ts';
import type { Html } from './layout.ts';
import type { PublishedElection } from './published-election.ts';
import { timeTag } from './tables.ts';
import type { Catalogue } from './texts/languages.ts';

interface Line {
  readonly what: string;
  /** Null where it is not known yet; then the note says what is. */
  readonly time: number | null;
  readonly note: string;
}

/** With extensions, what it was before them. */
function closingLine({ observer, format }: Catalogue, { state, summary, manifest }: PublishedElection): Line {
  const { timetable: own } = observer;
  const { closes, extension } = manifest.times;
  if (closes === null || summary.closes === null)
    return { what: own.closes, time: null, note: state.closing === null ? own.byOfficer : '' };
  const times = actsOf(state, 'extension').length;
  const notes = [
    ...(times === 0 ? [] : [own.putOff(format.moment(closes), summary.closes - closes, times)]),
    ...(extension === 0 || state.closing !== null ? [] : [own.mayBePutOff(extension)]),
  ];
  return { what: own.closes, time: summary.closes, note: notes.join(' ') };
}

function linesOf(words: Catalogue, election: PublishedElection): Line[] {
  const { timetable: own } = words.observer;
  const { state, moments, manifest, summary } = election;
  const came = (place: { readonly index: number } | null | undefined): number | null =>
    place ? timeOf(moments, place.index) : null;
  const line = (what: string, time: number | null, note = ''): Line => ({ what, time, note });
  const published = line(own.published, came({ index: 0 }), own.publishedText(manifest.times.notice));
  const [abandonment] = actsOf(state, 'abandonment');
  if (abandonment !== undefined) return [published, line(own.abandoned, came(abandonment))];
  const declared = came(state.result);
  const { disputes } = manifest.times;
  const until = declared === null ? null : declared + disputes;
  return [
    published,
    line(own.opens, summary.opens),
    ...(state.closing !== null && summary.closes === null ? [] : [closingLine(words, election)]),
    ...(state.closing === null ? [] : [line(own.closed, came(state.closing))]),
    line(own.declared, declared, state.result === null ? own.notYet : ''),
    disputes === 0
      ? line(own.disputes, null, own.noDisputes)
      : line(own.disputes, until, until === null ? own.disputesAfter(disputes) : ''),
  ];
}

/** @param now null in a copy, which knows no today. */
export function timetableSection(words: Catalogue, election: PublishedElection, now: number | null): Html {
  const { timetable: own } = words.observer;
  const lines = linesOf(words, election);
  const next = lines.find(({ time }) => time !== null && now !== null && time > now);
  const rows = lines.map((line) => {
    const { what, time, note } = line;
    const mark =
      now === null || time === null
        ? ''
        : line === next
          ? html` <strong class="badge">${own.next}</strong>`
          : time <= now
            ? html` <small class="past">${own.past}</small>`
            : '';
    const when = time === null ? (note === '' ? own.unknown : '') : timeTag(words.format, time);
    return html`<li><strong>${what}</strong>${mark}<br>${when}${note === '' || when === '' ? '' : html`<br>`}${note}</li>`;
  });
  return html`<section><h2>${own.title}</h2><ol class="timetable">${rows}</ol><p><small>${own.clock}</small></p></section>`;
}
