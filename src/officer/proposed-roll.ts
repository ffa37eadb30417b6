/** What a later membership file changes, as the registrar's service answers and as an officer reads it. */
import { z } from 'zod';
import { count, hash, id, positive, unixTime } from '../codec/fields.ts';
import { rollBody } from '../roll/roll-document.ts';

/** How many people and bodies a membership file has, and the day (Unix seconds) that it is of. */
export const rollNumbers = {
  frozen: unixTime,
  people: count,
  members: count,
  delegates: count,
  regions: count,
  branches: count,
  strands: count,
  affiliates: count,
};

/** Membership numbers. */
const persons = z.array(z.string()).readonly();

export const proposedRoll = z.strictObject({
  proposal: hash,
  base: positive,
  proposed: count,
  needsSecondOfficer: z.boolean(),
  ...rollNumbers,
  difference: z.strictObject({
    added: persons,
    lapsed: persons,
    moved: persons,
    contact: persons,
    strands: persons,
    role: persons,
    bodies: z
      .array(
        z.strictObject({
          body: id,
          kind: rollBody.shape.kind,
          before: count,
          after: count,
          added: count,
          movedIn: count,
          lapsed: count,
          movedOut: count,
          delegatesBefore: count,
          delegatesAfter: count,
          sizeBefore: count.nullable(),
          sizeAfter: count.nullable(),
        }),
      )
      .readonly(),
  }),
});
export type ProposedRoll = z.infer<typeof proposedRoll>;

const MOST_SHOWN = 20;
const KINDS = [
  ['added', 'added'],
  ['lapsed', 'lapsed'],
  ['moved', 'in another region or branch'],
  ['contact', 'with another name or address'],
  ['strands', 'in other strands'],
  ['role', 'with another role (delegate, weight, mandates, substitute)'],
] as const;

function bodyInWords(body: ProposedRoll['difference']['bodies'][number]): string {
  const { added, movedIn, lapsed, movedOut, delegatesBefore, delegatesAfter, sizeBefore, sizeAfter } = body;
  const moves = [
    [added, 'added'],
    [movedIn, 'moved in'],
    [lapsed, 'lapsed'],
    [movedOut, 'moved out'],
  ].flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`]));
  const members = moves.length === 0 ? [] : [`${body.before} → ${body.after} members (${moves.join(', ')})`];
  const delegates =
    delegatesBefore === delegatesAfter ? [] : [`${delegatesBefore} → ${delegatesAfter} delegates`];
  const size =
    sizeBefore === sizeAfter ? [] : [`size ${sizeBefore ?? 'unknown'} → ${sizeAfter ?? 'unknown'}`];
  return `  ${body.body}: ${[...members, ...delegates, ...size].join('; ')}`;
}

export function proposalInWords(roll: ProposedRoll): string {
  const { proposal, base, frozen, people, members, needsSecondOfficer, difference } = roll;
  const persons = KINDS.flatMap(([kind, words]) => {
    const numbers = difference[kind];
    if (numbers.length === 0) return [];
    const more = numbers.length > MOST_SHOWN ? ' …' : '';
    return [`${numbers.length} ${words}: ${numbers.slice(0, MOST_SHOWN).join(' ')}${more}`];
  });
  return [
    `Proposed in place of roll ${base}, as of ${new Date(1000 * frozen).toISOString()}: ${people} people, ${members} of them members.`,
    ...(persons.length === 0 ? ['Nobody is added, lapsed or changed.'] : persons),
    ...difference.bodies.map(bodyInWords),
    `Nothing is stored until ${needsSecondOfficer ? 'another officer' : 'an officer'} approves: teller registrar approve ${proposal}`,
  ].join('\n');
}
