/** A whole recount in Chromium, as the page for observers does it. */
import type { Effort } from './effort.ts';
import type { Finding } from './figure.ts';

// biome-ignore lint: to come
export async function* browser(_effort: Effort): AsyncGenerator<Finding> {
  yield { name: 'browser', skipped: 'to come' };
}
