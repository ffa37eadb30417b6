/**
 * A scenario: one or more whole elections, with invented people, made-up ballots and what must come of them. Each is a
 * folder in `examples/`; docs/examples.md describes the files.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { count, firstProblem, id, positive } from '../../codec/fields.ts';
import { type ElectionTemplate, parseTemplate } from '../../officer/election-template.ts';
import { expandLists } from '../../officer/repeated-json.ts';
import { CannotRun } from '../exit.ts';
import { readSmallFile } from '../options.ts';

export const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** `n` people who are alike: their columns of the membership file, but for what tells them apart. */
const people = z.strictObject({
  as: id,
  n: positive.max(100_000),
  columns: z.record(z.string(), z.string()),
});
export type People = z.infer<typeof people>;

/** What a member wants in one contest; which form belongs to which shape: docs/examples.md. */
const choice = z.union([z.array(id), z.record(id, count), z.literal('blank')]);

/** The next `n` of some people who have not voted in the college yet. */
const votes = z.strictObject({
  by: id,
  college: id,
  n: positive,
  choices: z.record(id, choice),
});
export type Votes = z.infer<typeof votes>;

const election = z.strictObject({
  /** By this word later elections of the scenario link to it. */
  id,
  /** File of the template, in the scenario's folder. */
  template: z.string(),
  roll: z.array(people).min(1),
  /** For each college, whom it is made of, as `teller registrar issue --college` takes it. */
  colleges: z.record(id, z.string()),
  /** Delegates who do not come, and who votes in their place, once voting is open: persons of the membership file. */
  substitutes: z.array(z.strictObject({ of: z.string(), college: id, by: z.string() })).default([]),
  votes: z.array(votes),
  /** Acts of the officer, as `teller officer act` takes them, and when. */
  acts: z
    .array(
      z.strictObject({
        when: z.enum(['setup', 'open', 'decrypted', 'declared']),
        act: z.looseObject({ kind: z.string() }),
      }),
    )
    .default([]),
  /** How often it is recounted, each time by a process of its own. */
  recounts: positive.default(1),
  /** A part of the outcome that must be in it. */
  expect: z.array(z.looseObject({ id })).min(1),
  /** The counts of all cells, of bodies too, in order: nothing else may be published. */
  expectCounts: z.array(z.looseObject({ cell: z.string() })).optional(),
  /** Votes on the record, by contest, the whole college first, then its bodies; with who kept to the mandate. */
  expectTotals: z.array(z.looseObject({ contest: id })).optional(),
});
export type ScenarioElection = z.infer<typeof election> & { readonly filled: ElectionTemplate };

const scenario = z.strictObject({
  title: z.string().min(1),
  about: z.string().min(1),
  elections: z.array(election).min(1),
});

export interface Scenario extends Omit<z.infer<typeof scenario>, 'elections'> {
  readonly name: string;
  readonly elections: readonly ScenarioElection[];
}

/** The names of all scenarios, sorted. */
export async function scenarioNames(folder = EXAMPLES): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @throws CannotRun for a scenario that is not there, with the names of those that are, or with the field at fault. */
export async function readScenario(name: string, folder = EXAMPLES): Promise<Scenario> {
  const names = await scenarioNames(folder);
  if (!names.includes(name)) throw new CannotRun(`no scenario ${name}; there are ${names.join(', ')}`);
  const file = join(folder, name, 'scenario.json');
  const parsed = scenario.safeParse(expandLists(await readSmallFile(file, 'the scenario'), file));
  if (!parsed.success) {
    const { path, message } = firstProblem(parsed.error);
    throw new CannotRun(`${file}: ${path}: ${message}`);
  }
  const elections = await Promise.all(
    parsed.data.elections.map(async (one) => {
      const place = join(folder, name, one.template);
      return { ...one, filled: parseTemplate(await readSmallFile(place, 'the template'), place) };
    }),
  );
  return { ...parsed.data, name, elections };
}
