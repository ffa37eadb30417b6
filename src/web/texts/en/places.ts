/** How many delegates each body has by the rules of an election, in English. */
import type { Rate, ReservedPlaces } from '../../../roll/entitlement-rule.ts';
import { format } from './frame.ts';

const number = (n: number): string => format.number(n);
const placesIn = (n: number): string => format.counted(n, 'place', 'places');

const perMembers: Readonly<Record<Rate['parts'], (per: string) => string>> = {
  begun: (per) => `for every ${per} members or part of ${per}`,
  full: (per) => `for every full ${per} members`,
  nearest: (per) => `for every ${per} members, to the nearest ${per}`,
};

export const places = {
  /** How a body is named that has so many places. */
  bodies: {
    branches: 'each branch',
    outside: 'each region, for its members outside branches,',
    regions: 'each region',
    strands: 'each strand',
    affiliates: 'each affiliate',
  },
  sentence: (college: string, body: string, seats: string) => `In “${college}”, ${body} has ${seats}.`,
  rate: ({ seats, per, parts, min, max }: Rate) =>
    `${placesIn(seats)} ${perMembers[parts](number(per))}${min > 0 ? `, at least ${number(min)}` : ''}${
      max === null ? '' : `, at most ${number(max)}`
    }`,
  each: placesIn,
  class: (from: number, seats: number) =>
    `${placesIn(seats)} from ${format.counted(from, 'member', 'members')} on`,
  classes: (classes: readonly string[]) => `places by its size: ${format.list(classes)}`,
  named: (college: string, bodies: readonly (readonly [body: string, seats: number])[]) =>
    `In “${college}”, these have places: ${format.list(bodies.map(([body, seats]) => `${body} ${number(seats)}`))}.`,
  reserved: (college: string, { group, seats, of }: ReservedPlaces) =>
    `Of every ${placesIn(of)} of a body in “${college}”, ${number(seats)} go to “${group}”.`,
  from: (college: string, from: string) =>
    `How many members a body has for its places in “${college}” is counted in “${from}”.`,
};

export type PlacesTexts = typeof places;
