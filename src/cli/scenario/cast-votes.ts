/** The ballots of a scenario: each voter encrypts, casts over HTTP and verifies the receipt, as from a booth. */
import { deriveCredential } from '../../ballot/credential.ts';
import { prepareBallot } from '../../ballot/prepare-ballot.ts';
import { parseToken } from '../../ballot/token.ts';
import { parseDocument } from '../../record/envelope.ts';
import { readBlob } from '../../record/record-source.ts';
import { type RollLine, rollDocument } from '../../roll/roll-document.ts';
import type { Letter } from '../demo/letters.ts';
import { CannotRun } from '../exit.ts';
import { type OpenElection, readOpenElection } from '../open-election.ts';
import { ServerClient } from '../server-client.ts';
import { findPlace, previousOf, sendBallot } from '../voter.ts';
import type { Votes } from './scenario-file.ts';

/** Requests under way at once. */
const UNDER_WAY = 16;

async function rollLines({ state, record }: OpenElection): Promise<readonly RollLine[]> {
  if (state.roll === null) throw new CannotRun('an opening without a roll');
  return parseDocument(rollDocument, await readBlob(record, state.roll.body.blob)).lines;
}

/** Each vote with the letter that it is cast with. @throws CannotRun where there are fewer people than votes. */
export function dealVotes(
  votes: readonly Votes[],
  letters: readonly Letter[],
): { readonly vote: Votes; readonly letter: Letter }[] {
  const left = Map.groupBy(letters, ({ person, college }) => `${person.replace(/-[0-9]+$/, '')} ${college}`);
  return votes.flatMap((vote) => {
    const own = left.get(`${vote.by} ${vote.college}`)?.splice(0, vote.n) ?? [];
    if (own.length < vote.n)
      throw new CannotRun(
        `votes: ${vote.n} of ${vote.by} in ${vote.college}, but only ${own.length} are left`,
      );
    return own.map((letter) => ({ vote, letter }));
  });
}

/** @param onCast is given the number of ballots that have a receipt. @returns how many were cast. */
export async function castVotes(
  address: string,
  election: string,
  votes: readonly Votes[],
  letters: readonly Letter[],
  onCast: (cast: number) => void,
): Promise<number> {
  const server = new ServerClient(address);
  const open = await readOpenElection(server, election);
  const weights = new Map((await rollLines(open)).map(({ P, weight }) => [P, weight]));
  const dealt = dealVotes(votes, letters);
  const queue = dealt[Symbol.iterator]();
  let cast = 0;
  const booth = async (): Promise<void> => {
    for (const { vote, letter } of queue) {
      const token = parseToken(letter.token);
      const credential = deriveCredential(token, election, letter.college);
      const onRoll = weights.get(credential.P);
      // A substitute's place is the delegate's, and the first ballot follows on the replacement.
      const { weight, voter, head } =
        onRoll === undefined
          ? await findPlace(server, open.context, token)
          : { weight: onRoll, voter: letter.voter, head: null };
      const { bytes } = prepareBallot({
        context: open.context,
        college: letter.college,
        weight,
        credential,
        prev: previousOf(head),
        choices: vote.choices,
      });
      await sendBallot(server, open.context, { credential, voter }, bytes);
      onCast(++cast);
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, booth));
  return cast;
}
