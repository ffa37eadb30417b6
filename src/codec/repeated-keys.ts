/**
 * Keys that stand twice in an object of a JSON text: JSON.parse takes the last one, other readers the first (RFC 8259
 * §4), so that who checks a text and who uses it could read two. The text is hostile.
 */
import type { FieldProblem } from './fields.ts';

/** Deeper, and with more keys, than anything that is ever read. */
const MOST_DEPTH = 100;
const MOST_KEYS = 1000;

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
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
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

/** What is wrong with a key that comes next in an object, if anything is. */
function faultOf(keys: Set<string>, key: string): string | null {
  if (keys.has(key)) return 'stands twice';
  if (keys.size === MOST_KEYS) return 'stands beside too many others';
  keys.add(key);
  return null;
}

/** The first key that stands twice in its object, or what is too deep or too wide; null in any other text, JSON or not. */
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
      if (inner !== undefined && inner.keys !== null && isKey(text, end)) {
        inner.at = spelt(text.slice(i, end));
        const message = faultOf(inner.keys, inner.at);
        if (message !== null) return { path: pathOf(open), message };
      }
      i = end - 1;
    }
    if (open.length > MOST_DEPTH) return { path: '', message: 'nested too deeply' };
  }
  return null;
}
