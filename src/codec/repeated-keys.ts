/**
 * Keys that stand twice in an object of a JSON text: JSON.parse takes the last one, other readers the first (RFC 8259
 * §4), so that who checks a text and who uses it could read two. The text is hostile.
 */
import type { FieldProblem } from './fields.ts';

/** Deeper than anything that is ever read. */
const MOST_DEPTH = 100;

/** An object or a list that is not closed yet, and where in it the text is. */
interface Open {
  /** Null in a list. */
  readonly keys: Set<string> | null;
  at: string | number;
}

function pathOf(open: readonly Open[]): string {
  return open
    .map(({ keys, at }) => (keys === null ? `[${at}]` : `.${at}`))
    .join('')
    .replace(/^\./, '');
}

/** Where the string that begins at a place ends: behind its quotation mark. */
function endOfString(text: string, start: number): number {
  for (let end = start + 1; ; end += 1) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

/** A string as it is meant, however it is spelt. */
function spelt(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

const COLON = /[ \t\n\r]*:/y;

function isKey(text: string, end: number): boolean {
  COLON.lastIndex = end;
  return COLON.test(text);
}

/** Whether the key is in the object already; then it is where the text is. */
function isAgain(object: Open, key: string): boolean {
  object.at = key;
  if (object.keys?.has(key)) return true;
  object.keys?.add(key);
  return false;
}

/** The first key that stands twice in its object, or what is nested too deeply; null in any other text, JSON or not. */
export function repeatedKey(text: string): FieldProblem | null {
  const open: Open[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    const inner = open.at(-1);
    if (sign === '{') open.push({ keys: new Set(), at: '' });
    else if (sign === '[') open.push({ keys: null, at: 0 });
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',' && typeof inner?.at === 'number') inner.at += 1;
    else if (sign === '"') {
      const end = endOfString(text, i);
      const isOne = inner !== undefined && inner.keys !== null && isKey(text, end);
      if (isOne && isAgain(inner, spelt(text.slice(i, end)))) {
        return { path: pathOf(open), message: 'stands twice' };
      }
      i = end - 1;
    }
    if (open.length > MOST_DEPTH) return { path: '', message: 'nested too deeply' };
  }
  return null;
}
