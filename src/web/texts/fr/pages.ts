/** The public pages in French. */
import type { PageTexts } from '../en/pages.ts';
import { format } from './frame.ts';

const { counted, number } = { counted: format.counted.bind(format), number: format.number.bind(format) };

export const pages: PageTexts = {
  phases: {
    preparing: 'En préparation',
    abandoned: 'Annulé',
    scheduled: 'Pas encore ouvert',
    open: 'Vote ouvert',
    closed: 'Vote terminé',
    tallied: 'Compté, totaux pas encore ouverts',
    declared: 'Résultat proclamé',
  },
  rehearsal: 'Répétition',
  consultative: 'Consultatif',
  contents: 'Sur cette page',
  voters: (n) => counted(n, 'votant', 'votants'),

  index: {
    title: 'Votes',
    none: 'Il n’y a pas encore de vote.',
  },

  missing: {
    title: 'Introuvable',
    election: [
      'Ce vote n’existe pas',
      'Il n’y a pas de vote à cette adresse. Comparez-la avec votre lettre.',
    ],
    page: [
      'Cette page n’existe pas',
      'Il n’y a rien à cette adresse. Comparez-la avec votre lettre, ou partez de la liste des votes.',
    ],
    unavailable: [
      'Indisponible',
      'Le registre conservé de ce vote n’a pas été vérifié avec succès ; il n’est donc pas affiché. Le responsable en connaît la raison.',
    ],
  },

  members: {
    noScript:
      'Cette page a besoin de JavaScript, car c’est votre propre appareil qui scelle votre vote et qui vérifie ce que dit l’urne. Activez-le, ou prenez un autre navigateur.',
    title: 'Pour les membres',
    vote: 'Voter',
    voteText: 'Il vous faut la lettre ou le message avec votre code de vote.',
    check: 'Contrôler un bulletin avant de le déposer',
    myVote: 'Mon vote : est-il là, est-il compté ?',
    onRoll: 'Suis-je sur la liste, et dans la bonne section ?',
  },

  result: {
    title: 'Résultat',
    none: 'Il n’y a pas encore de résultat.',
    atWork: 'Les scrutateurs sont au travail.',
    notBefore: 'Aucun total n’est ouvert avant la fin du vote.',
    elected: 'Élu',
    answer: 'Réponse',
    votes: 'Voix',
    share: 'Part',
    weight: (weight) => `, poids ${weight}`,
    unanimous: 'tous les votants ont voté de même : le compte dit donc comment',
    few: (ballots) =>
      `${counted(ballots, 'personne seulement a voté', 'personnes seulement ont voté')} : qui connaît certains de ces votes peut deviner les autres`,
  },

  roll: {
    title: 'Qui peut voter',
    caption: 'Inscrits, et votants jusqu’ici',
    college: 'Collège',
    onRoll: 'Inscrits',
    voted: 'Ont voté',
    turnout: 'Participation',
    notYet: 'La liste électorale n’est pas encore publiée.',
    byBody: (bodies) =>
      `La liste par section, et les sièges des délégués : ${counted(bodies, 'section', 'sections')}`,
    votersByBody: 'Votants par section',
    body: 'Section',
    kinds: {
      region: 'région',
      branch: 'section locale',
      strand: 'courant',
      affiliate: 'organisation affiliée',
    },
    branchIn: (region) => `section locale en ${region}`,
    places: (college) => `${college} : sièges selon la règle, et pourvus`,
    placesHead: 'Sièges',
    filled: 'Pourvus',
    fixed: 'fixe selon la règle',
    noPlaces: 'aucun selon la règle',
    bySize: (members) => `selon la taille : ${counted(members, 'membre', 'membres')}`,
    atLeast: (places) => `au moins ${places}`,
    atMost: (places) => `au plus ${places}`,
    withMore: (members, places) =>
      `avec ${counted(members, 'membre', 'membres')} de plus : ${counted(places, 'siège', 'sièges')}`,
    withFewer: (members, places) => `avec ${number(members)} de moins : ${number(places)}`,
    reserved: (group, places) => `Réservés : ${number(places)} pour ${group}`,
    ownRegistrar:
      'La liste électorale et les codes de vote sont tenus par ce service lui-même. Qui le contrôle pourrait voter à la place des membres qui s’abstiennent. Chaque membre peut demander la preuve que personne ne l’a fait.',
    otherRegistrar: 'La liste électorale et les codes de vote sont tenus par d’autres que ce service.',
  },

  questions: {
    title: 'Les questions et les règles',
    putTo: (colleges) => `Question posée à : ${format.list(colleges)}.`,
    how: 'Comment la décision est prise',
    terms: 'Conditions',
    trustees: 'Les scrutateurs participent sur leur propre page',
  },

  people: {
    title: 'À qui s’adresser',
    officer: 'Responsable du vote',
    trustees: 'Scrutateurs, qui tiennent la clé',
  },

  record: {
    title: 'Vérifiez vous-même',
    published:
      'Chaque bulletin est publié, toujours scellé, avec chaque preuve. Tout le monde peut recompter le vote, ici ou à partir d’une copie :',
    name: 'Le nom de ce vote est',
    compare: 'Comparez-le avec votre lettre : il tient lieu de toutes les règles de cette page.',
    checkpoint: (entries) =>
      `Point de contrôle du registre, ${counted(entries, 'inscription', 'inscriptions')}`,
    tiles: (n) => `Toutes les tuiles du registre (${number(n)})`,
    texts: (lang) => `Textes (${lang})`,
    roll: 'Liste électorale',
    tally: (n) => `Dépouillement ${n}`,
    result: 'Résultat',
    shares: (trustee, name) =>
      `Parts de déchiffrement du scrutateur ${trustee}${name === null ? '' : ` (${name})`}`,
  },
};
