/**
 * What the record's schemas use of zod, in a tenth of its size: bundles for members' devices have this in its place
 * (islands.ts). It judges as zod does (test/web/schema.test.ts); what it says of a fault is for programs. What a schema
 * uses beyond this fails when the bundle is made.
 */

type Path = readonly (string | number)[];

interface Issue {
  readonly code: 'invalid' | 'unrecognized_keys';
  readonly path: Path;
  readonly message: string;
  readonly keys?: readonly string[];
}

type Judge = (value: unknown, path: Path) => Issue | null;

const fault = (path: Path, message: string): Issue => ({ code: 'invalid', path, message });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

class Schema {
  readonly judge: Judge;
  /** The key of an object that has it may be missing. */
  readonly isOptional: boolean;

  constructor(judge: Judge, isOptional = false) {
    this.judge = judge;
    this.isOptional = isOptional;
  }

  safeParse(value: unknown) {
    const issue = this.judge(value, []);
    return issue === null ? { success: true, data: value } : { success: false, error: { issues: [issue] } };
  }

  /** This, and what a further judge says. */
  #and(isFine: (value: unknown) => boolean, message: string): Schema {
    return new Schema(
      (value, path) => this.judge(value, path) ?? (isFine(value) ? null : fault(path, message)),
    );
  }

  refine(isFine: (value: never) => boolean, message = 'not allowed'): Schema {
    return this.#and(isFine as (value: unknown) => boolean, message);
  }

  /** Of a number, a text or a list. */
  min(least: number): Schema {
    return this.#and((value) => sizeOf(value) >= least, `below ${least}`);
  }

  max(most: number): Schema {
    return this.#and((value) => sizeOf(value) <= most, `above ${most}`);
  }

  length(size: number, message = `not ${size} long`): Schema {
    return this.#and((value) => sizeOf(value) === size, message);
  }

  regex(form: RegExp, message = 'another form'): Schema {
    return this.#and((value) => form.test(value as string), message);
  }

  nullable(): Schema {
    return new Schema((value, path) => (value === null ? null : this.judge(value, path)));
  }
}

function sizeOf(value: unknown): number {
  return typeof value === 'number' ? value : (value as string | readonly unknown[]).length;
}

const basic = (isFine: (value: unknown) => boolean, message: string): Schema =>
  new Schema((value, path) => (isFine(value) ? null : fault(path, message)));

export const string = (): Schema => basic((value) => typeof value === 'string', 'not a text');
export const boolean = (): Schema => basic((value) => typeof value === 'boolean', 'neither true nor false');
export const int = (): Schema => basic((value) => Number.isSafeInteger(value), 'not an integer');
export { nothing as null };

const nothing = (): Schema => basic((value) => value === null, 'not null');

export function literal(only: unknown, message = `not ${String(only)}`): Schema {
  return basic((value) => value === only, message);
}

export { oneOf as enum };

function oneOf(values: readonly string[]): Schema {
  return basic((value) => values.includes(value as string), `none of ${values.join(', ')}`);
}

export function array(element: Schema): Schema {
  return new Schema((value, path) => {
    if (!Array.isArray(value)) return fault(path, 'not a list');
    return first(value.map((item: unknown, i) => () => element.judge(item, [...path, i])));
  });
}

export function record(key: Schema, element: Schema): Schema {
  return new Schema((value, path) => {
    if (!isObject(value)) return fault(path, 'not an object');
    const entries = Object.entries(value);
    return first(
      entries.map(
        ([name, item]) =>
          () =>
            key.judge(name, [...path, name]) ?? element.judge(item, [...path, name]),
      ),
    );
  });
}

type Shape = Readonly<Record<string, Schema>>;

class ObjectSchema extends Schema {
  readonly shape: Shape;

  constructor(shape: Shape) {
    super((value, path) => judgeObject(shape, value, path));
    this.shape = shape;
  }
}

function judgeObject(shape: Shape, value: unknown, path: Path): Issue | null {
  if (!isObject(value)) return fault(path, 'not an object');
  const keys = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
  const unknown: Issue = { code: 'unrecognized_keys', path, message: 'unknown', keys };
  const own = Object.entries(shape).map(([key, schema]) => () => {
    const isThere = Object.hasOwn(value, key);
    if (!isThere && schema.isOptional) return null;
    return schema.judge(isThere ? value[key] : undefined, [...path, key]);
  });
  return first([...own, () => (keys.length > 0 ? unknown : null)]);
}

/** Of a key that may be missing, but never undefined. */
export const exactOptional = ({ judge }: Schema): Schema => new Schema(judge, true);

export const strictObject = (shape: Shape): ObjectSchema => new ObjectSchema(shape);

/** By the literal that each has under the key. */
export function discriminatedUnion(key: string, options: readonly Schema[]): Schema {
  return new Schema((value, path) => {
    if (!isObject(value)) return fault(path, 'not an object');
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    const chosen = options.find((option) => {
      const { shape } = option as ObjectSchema;
      return shape[key]?.judge(own, []) === null;
    });
    return chosen?.judge(value, path) ?? (chosen === undefined ? fault([...path, key], 'unknown') : null);
  });
}

/** The first fault that there is. */
function first(judges: readonly (() => Issue | null)[]): Issue | null {
  for (const judge of judges) {
    const issue = judge();
    if (issue !== null) return issue;
  }
  return null;
}
