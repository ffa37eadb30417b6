/**
 * `teller registrar delegates`: rows for the membership file from an election that chose delegates, recounted first
 * (docs/roll-csv.md). The registrar adds who the people are; the roll then names the election that chose each.
 */
import { writeFile } from 'node:fs/promises';
import type { ManifestBody, TextsDocument } from '../ballot/manifest.ts';
import type { Outcome } from '../record/outcome-document.ts';
import { readPublishedTexts } from '../record/published-texts.ts';
import { chosenDelegates, type DeclaredSeats } from '../roll/chosen-delegates.ts';
import { readRepresented } from '../roll/membership-columns.ts';
import { encodeCsvCell } from '../roll/membership-csv.ts';
import { verifyRecord } from '../tally/verify/verify-record.ts';
import { CannotRun, CheckedFalse, messageOf } from './exit.ts';
import { openSource } from './sources.ts';
import { printable } from './verify.ts';

export interface DelegatesOptions {
  readonly election: string;
  /** `contest=kind:body`. */
  readonly of: readonly string[];
  readonly json?: true;
}

/** `elmford-delegates=branch:elmford`, by contest. @throws CannotRun. */
function readBodies(of: readonly string[]): Map<string, string> {
  const bodies = new Map<string, string>();
  for (const text of of) {
    const [contest = '', body = '', ...more] = text.split('=');
    if (readRepresented(body) === null || more.length > 0)
      throw new CannotRun(`--of ${text}: it is CONTEST=branch:BODY, or region, strand or affiliate`);
    if (bodies.has(contest)) throw new CannotRun(`--of ${text}: ${contest} is there already`);
    bodies.set(contest, body);
  }
  return bodies;
}

/** The seats of every contest that is given a body. @throws CannotRun for a contest that elected nobody by seats. */
function declaredSeats(
  election: string,
  bodies: ReadonlyMap<string, string>,
  { rules }: ManifestBody,
  outcome: Outcome,
  texts: TextsDocument,
): DeclaredSeats[] {
  return [...bodies].map(([contest, body]) => {
    const rule = rules.find((one) => one.kind === 'seats' && one.contest === contest);
    const decision = outcome.find(({ id }) => id === rule?.id);
    if (decision?.kind !== 'seats') throw new CannotRun(`--of: no seats were filled in ${contest}`);
    const { elected, unfilled } = decision;
    return { election, contest, body, elected, unfilled, titles: texts.contests[contest]?.options ?? {} };
  });
}

export async function writeDelegates(from: string, file: string, options: DelegatesOptions): Promise<void> {
  const bodies = readBodies(options.of);
  const source = await openSource(from);
  const { ok, result, manifest } = await verifyRecord(source, { anchor: { manifest: options.election } });
  if (!ok || manifest === null)
    throw new CheckedFalse('the record does not pass, or is of another election: see teller verify');
  if (result === null) throw new CannotRun('nothing is declared yet');
  const texts = await readPublishedTexts(source, manifest);
  const { delegates, vacancies } = chosenDelegates(
    declaredSeats(options.election, bodies, manifest, result.outcome, texts),
  );
  const rows = delegates.map(({ body, name, chosen: { contest, option, election } }) =>
    [printable(name), body, `${contest}/${option}/${election}`].map(encodeCsvCell).join(','),
  );
  try {
    await writeFile(file, `${['name,delegate_of,chosen', ...rows].join('\n')}\n`, { flag: 'wx' });
  } catch (error) {
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  }
  const lines = [
    `${delegates.length} delegates are in ${file}.`,
    ...vacancies.map(
      ({ body, seats }) => `${body}: ${seats} ${seats === 1 ? 'seat is' : 'seats are'} vacant`,
    ),
  ];
  const answer = { delegates: delegates.length, vacancies };
  process.stdout.write(`${options.json ? JSON.stringify(answer) : lines.join('\n')}\n`);
}
