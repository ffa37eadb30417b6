/** Options that several commands have, and reading the small files that they name. */
import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { readOfficerKey } from '../api/config.ts';
import { hash } from '../codec/fields.ts';
import { CannotRun, messageOf } from './exit.ts';

/** For commander: an election is named by 43 symbols of base64url. */
export function electionName(text: string): string {
  if (hash.safeParse(text).success) return text;
  throw new InvalidArgumentError('An election is named by the 43 letters and digits of its manifest hash.');
}

/** For commander: a whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const n = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (n >= least && n <= most) return n;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
  };
}

/** For commander: an option that can be given several times. */
export function eachTime(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** For commander: a day (at midnight UTC) or a time with its zone. @returns Unix seconds. */
export function timeOf(text: string): number {
  const seconds = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Math.floor(Date.parse(text) / 1000)
    : Number.NaN;
  if (seconds >= 0) return seconds;
  throw new InvalidArgumentError('A day such as 2027-01-31, or a time such as 2027-01-31T18:00Z.');
}

export async function readSmallFile(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CannotRun(`cannot read ${what} ${file}: ${messageOf(error)}`);
  }
}

/** The bearer key that signs officers and registrars in: from a file, or from TELLER_OFFICER_KEY. */
export async function readBearerKey(keyFile: string | undefined): Promise<string> {
  const key =
    keyFile === undefined ? readOfficerKey() : (await readSmallFile(keyFile, 'the key file')).trim();
  if (key !== undefined && key !== '') return key;
  throw new CannotRun('this needs the key of the service: --key-file FILE, or TELLER_OFFICER_KEY');
}
