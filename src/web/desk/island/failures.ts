/** What went wrong, in a sentence for the officer. */
import { Refused, Unreachable } from '../../member/island/requests.ts';
import type { Words } from './words.ts';

const textOf = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

export function failureInWords(error: unknown, { key: { requests } }: Words): string {
  if (error instanceof Unreachable) return requests.unreachable;
  if (error instanceof Refused) {
    if (error.code === 'not-signed-in') return requests.signedOut;
    const { title, field, detail } = error.document;
    const said = [...textOf(title), ...textOf(field), ...textOf(detail)].join(': ');
    return requests.known[error.code] ?? `${requests.refused} ${said}`;
  }
  return error instanceof Error ? error.message : String(error);
}
