/** Who voted how where votes are on the record, in French. */
import type { VotesTexts } from '../en/votes.ts';
import { format } from './frame.ts';

export const votes: VotesTexts = {
  title: 'Qui a voté quoi',
  intro: 'Ces votes sont publics : chacun peut voir comment chaque votant a voté.',
  untilClosed: 'Le vote est ouvert. Chaque vote montré ici peut encore changer.',
  source: 'La liste est faite à partir des bulletins du registre public. Faites-la vous-même :',
  none: 'Personne ne vote publiquement ici : tous les votes sont secrets.',
  notYet: 'Le vote n’a pas commencé.',
  name: 'Votant',
  bodies: 'Envoyé par',
  weight: 'Poids',
  choice: 'Vote',
  mandate: 'Mandat',
  placeOf: (substitute) => `remplacé par : ${substitute}`,
  told: (option, verdict) => `${option} : ${verdict}`,
  verdicts: {
    kept: 'suivi',
    'not-kept': 'pas suivi',
    'no-mandate': 'sans mandat',
    'did-not-vote': 'n’a pas voté',
  },
  totals: (contest) => `Totaux : ${contest}`,
  group: 'Groupe',
  everybody: 'Tous ensemble',
  onRoll: 'Inscrits',
  voted: 'Votants',
  blank: 'Blanc',
  nothing: 'Rien',
  unused: 'Non utilisé',
  list: (words) => format.list(words),
  petition: 'Soutiens à ce jour',
  petitionText: 'Les membres soutiennent des motions sous des numéros. Aucun nom n’est montré.',
};
