/** Règles et résultats en français. */
import type { DecisionTexts } from '../en/decisions.ts';
import { format } from './frame.ts';
import { places } from './places.ts';

const list = (words: readonly string[]): string => format.list(words);
const number = (n: number): string => format.number(n);
const counted = (n: number, one: string, many: string): string => format.counted(n, one, many);
const quoted = (words: readonly string[]): string => list(words.map((word) => `« ${word} »`));
const seatsIn = (n: number): string => counted(n, 'siège', 'sièges');
const votesIn = (n: number): string => counted(n, 'voix', 'voix');
const supportersIn = (n: number): string => counted(n, 'soutien', 'soutiens');

const bases = {
  'for-and-against': 'des voix pour et contre',
  ballots: 'de tous les bulletins comptés, abstentions comprises',
  roll: 'de toutes les personnes ayant le droit de vote',
  votes: 'de toutes les voix données aux options',
};
const threshold: DecisionTexts['rules']['threshold'] = ({ compare, p, q, of }) =>
  `${compare === 'more-than' ? 'plus de' : 'au moins'} ${p}/${q} ${bases[of]}`;

const rules: DecisionTexts['rules'] = {
  threshold,
  putTo: (colleges) => `La question est soumise en même temps à ${quoted(colleges)}.`,
  college: (college, wanted, needs, { p, q }) =>
    `Dans le collège « ${college} », « ${wanted} » doit réunir ${threshold(needs)}${
      p === 0 ? '' : `, et au moins ${p}/${q} des personnes ayant le droit de vote doivent voter`
    }.`,
  share: (college, { p, q }) => `« ${college} » compte pour ${p}/${q} de l’ensemble.`,
  quorum: (college, { p, q }) =>
    `Dans « ${college} », au moins ${p}/${q} des personnes ayant le droit de vote doivent voter.`,
  together: (wanted, needs) =>
    `Ensemble, chaque collège avec sa part, « ${wanted} » doit réunir ${threshold(needs)}. Un collège qui n’en a aucune ne pèse pas.`,
  falls: 'Si les collèges sont divisés, la motion est rejetée.',
  prevails: (college) => `Si les collèges sont divisés, « ${college} » l’emporte.`,
  tie: {
    falls: 'Autant de voix pour que contre ne font pas une majorité : la motion est rejetée.',
    chair:
      'En cas de partage des voix, la présidence a voix prépondérante. Elle doit être au registre avant le résultat ; sans elle, la motion est rejetée.',
    lot: 'En cas de partage des voix, un tirage au sort que personne ne peut orienter décide.',
    're-ballot':
      'En cas de partage des voix, la motion est rejetée, et remise aux voix dans un autre scrutin.',
  },
  seats: (n, colleges) =>
    `${seatsIn(n)}, élection par ${quoted(colleges)} : les options qui ont le plus de voix les obtiennent.`,
  needs: (needs) => `Personne n’est élu sans ${threshold(needs)}.`,
  reserved: (group, least, options) =>
    `Au moins ${seatsIn(least)} pour « ${group} » : ${list(options)}. Si trop peu d’entre eux ont une voix, d’autant moins.`,
  seatTies: {
    lot: 'Une égalité pour le dernier siège est tranchée par un tirage au sort que personne ne peut orienter.',
    unfilled: 'En cas d’égalité pour le dernier siège, il reste vacant.',
  },
  order: (colleges) =>
    `Les options sont classées d’après les voix de ${quoted(colleges)} ; les égales partagent une place.`,
  consultative: 'Consultation : les voix sont comptées, et n’engagent personne.',
  exclusive: (motions) => `De ${quoted(motions)}, une seule au plus peut être appliquée.`,
  both: {
    'run-off': 'Si plus d’une est adoptée, un scrutin les départage.',
    'more-votes':
      'Si plus d’une est adoptée, celle qui a le plus de voix pour elle l’est ; à égalité, aucune.',
    none: 'Si plus d’une est adoptée, aucune ne l’est.',
  },
  ratify: (motion) =>
    `« ${motion} » a été soumise dans les mêmes termes à un scrutin antérieur ; les deux doivent l’adopter.`,
  ratifyDivided: {
    falls: 'S’ils sont divisés, elle est rejetée.',
    own: 'S’ils sont divisés, ce scrutin l’emporte.',
    earlier: 'S’ils sont divisés, le scrutin antérieur l’emporte.',
  },
  petition: (needed) =>
    needed.kind === 'number'
      ? `Une motion a besoin de ${supportersIn(needed.n)}.`
      : `Une motion a besoin du soutien d’au moins ${needed.p}/${needed.q} de la liste électorale.`,
};

const results: DecisionTexts['results'] = {
  carried: (title, carried) => `${title} – ${carried ? 'ADOPTÉE' : 'REJETÉE'}`,
  votes: (answers) => list(answers.map(([answer, votes]) => `${answer} ${number(votes)}`)),
  college: (college, carried) =>
    carried === null ? `${college} :` : `${college} : ${carried ? 'adoptée' : 'rejetée'}.`,
  margin: (votes, margin) => `${votes}, un écart de ${number(margin)}.`,
  needed: (needs, least, base, excess) =>
    `Il fallait ${threshold(needs)}, soit ${number(least)} sur ${number(base)} : ${
      excess >= 0 ? `${number(excess)} de plus` : `${number(-excess)} de trop peu`
    }.`,
  turnout: (ballots, roll, isWeighted) =>
    `${number(ballots)} ${isWeighted ? 'voix exprimées' : 'votants'} sur ${number(roll)} (${format.share(ballots, roll)} %).`,
  quorum: (voters, reached) => `Quorum ${number(voters)} : ${reached ? 'atteint' : 'pas atteint'}.`,
  ofWhole: (votesFor, against) => `De l’ensemble : ${votesFor} % pour, ${against} % contre.`,
  together: (votesFor, against, needs) =>
    `Ensemble : ${votesFor} % pour, ${against} % contre. Il fallait ${threshold(needs)}.`,
  tie: (settled, how) => {
    if (settled === null)
      return how === 'chair'
        ? 'Partage des voix, sans voix prépondérante : rejetée.'
        : 'Partage des voix : rejetée.';
    return `Partage des voix, tranché ${settled === 'for' ? 'pour' : 'contre'} la motion par ${how === 'lot' ? 'tirage au sort' : 'la voix prépondérante de la présidence'}.`;
  },
  reballot: 'Elle est à remettre aux voix.',
  dividedFalls: 'Les collèges sont divisés : la motion est rejetée.',
  dividedPrevails: (college) => `Les collèges sont divisés : d’après la règle, « ${college} » l’emporte.`,
  seats: (title, elected, seats) => `${title} – ${number(elected)} sur ${seatsIn(seats)} pourvus`,
  elected: 'élu',
  share: (percent) => `${percent} %`,
  tied: (options, drawn) =>
    `À égalité pour le dernier siège, ${drawn ? 'par tirage au sort, dans cet ordre' : 'laissé vacant'} : ${list(options)}.`,
  between: (votes) => `Écart entre le dernier siège et le suivant : ${votesIn(votes)}.`,
  reserved: (group, elected, least, declared) =>
    `Réservés à « ${group} » : ${number(elected)} élus, au moins ${number(least)}${
      least < declared ? ` (${number(declared)} d’après la règle, mais trop peu étaient à élire)` : ''
    }.`,
  unfilled: (seats) => `${seatsIn(seats)} à pourvoir.`,
  order: (title) => `${title} – CLASSEMENT`,
  consultative: (title) => `${title} – CONSULTATION`,
  bindsNobody: 'C’était une consultation : elle n’engage personne.',
  exclusive: (motions, carried) =>
    `${quoted(motions)} – ${carried === null ? 'AUCUNE N’EST APPLIQUÉE' : `« ${carried} » EST APPLIQUÉE`}`,
  both: {
    'run-off': 'Plus d’une a été adoptée : un scrutin doit les départager.',
    'more-votes': 'Plus d’une a été adoptée : le plus de voix décide.',
    none: 'Plus d’une a été adoptée : aucune n’est appliquée.',
  },
  ratify: (title, carried) => `${title}, les deux scrutins – ${carried ? 'ADOPTÉE' : 'REJETÉE'}`,
  ratified: (earlier, own) =>
    `Le scrutin antérieur l’a ${earlier ? 'adoptée' : 'rejetée'}, celui-ci l’a ${own ? 'adoptée' : 'rejetée'}.`,
  ratifyDivided: {
    falls: 'Ils sont divisés : elle est rejetée.',
    own: 'Ils sont divisés : ce scrutin l’emporte.',
    earlier: 'Ils sont divisés : le scrutin antérieur l’emporte.',
  },
  petition: (title, needed) => `${title} – il faut ${supportersIn(needed)}`,
  supporters: (motion, supporters, reached) =>
    `${motion} : ${supportersIn(supporters)}, ${reached ? 'assez' : 'pas assez'}.`,
  changes: (votes, exact) => {
    if (votes === 0) return 'Les voix seules n’ont pas décidé : n’importe laquelle aurait pu.';
    if (votes === 1) return 'Une voix donnée autrement aurait pu le changer.';
    return `Il aurait fallu ${exact ? '' : 'au moins '}${votesIn(votes)} données autrement pour le changer.`;
  },
};

const shapes: DecisionTexts['shapes'] = {
  choose: (min, max, of, blank) => {
    const wanted = min === max ? `exactement ${min}` : min === 0 ? `jusqu’à ${max}` : `de ${min} à ${max}`;
    return `Choisissez ${wanted} sur ${of}${blank ? ', ou votez blanc' : ''}.`;
  },
  score: (of, max) => `Donnez de 0 à ${max} à chacune des ${of} options.`,
  ranking: (points, of, blank) =>
    `Classez ${points.length === of ? `les ${of} options` : `${points.length} des ${of} options`}${
      blank ? ', ou votez blanc' : ''
    } : les places donnent ${list(points.map(String))} points.`,
  split: (of) =>
    `Un vote par mandats : répartissez le poids de votre carte entre ${of} options, ou laissez-en une partie de côté.`,
  support: (of) => `Soutenez celles que vous voulez, sur ${of}.`,
};

const terms: DecisionTexts['terms'] = {
  rehearsal: 'C’est une répétition : son résultat n’engage personne.',
  open: (opens, closes) =>
    `Le vote est ouvert du ${format.moment(opens)} ${
      closes === null ? 'jusqu’à ce que le responsable y mette fin' : `au ${format.moment(closes)}`
    } ; le dernier bulletin de chacun compte.`,
  oneKey:
    'FAIBLE ENJEU : une seule clé ouvre ce vote. Qui la détient pourrait lire chaque bulletin. Si c’est la clé automatique du serveur, c’est qui contrôle le serveur.',
  shared: (count, threshold) =>
    `Personne ne peut lire seul un bulletin. La clé est partagée entre ${counted(count, 'scrutateur', 'scrutateurs')}. Il en faut ${threshold} ensemble pour ouvrir les totaux ; aucun bulletin seul n’est ouvert.`,
  twoClosings: (agreements, dishonest, count, threshold) =>
    `${counted(agreements, 'scrutateur doit', 'scrutateurs doivent')} approuver le compte avant qu’il soit ouvert. Aucun témoin n’a à signer le journal. Si ${dishonest} des ${count} scrutateurs et le serveur étaient malhonnêtes ensemble, deux clôtures différentes pourraient donc être ouvertes. C’est ${
      dishonest >= threshold
        ? 'autant qu’il en faut pour lire les bulletins'
        : `moins que les ${threshold} qu’il faut pour lire les bulletins`
    }.`,
  second: (kinds) => `Deux responsables doivent signer : ${kinds.join(' ; ')}.`,
  secondKinds: {
    void: 'faire recommencer les scrutateurs',
    opening: 'ouvrir le vote',
    replacement: 'remplacer un code de vote perdu',
    result: 'proclamer le résultat',
    extension: 'repousser la fin du vote',
    abandonment: 'annuler le vote',
    incident: 'noter un incident',
    dispute: 'inscrire un problème signalé au registre',
    answer: 'répondre à un problème signalé',
    'casting-vote': 'donner la voix de la présidence',
  },
  recorded: 'Dans les collèges à vote public, on publie qui a voté quoi.',
  witnesses: (names, quorum) =>
    `Témoins du journal : ${list(names)}. ${
      quorum === 0 ? 'Aucun d’eux n’a à le signer.' : `Au moins ${quorum} d’entre eux doivent le signer.`
    }`,
  together: (least) =>
    `Là où le vote est secret, on compte ensemble les voix d’au moins ${counted(least, 'votant', 'votants')}.`,
  parts: (by, least, most) => {
    const [each, one, many] =
      by === 'region' ? ['Chaque région', 'région', 'régions'] : ['Chaque section', 'section', 'sections'];
    return `${each} est aussi comptée à part, s’il y a au moins ${counted(least, 'bulletin', 'bulletins')}. Les plus petites ne sont comptées qu’avec d’autres. Il y a au plus ${counted(most, one ?? '', many ?? '')}.`;
  },
};

export const decisions: DecisionTexts = { rules, results, shapes, terms, places };
