/** The registrar's routes as the desk uses them. What comes back passes a schema. */
import { z } from 'zod';
import { count, hash, id, positive, unixTime } from '../../../codec/fields.ts';
import { type ProposedRoll, proposedRoll } from '../../../officer/proposed-roll.ts';
import { rollEntry } from '../../../record/entries.ts';
import { rollBody } from '../../../roll/roll-document.ts';
import { Refused } from '../../member/island/requests.ts';
import { ask, send } from './requests.ts';

const numbers = z.looseObject({ frozen: unixTime, people: count, members: count, delegates: count });
export type RollNumbers = z.infer<typeof numbers>;

const roll = numbers.extend({ roll: positive });
export type LatestRoll = z.infer<typeof roll>;

const countedBodies = z.object({
  bodies: z.array(rollBody.extend({ members: count, delegates: count })),
});
export type CountedBody = z.infer<typeof countedBodies>['bodies'][number];

const issued = z.looseObject({
  election: hash,
  colleges: z.array(z.strictObject({ id, size: count })),
  exported: count.nullable(),
  deleted: count.nullable(),
});
export type Issued = z.infer<typeof issued>;

const handedOver = z.strictObject({ entry: rollEntry, blobs: z.array(z.string()) });

const fileProblems = z.looseObject({
  total: count,
  problems: z.array(
    z.looseObject({
      line: count.optional(),
      column: z.string().nullish(),
      code: z.string(),
      why: z.string(),
      also: count.optional(),
    }),
  ),
});
export type FileProblems = z.infer<typeof fileProblems>;
export type FileProblem = FileProblems['problems'][number];

/** Null where the service says that there is none, by this code. */
async function orNone<T>(code: string, asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused && error.code === code) return null;
    throw error;
  }
}

/** What is listed in the refusal of a file or a roll; null for any other error. */
export function problemsOf(error: unknown): FileProblems | null {
  const parsed = fileProblems.safeParse(error instanceof Refused ? error.document : null);
  return parsed.success ? parsed.data : null;
}

export async function readLatest(): Promise<LatestRoll | null> {
  const answer = z.object({ latest: roll.nullable() }).parse(await ask('GET', '/registrar/rolls'));
  return answer.latest;
}

export async function readBodies(latest: number): Promise<CountedBody[]> {
  return countedBodies.parse(await ask('GET', `/registrar/rolls/${latest}/bodies`)).bodies;
}

export async function readProposal(): Promise<ProposedRoll | null> {
  const answer = await orNone('unknown-proposal', ask('GET', '/registrar/proposal'));
  return answer === null ? null : proposedRoll.parse(answer);
}

/** A file, and the day whose members it has. */
export interface MembershipFile {
  readonly file: Blob;
  /** Unix seconds; null: now. */
  readonly frozen: number | null;
}

const sendFile = (path: string, { file, frozen }: MembershipFile): Promise<unknown> =>
  ask('POST', `${path}${frozen === null ? '' : `?frozen=${frozen}`}`, new Blob([file], { type: 'text/csv' }));

export async function checkFile(file: MembershipFile): Promise<RollNumbers> {
  return numbers.parse(await sendFile('/registrar/check', file));
}

export async function storeFile(file: MembershipFile): Promise<void> {
  await sendFile('/registrar/rolls', file);
}

export async function proposeFile(file: MembershipFile): Promise<void> {
  await sendFile('/registrar/proposal', file);
}

export async function approve(proposal: string): Promise<void> {
  await ask('POST', `/registrar/proposal/${proposal}/approval`, {});
}

export async function withdraw(proposal: string): Promise<void> {
  await ask('DELETE', `/registrar/proposal/${proposal}`);
}

export async function readIssued(election: string): Promise<Issued | null> {
  const answer = await orNone('not-issued', ask('GET', `/registrar/elections/${election}`));
  return answer === null ? null : issued.parse(answer);
}

export async function issueTokens(request: {
  readonly manifest: object;
  readonly roll: number;
  readonly colleges: readonly object[];
}): Promise<Issued> {
  return issued.parse(await ask('POST', '/registrar/elections', JSON.parse(JSON.stringify(request))));
}

/** The roll as the registrar signs it, handed to the ballot box. */
export async function handOver(
  election: string,
  seen: { readonly size: number; readonly root: string },
): Promise<void> {
  const signed = handedOver.parse(
    await ask('POST', `/registrar/elections/${election}/roll`, { seen: { ...seen } }),
  );
  await ask('POST', `/elections/${election}/entries`, JSON.parse(JSON.stringify(signed)));
}

/** The letters as CSV. The codes are in the answer's body, and in no address. */
export async function exportTokens(election: string, again: boolean, box: string): Promise<string> {
  const path = `/registrar/elections/${election}/tokens/export`;
  return await (await send('POST', path, { again, box })).text();
}

export async function deleteTokens(election: string): Promise<Issued> {
  return issued.parse(await ask('DELETE', `/registrar/elections/${election}/tokens`));
}
