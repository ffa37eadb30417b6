/** Where an outcome is not what a scenario expects; what it says nothing of may be anything. */

/** One of several values, where a lot decides. */
function alternativesOf(expected: object): readonly unknown[] | undefined {
  return 'oneOf' in expected && Array.isArray(expected.oneOf) ? expected.oneOf : undefined;
}

/** @param where what the values are called. */
export function compare(expected: unknown, actual: unknown, where: string): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return [`${where}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
    return expected.flatMap((one, i) => compare(one, actual[i], `${where}[${i}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    const alternatives = alternativesOf(expected);
    if (alternatives?.some((one) => compare(one, actual, where).length === 0)) return [];
    if (alternatives !== undefined) return [`${where}: ${JSON.stringify(actual)} is none of them`];
    if (typeof actual !== 'object' || actual === null) return [`${where}: missing`];
    const own = new Map(Object.entries(actual));
    return Object.entries(expected).flatMap(([key, value]) =>
      compare(value, own.get(key), `${where}.${key}`),
    );
  }
  return expected === actual
    ? []
    : [`${where}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

/** Some fields of a decision. */
interface Expected {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** @param expected a list of parts of decisions, each with its id. */
export function differences(expected: readonly Expected[], outcome: readonly unknown[]): string[] {
  const decisions = new Map(
    outcome.map((one) => [typeof one === 'object' && one !== null && 'id' in one ? one.id : undefined, one]),
  );
  return expected.flatMap((one) => compare(one, decisions.get(one.id), one.id));
}
