/**
 * What a voter keeps: the ballots sent under one credential and their receipts. It holds no choice and no secret;
 * a ballot is remembered, on disk, before it is sent.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { element, firstProblem, hash, positive } from '../codec/fields.ts';
import { receipt } from '../record/receipt.ts';
import { CannotRun } from './exit.ts';

const memory = z.strictObject({
  v: z.literal(1),
  election: hash,
  voter: positive,
  college: z.string(),
  P: element,
  /** In the order in which they were sent. A ballot without a receipt may have arrived or not. */
  ballots: z.array(z.strictObject({ leaf: hash, receipt: receipt.nullable() })),
});
export type BallotMemory = z.infer<typeof memory>;

export function memoryFile(
  folder: string,
  { election, voter }: Pick<BallotMemory, 'election' | 'voter'>,
): string {
  return join(folder, `${election}-${voter}.json`);
}

/** What is remembered of this voter; the given one, without ballots, if nothing is. */
export async function readMemory(
  folder: string,
  fresh: Omit<BallotMemory, 'v' | 'ballots'>,
): Promise<BallotMemory> {
  const file = memoryFile(folder, fresh);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { v: 1, ...fresh, ballots: [] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CannotRun(`${file} is damaged: not JSON`);
  }
  const parsed = memory.safeParse(value);
  if (!parsed.success) throw new CannotRun(`${file} is damaged: ${firstProblem(parsed.error).path}`);
  if (parsed.data.P !== fresh.P) throw new CannotRun(`${file} is of another token`);
  return parsed.data;
}

/** On disk when it resolves; after a crash the old or the new one. */
export async function writeMemory(folder: string, kept: BallotMemory): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = memoryFile(folder, kept);
  const partial = await open(`${file}.partial`, 'w', 0o600);
  try {
    await partial.writeFile(`${JSON.stringify(kept)}\n`);
    await partial.sync();
  } finally {
    await partial.close();
  }
  await rename(`${file}.partial`, file);
}
