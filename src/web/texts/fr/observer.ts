/** What observers look at, in French. */
import type { ObserverTexts } from '../en/observer.ts';
import { format } from './frame.ts';

const { counted, number, list } = {
  counted: format.counted.bind(format),
  number: format.number.bind(format),
  list: format.list.bind(format),
};

export const observer: ObserverTexts = {
  timetable: {
    title: 'Calendrier',
    clock: 'Les heures sont celles de l’horloge de ce serveur. Seuls des témoins peuvent les prouver.',
    published: 'Règles publiées',
    publishedText: (notice) =>
      notice === 0 ? '' : `Le vote peut ouvrir au plus tôt ${format.duration(notice)} après.`,
    opens: 'Ouverture du vote',
    closes: 'Fin du vote',
    byOfficer: 'Quand le responsable y met fin.',
    putOff: (first, by, times) =>
      `Reportée de ${format.duration(by)}${times === 1 ? '' : `, en ${number(times)} fois`}. Elle était prévue le ${first}.`,
    mayBePutOff: (by) => `Les responsables peuvent la reporter de ${format.duration(by)} au plus.`,
    closed: 'Le vote a pris fin',
    abandoned: 'Annulé',
    declared: 'Résultat proclamé',
    notYet: 'Pas encore.',
    disputes: 'On peut signaler un problème jusqu’au',
    disputesAfter: (after) => `${format.duration(after)} après la proclamation du résultat.`,
    noDisputes: 'La proclamation du résultat.',
    past: 'passé',
    next: 'à venir',
    unknown: 'Personne n’a noté quand.',
  },

  links: {
    title: 'Ce dont il est la suite',
    relations: {
      follows: 'Il fait suite à :',
      repeats: 'Il répète un vote à égalité :',
      'run-off': 'C’est le second tour après :',
      chooses: 'Ses délégués ont été élus dans :',
    },
    elsewhere: 'Il n’est pas conservé ici. Son nom est',
  },

  acts: {
    title: 'Ce que les responsables ont inscrit',
    none: 'Rien pour l’instant.',
    entry: (index, officer, time) =>
      `Inscription ${number(index)}, par le responsable ${number(officer)}${time === null ? '' : `, ${time}`}`,
    extension: (closes) => `La fin du vote a été reportée. Elle est le ${closes}.`,
    abandonment: 'Le vote a été annulé. Il n’ouvrira jamais.',
    incident: 'Un incident',
    dispute: 'Un problème signalé',
    about: (index) => `Elle concerne l’inscription ${number(index)}.`,
    answer: 'La réponse',
    unanswered: 'Il n’y a pas encore de réponse.',
    castingVote: (rule, college, isFor) =>
      `Voix prépondérante de la présidence sur « ${rule} »${college === null ? '' : ` dans « ${college} »`} : ${isFor ? 'pour' : 'contre'}.`,
    lotCommitment: 'Un nombre secret pour un tirage au sort a été scellé, avant l’ouverture du vote.',
    lotReveal: 'Le nombre scellé pour le tirage au sort a été montré.',
    replacements: (n, cap) =>
      cap === 0
        ? 'Les règles ne permettent pas de remplacer un code de vote perdu.'
        : `${counted(n, 'code de vote remplacé', 'codes de vote remplacés')}. Les règles en permettent ${number(cap)}.`,
  },

  certificates: {
    title: 'Recomptes par des observateurs',
    none: 'Aucun observateur n’a encore inscrit de recompte.',
    nobody:
      'Les règles ne nomment pas d’observateurs qui puissent inscrire un recompte. Chacun peut recompter tout de même.',
    named: (n) =>
      `Les règles nomment ${counted(n, 'observateur qui peut', 'observateurs qui peuvent')} inscrire un recompte.`,
    caption: 'Recomptes inscrits',
    who: 'Observateur',
    whoIs: (place) => `Observateur ${number(place)}`,
    when: 'Quand',
    what: 'Inscriptions recomptées',
    verdict: 'Ce qu’il en est',
    agrees: 'Il est d’accord',
    differs: 'Il n’est pas d’accord',
    root: 'Empreinte de ces inscriptions',
    unproved:
      'Un recompte inscrit est la parole d’un seul observateur. Vous n’avez pas à la croire : chacun peut faire de même.',
  },

  turnout: {
    byHour: 'Participation heure par heure',
    byDay: 'Participation jour par jour',
    untilThen: 'Jusqu’à',
    all: 'Tous ensemble',
    picture: (voted, roll, share) =>
      `Comment la participation a grandi : ${number(voted)} inscrits sur ${number(roll)} ont voté à la fin, ${share} %. Le tableau donne les nombres.`,
    show: 'Les nombres en tableau',
    whole: '100 % des inscrits',
    note: 'Cela dit combien ont participé, et rien de la façon dont on a voté.',
    unknown: 'Personne n’a noté comment la participation a grandi.',
  },

  log: {
    title: 'Le journal',
    text: 'Toutes les inscriptions sont dans un seul journal, qui ne peut que grandir. Un point de contrôle fixe toutes les inscriptions par une seule empreinte. Comparez-la avec ce que d’autres voient : elle doit être la même pour tous.',
    caption: 'Points de contrôle',
    point: 'Après',
    points: {
      rules: 'les règles',
      opening: 'l’ouverture',
      closing: 'la fin du vote',
      result: 'le résultat',
      latest: 'la dernière inscription',
    },
    entries: 'Inscriptions',
    when: 'Quand',
    root: 'Empreinte',
    since: (time) => `après le ${time}`,
    witnessed: (names) => `Témoins qui ont signé le dernier : ${list(names)}.`,
    byWitness: (name, time) => `${name} (${time})`,
    nobody: 'Personne n’est témoin de ce journal.',
    noWitnesses:
      'Les règles ne nomment pas de témoins. Un serveur pourrait montrer des journaux différents à des personnes différentes. Elles ne le verraient qu’en comparant.',
    quorum: (n) => `Les règles demandent ${counted(n, 'témoin', 'témoins')}.`,
    broken: 'La signature d’un témoin sur le dernier point de contrôle n’est pas bonne.',
  },

  scripts: {
    title: 'Les programmes des pages',
    text: 'Un programme modifié pourrait voler des voix, ou déclarer juste un faux compte. Les règles nomment les programmes permis, chacun par une empreinte. Comparez-la avec ce que ce serveur distribue, et refaites-la à partir du code source :',
    none: 'Les règles ne nomment aucun programme. Le registre ne permet donc pas d’en reconnaître un modifié.',
    caption: 'Les programmes par leurs empreintes',
    page: 'Page',
    pages: {
      vote: 'Voter',
      check: 'Contrôler un bulletin',
      'my-vote': 'Mon vote',
      dispute: 'Signaler un problème',
      recount: 'Recompte',
      'recount-worker': 'Recompte : le calcul',
      'key-worker': 'Recompte : les clés de signature',
      trustee: 'Scrutateurs',
      'trustee-worker': 'Scrutateurs : la clé',
    },
    hash: 'Empreinte (SHA-256)',
    same: 'nommé par les règles, et distribué ici',
    other: 'DISTRIBUÉ ICI, MAIS PAS NOMMÉ PAR LES RÈGLES',
    notServed: 'nommé par les règles, pas distribué ici',
    named: 'nommé par les règles',
    changed:
      'Ce serveur distribue un programme que les règles ne nomment pas. Ne l’utilisez pas ; prévenez le responsable et vos scrutateurs.',
    newer: 'Le vote est terminé. Un serveur renouvelé depuis distribue des programmes plus récents.',
  },

  copy: {
    is: 'Ceci est une copie.',
    text: (entries) =>
      `Elle a été écrite d’après le registre public avec ${counted(entries, 'inscription', 'inscriptions')}, qui se trouve à côté. Elle dit ce que dit le registre. Seul un recompte le prouve.`,
    index: 'Copie d’un vote',
    earlier: 'Votes antérieurs dont il est la suite',
    command: 'Dans le dossier de cette copie, lancez :',
    moments: 'Quand les inscriptions sont venues, selon l’horloge du serveur',
    recountHere:
      'Votre navigateur n’a pas commencé le recompte. L’adresse de cette page commence-t-elle par « file: » ? Elle a donc été ouverte depuis un disque, et les navigateurs n’y lisent pas de fichiers. Mettez ce dossier sur un serveur web avec https, ou lancez cette commande dans le dossier :',
  },
};
