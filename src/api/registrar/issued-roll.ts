/** From people and credentials to the roll of an election (docs/protocol.md §4.2). The manifest has been checked. */

import { type Bytes, fromBase64Url } from '../../crypto/bytes.ts';
import type { EntryOf } from '../../record/entries.ts';
import { buildRoll, type RegisteredVoter } from '../../roll/build-roll.ts';
import type { CollegeSource, Membership, Voter } from '../../roll/membership.ts';
import type { RollDocument } from '../../roll/roll-document.ts';
import { type CellProblem, cellProblems, cellsOf } from '../../tally/cells.ts';
import { type RollRuleProblem, rollRuleProblems } from '../../tally/rules-on-roll.ts';
import { Problem } from '../problem.ts';
import type { Holder } from './draw-credentials.ts';
import type { IssuedCredential } from './store/registrar-store.ts';
import type { FrozenMembership } from './store/roll-rows.ts';

const nameOf = ({ college, person }: Holder): string => `${college}/${person}`;

/** @throws Problem `bad-field` unless there is one source for each college of the manifest, of bodies that exist. */
export function checkSources(
  sources: readonly CollegeSource[],
  { body }: EntryOf<'manifest'>,
  { bodies }: Membership,
): void {
  for (const [i, { college, body: of }] of sources.entries()) {
    const field = `colleges[${i}]`;
    if (!body.colleges.some(({ id }) => id === college))
      throw new Problem('bad-field', {
        field: `${field}.college`,
        detail: 'the manifest has no such college',
      });
    if (sources.findIndex((source) => source.college === college) !== i)
      throw new Problem('bad-field', { field: `${field}.college`, detail: 'is there already' });
    if (of !== null && !bodies.some(({ id }) => id === of))
      throw new Problem('bad-field', { field: `${field}.body`, detail: 'the roll has no such body' });
  }
  const missing = body.colleges.find(({ id }) => !sources.some(({ college }) => college === id));
  if (missing)
    throw new Problem('bad-field', { field: 'colleges', detail: `nothing for college ${missing.id}` });
}

/** The roll of an election, from the people of each college and their credentials. */
export function rollOf(
  election: string,
  { body }: EntryOf<'manifest'>,
  { frozen, bodies }: FrozenMembership,
  voters: readonly Voter[],
  issued: readonly IssuedCredential[],
): RollDocument {
  const keys = new Map(issued.map((credential) => [nameOf(credential), credential.P]));
  const keyOf = (college: string, person: string): Bytes => {
    const P = keys.get(nameOf({ college, person }));
    if (P === undefined) throw new Error(`no credential in ${college} for a person on the roll`);
    return fromBase64Url(P);
  };
  const registered = voters.map(
    (voter): RegisteredVoter => ({
      ...voter,
      P: keyOf(voter.college, voter.person),
      substitutes: voter.substitutes.map(({ person, name }) => ({ P: keyOf(voter.college, person), name })),
    }),
  );
  return buildRoll(election, body, { frozen, bodies }, registered);
}

/** Whom a token is issued to: the voters and those who may be put in their place. */
export function holdersOf(voters: readonly Voter[]): Holder[] {
  return voters.flatMap(({ person, college, substitutes }) =>
    [person, ...substitutes.map((substitute) => substitute.person)].map((holder) => ({
      person: holder,
      college,
    })),
  );
}

/** The opening would refuse secret cells that are too small or too heavy: better to know before tokens are sent. */
export function badCells(
  { body }: EntryOf<'manifest'>,
  { lines }: RollDocument,
): (CellProblem | RollRuleProblem)[] {
  const cells = cellsOf(body, lines);
  return [...cellProblems(body, cells), ...rollRuleProblems(body, cells)];
}

/** The voter number of each public key: its line's place on the roll, and of a substitute that of the delegate. */
export function voterNumbers({ lines }: RollDocument): Map<string, number> {
  return new Map(
    lines.flatMap(({ P, substitutes }, i) =>
      [P, ...substitutes.map((one) => one.P)].map((key) => [key, i + 1]),
    ),
  );
}
