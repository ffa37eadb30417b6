/** Tables that scroll where a page would be too wide. */
import { html } from 'hono/html';
import type { Html } from './layout.ts';

export const head = (text: string): Html => html`<th scope="col">${text}</th>`;
export const numberHead = (text: string): Html => html`<th scope="col" class="number">${text}</th>`;

export function table(caption: string, heads: readonly Html[], rows: readonly Html[]): Html {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

/** A time as the page's language writes it, and as programs read it. */
export function timeTag(format: { moment(seconds: number): string }, seconds: number): Html {
  return html`<time datetime="${new Date(seconds * 1000).toISOString()}">${format.moment(seconds)}</time>`;
}
