/**
 * JSON that says something once for each of a list: 150 branch ballots from one description. A file has
 * `lists: {branches: ["elmford", …]}`; in a list `{"for": "branches", "item": …}` stands for one item for each, in an
 * object the key `for branches` for the keys of one object for each; in both `$` stands for the one in question.
 */
import { z } from 'zod';
import type { Json } from '../codec/canonical-json.ts';
import { id } from '../codec/fields.ts';
import { OfficerError } from './errors.ts';

const lists = z.record(id, z.array(id).min(1).max(10_000));
type Lists = z.infer<typeof lists>;

const item = z.strictObject({ for: z.string(), item: z.json() });
const KEY = /^for (.+)$/;

function listNamed(known: Lists, name: string): readonly string[] {
  const list = Object.hasOwn(known, name) ? known[name] : undefined;
  if (list === undefined) throw new OfficerError('bad-file', `there is no list ${name}`);
  return list;
}

function expand(value: Json, known: Lists, one: string): Json {
  if (typeof value === 'string') return value.replaceAll('$', one);
  if (Array.isArray(value)) return value.flatMap((inner) => expandItem(inner, known, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const name = KEY.exec(key)?.[1];
      if (name === undefined) return [[key.replaceAll('$', one), expand(inner, known, one)]];
      return listNamed(known, name).flatMap((each) => Object.entries(expand(inner, known, each) ?? {}));
    }),
  );
}

function expandItem(value: Json, known: Lists, one: string): Json[] {
  const repeated = item.safeParse(value);
  if (!repeated.success) return [expand(value, known, one)];
  return listNamed(known, repeated.data.for).map((each) => expand(repeated.data.item, known, each));
}

/** The same JSON without lists. @throws OfficerError for a list that is not there, or is none. */
export function expandLists(text: string, file: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OfficerError('bad-file', `${file} is not JSON`);
  }
  const parsed = z.looseObject({ lists: lists.default({}) }).safeParse(value);
  if (!parsed.success) throw new OfficerError('bad-file', `${file}: lists: not lists of ids`);
  const { lists: known, ...rest } = parsed.data;
  return expand(z.json().parse(rest), known, '$');
}
