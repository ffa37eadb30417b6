/** What the service tells of an election beside its record. It is hostile: what is used of it passes a schema. */
import { z } from 'zod';
import { count, hash, positive, unixTime } from '../../../../codec/fields.ts';
import { DISPUTE_SUBJECTS } from '../../../../record/dispute.ts';
import { entry, replacementEntry } from '../../../../record/entries.ts';
import { receipt } from '../../../../record/receipt.ts';
import { Refused, Unreachable } from '../../../member/island/requests.ts';
import { ask, type Method } from '../requests.ts';

const summary = z.looseObject({
  phase: z.string(),
  size: count,
  published: unixTime,
  colleges: z.array(z.looseObject({ id: z.string(), roll: count, voted: count })),
});
export type Summary = z.infer<typeof summary>;

const turnout = z.object({
  bodies: z.array(z.object({ college: z.string(), body: z.string(), roll: count, voted: count })),
});
export type BodyTurnout = z.infer<typeof turnout>['bodies'];

const answered = z.array(z.object({ index: count, text: z.string() }));

const disputeList = z.object({
  until: unixTime.nullable(),
  isOver: z.boolean(),
  open: count,
  filed: z.array(
    z.object({
      name: hash,
      filed: unixTime,
      about: z.enum(DISPUTE_SUBJECTS),
      text: z.string(),
      voter: positive.nullable(),
      finding: z.enum(['none', 'holds', 'contradicts', 'incomplete', 'foreign']),
      state: z.enum(['filed', 'entered', 'answered']),
      entered: count.nullable(),
      answers: answered,
      act: z.object({ kind: z.literal('dispute'), text: z.string(), index: count.nullable() }),
    }),
  ),
  others: z.array(z.object({ index: count, text: z.string(), answers: answered })),
});
export type DisputeList = z.infer<typeof disputeList>;
export type FiledDispute = DisputeList['filed'][number];

const tallyState = z.object({ state: z.enum(['none', 'running', 'done', 'failed']), done: count, of: count });
export type TallyState = z.infer<typeof tallyState>;

const issued = z.object({ exported: count.nullable(), deleted: count.nullable() });
export type Tokens = 'none' | 'issued' | 'exported' | 'deleted';

const signedReplacement = z.object({ entry: replacementEntry, token: z.string().nullable() });

async function question<T>(
  schema: z.ZodType<T>,
  method: Method,
  path: string,
  body?: Parameters<typeof ask>[2],
): Promise<T> {
  const { success, data } = schema.safeParse(await ask(method, path, body));
  if (!success) throw new Unreachable(`${path} answers with something else than expected`);
  return data;
}

const at = (election: string, path = ''): string => `/elections/${election}${path}`;

export const readSummary = (election: string): Promise<Summary> => question(summary, 'GET', at(election));

export const readTurnout = async (election: string): Promise<BodyTurnout> =>
  (await question(turnout, 'GET', at(election, '/turnout'))).bodies;

export const readDisputes = (election: string): Promise<DisputeList> =>
  question(disputeList, 'GET', at(election, '/disputes'));

export const readTally = (election: string): Promise<TallyState> =>
  question(tallyState, 'GET', at(election, '/tally'));

export const startTally = (election: string): Promise<TallyState> =>
  question(tallyState, 'POST', at(election, '/tally'));

export async function closeVoting(election: string): Promise<void> {
  await question(receipt, 'POST', at(election, '/close'));
}

/** Where the registrar of this service has got with the tokens; null where that is somebody else's. */
export async function readTokens(election: string): Promise<Tokens | null> {
  try {
    const { exported, deleted } = await question(issued, 'GET', `/registrar/elections/${election}`);
    return deleted !== null ? 'deleted' : exported !== null ? 'exported' : 'issued';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === 'not-signed-in') throw error;
    return error.code === 'not-issued' ? 'none' : null;
  }
}

type ReplacementRequest = Readonly<{
  person: string;
  college: string;
  substitute: string | null;
  ctx: string;
  seen: { size: number; root: string };
  old: string | null;
}>;

/** The registrar's part of a replacement, and the new token. */
export const askReplacement = (
  election: string,
  request: ReplacementRequest,
): Promise<z.infer<typeof signedReplacement>> =>
  question(signedReplacement, 'POST', `/registrar/elections/${election}/replacements`, { ...request });

const proposed = z.object({ proposal: hash, officer: positive, expires: unixTime, entry });
export type Proposed = z.infer<typeof proposed>;

const proposals = z.object({ proposals: z.array(proposed) });

/** What one officer has signed, and waits for a second. */
export const readProposals = async (election: string): Promise<Proposed[]> =>
  (await question(proposals, 'GET', at(election, '/proposals'))).proposals;

type Body = Exclude<Parameters<typeof ask>[2], undefined>;

export async function propose(election: string, submission: Body): Promise<void> {
  await question(proposed, 'POST', at(election, '/proposals'), submission);
}

export const enterProposed = (
  election: string,
  proposal: string,
  signature: { readonly i: number; readonly sig: string },
): Promise<z.infer<typeof receipt>> =>
  question(receipt, 'POST', at(election, `/proposals/${proposal}/signature`), { ...signature });

export async function withdrawProposed(election: string, proposal: string): Promise<void> {
  await question(proposals, 'DELETE', at(election, `/proposals/${proposal}`));
}

/** The receipt of an entry; null if the log has it not. */
export async function readReceipt(election: string, leaf: string): Promise<z.infer<typeof receipt> | null> {
  try {
    return await question(receipt, 'GET', at(election, `/receipts/${leaf}`));
  } catch (error) {
    if (error instanceof Refused && error.code === 'unknown-entry') return null;
    throw error;
  }
}

/** Hands in an entry with its blobs, base64url. The same bytes again change nothing. */
export const submit = (election: string, submission: Body): Promise<z.infer<typeof receipt>> =>
  question(receipt, 'POST', at(election, '/entries'), submission);
