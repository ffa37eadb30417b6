/** The registrar's file for the mail merge, as the post would deliver it. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const letter = z.object({
  person: z.string(),
  name: z.string(),
  college: z.string(),
  voter: z.coerce.number().int().positive(),
  token: z.string(),
});
export type Letter = z.infer<typeof letter>;

export async function readLetters(file: string): Promise<Letter[]> {
  const rows: unknown = parse(await readFile(file), { columns: true, bom: true });
  return z.array(letter).parse(rows);
}

/** Nobody votes with these letters: the first of each college is the intruder's, who keeps trying. */
export function intrudersLetters(letters: readonly Letter[]): Letter[] {
  const colleges = [...new Set(letters.map(({ college }) => college))];
  return colleges.flatMap((college) => letters.find((one) => one.college === college) ?? []);
}
