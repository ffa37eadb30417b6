/** How many delegates each body has by the rules of an election, in French. */
import type { Rate } from '../../../roll/entitlement-rule.ts';
import type { PlacesTexts } from '../en/places.ts';
import { format } from './frame.ts';

const number = (n: number): string => format.number(n);
const placesIn = (n: number): string => format.counted(n, 'place', 'places');

const perMembers: Readonly<Record<Rate['parts'], (per: string) => string>> = {
  begun: (per) => `par tranche de ${per} membres, même entamée`,
  full: (per) => `par tranche complète de ${per} membres`,
  nearest: (per) => `par tranche de ${per} membres, arrondie à la plus proche`,
};

export const places: PlacesTexts = {
  bodies: {
    branches: 'chaque section',
    outside: 'chaque région, pour ses membres hors des sections,',
    regions: 'chaque région',
    strands: 'chaque courant',
    affiliates: 'chaque organisation affiliée',
  },
  sentence: (college, body, seats) => `Dans « ${college} », ${body} a ${seats}.`,
  rate: ({ seats, per, parts, min, max }) =>
    `${placesIn(seats)} ${perMembers[parts](number(per))}${min > 0 ? `, au moins ${number(min)}` : ''}${
      max === null ? '' : `, au plus ${number(max)}`
    }`,
  each: placesIn,
  class: (from, seats) => `${placesIn(seats)} à partir de ${number(from)} membres`,
  classes: (classes) => `des places selon sa taille : ${format.list(classes)}`,
  named: (college, bodies) =>
    `Dans « ${college} », ont des places : ${format.list(bodies.map(([body, seats]) => `${body} ${number(seats)}`))}.`,
  reserved: (college, { group, seats, of }) =>
    `Sur ${placesIn(of)} d’une entité dans « ${college} », ${number(seats)} sont pour « ${group} ».`,
  from: (college, from) =>
    `Combien de membres a une entité pour ses places dans « ${college} » se compte dans « ${from} ».`,
};
