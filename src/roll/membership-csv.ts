/** A membership as the CSV file that `teller` imports (docs/roll-csv.md), RFC 4180. */
import type { Membership, Person } from './membership.ts';
import { MEMBERSHIP_COLUMNS, type MembershipCells } from './membership-columns.ts';
import type { RollBody } from './roll-document.ts';

/** The cells of a person's row. */
export function membershipCells(entry: Person, bodies: ReadonlyMap<string, RollBody>): MembershipCells {
  const represented = entry.represents === null ? undefined : bodies.get(entry.represents);
  const { chosen } = entry;
  return {
    person: entry.person,
    name: entry.name,
    contact: entry.contact,
    member: entry.member ? 'yes' : 'no',
    region: entry.region ?? '',
    branch: entry.branch ?? '',
    strands: entry.strands.join(' '),
    delegate_of: represented === undefined ? '' : `${represented.kind}:${represented.id}`,
    affiliate_size: represented?.size?.toString() ?? '',
    weight: entry.weight === 1 ? '' : String(entry.weight),
    chosen: chosen === null ? '' : `${chosen.contest}/${chosen.option}/${chosen.election}`,
    mandates: (entry.mandates ?? []).map(({ contest, option }) => `${contest}=${option}`).join(' '),
    substitute_for: entry.substituteFor ?? '',
  };
}

/** A field of RFC 4180, quoted where it has to be. */
export function encodeCsvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function encodeMembershipCsv({ people, bodies }: Membership): string {
  const byId = new Map(bodies.map((body) => [body.id, body]));
  const rows = people.map((entry) => {
    const cells = membershipCells(entry, byId);
    return MEMBERSHIP_COLUMNS.map((column) => encodeCsvCell(cells[column])).join(',');
  });
  return `${[MEMBERSHIP_COLUMNS.join(','), ...rows].join('\n')}\n`;
}
