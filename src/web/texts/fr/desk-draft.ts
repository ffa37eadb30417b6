/** Making an election at the desk, in French. */
import type { DeskDraftTexts } from '../en/desk-draft.ts';
import { format } from './frame.ts';

export const deskDraft: DeskDraftTexts = {
  lead: 'Tout ce qui décide d’un vote est fixé ici, avant la publication. Après, personne ne peut le changer, et tout le monde peut le lire.',
  kept: 'Ce que vous remplissez est gardé dans ce navigateur jusqu’à la publication.',
  steps: {
    form: 'Partir d’un modèle',
    what: 'De quoi il s’agit',
    questions: 'Les questions',
    who: 'Qui vote',
    counts: 'Comment on compte',
    when: 'Quand',
    trustees: 'Les scrutateurs',
    officers: 'Les responsables',
    observers: 'Les observateurs',
    witnesses: 'Les témoins',
    preview: 'Les règles en clair',
    publish: 'Publier',
  },

  form: {
    label: 'Modèle',
    choose: 'Choisissez un modèle …',
    start: 'Commencer',
    again: 'Recommencer à partir d’un modèle',
    againTitle: 'Recommencer ?',
    againText:
      'Ce que vous avez rempli est jeté. Enregistrez-le d’abord dans un fichier si vous pourriez en avoir besoin.',
    againYes: 'Oui, le jeter',
    load: 'Ou reprendre un brouillon enregistré dans un fichier',
    loaded: 'Le brouillon est chargé.',
    badFile: 'Ce fichier n’est pas un brouillon enregistré ici.',
    save: 'Enregistrer le brouillon dans un fichier',
    names: {
      motion: 'Une motion, soumise à tous les membres',
      both: 'Une motion, soumise aux membres et aux délégués : il faut les deux',
      prevail: 'Une motion, soumise aux membres et aux délégués : les membres l’emportent',
      consent: 'L’accord sur de nouveaux statuts, compté sur toute la liste',
      seat: 'Une fonction, plusieurs candidats',
      committee: 'Un comité, avec des sièges réservés',
      priorities: 'Classer des motions',
      survey: 'Une enquête, qui n’engage personne',
      recorded: 'Un vote public : on publie qui a voté quoi',
      petition: 'Une pétition : combien soutiennent une motion',
    },
  },

  titles: {
    for: 'Pour',
    against: 'Contre',
    abstain: 'Abstention',
    neither: 'Ni l’un ni l’autre',
    members: 'Tous les membres',
    delegates: 'Délégués',
    committee: 'Le comité',
    affiliates: 'Organisations affiliées',
  },

  languages: { en: 'anglais', fr: 'français' },
  inLanguage: (label: string, language: string) => `${label} (${language})`,
  addLanguage: (language: string) => `Ajouter les textes en ${language}`,
  removeLanguage: (language: string) => `Retirer les textes en ${language}`,

  number: (min: number, max: number, stays: number) =>
    `Écrivez un nombre entier de ${format.number(min)} à ${format.number(max)}. Il reste à ${format.number(stays)}.`,

  what: {
    title: 'Titre du vote',
    intro: 'Introduction, lisible par tous',
    rehearsal: 'C’est une répétition : elle n’a pas besoin de préavis et n’engage personne',
  },

  question: {
    heading: (n: number) => `Question ${n}`,
    title: 'La question, ou le titre de la motion',
    text: 'Le texte complet',
    option: (n: number) => `Choix ${n}`,
    optionHint: 'Une réponse possible, un candidat ou une motion',
    addOption: 'Ajouter un choix',
    removeOption: (n: number) => `Retirer le choix ${n}`,
    min: 'Combien il faut en choisir au moins',
    max: 'Combien on peut en choisir au plus',
    most: 'Le plus grand nombre qu’un choix peut recevoir',
    seats: 'Combien sont élus',
    threshold: (college: string) => `Ce qu’il faut dans « ${college} »`,
    thresholds: {
      half: 'Plus de la moitié des voix pour et contre',
      twoThirds: 'Au moins deux tiers des voix pour et contre',
      halfOfBallots: 'Plus de la moitié de tous les bulletins, abstentions comprises',
      halfOfRoll: 'Plus de la moitié de tous ceux qui ont le droit de vote',
      twoThirdsOfRoll: 'Au moins deux tiers de tous ceux qui ont le droit de vote',
      other: 'Comme dans le modèle',
    },
    quorum: (college: string) =>
      `Combien sur 100 de « ${college} » doivent participer, sinon la motion échoue`,
    tie: 'Autant de voix pour que contre',
    ties: {
      falls: 'La motion est rejetée',
      chair: 'La présidence décide',
      lot: 'Le sort décide',
      're-ballot': 'Il y a un nouveau vote',
    },
    add: 'Ajouter une question comme la dernière',
    remove: (n: number) => `Retirer la question ${n}`,
  },

  who: {
    text: 'Chaque groupe vote pour lui-même. Qui en fait partie viendra plus tard de la liste des membres.',
    title: (n: number) => `Nom du groupe ${n}`,
    secret: 'Ses votes sont secrets.',
    recorded: 'Ses votes sont publics : on publie qui a voté quoi.',
    replacements: 'Combien de codes de vote perdus peuvent être remplacés',
    replacementsHint:
      'Des membres perdent leur lettre. Environ 1 sur 100 des personnes ayant le droit de vote est courant ; avec 0, qui perd son code ne peut pas voter. Chaque remplacement se voit dans le registre public, sans nom.',
  },

  places: {
    given: (n: number) =>
      `Le groupe ${n} est fait de délégués, tant par section, région ou organisation affiliée`,
    heading: (n: number) => `Les places du groupe ${n}`,
    from: 'De qui on compte les membres pour cela',
    bodies: {
      branches: 'Places d’une section',
      regions: 'Places d’une région entière',
      affiliates: 'Places d’une organisation affiliée',
      strands: 'Places d’un courant, par exemple les jeunes ou les femmes',
    },
    kinds: {
      none: 'Aucune',
      each: 'Le même nombre pour chacune',
      rate: 'Selon le nombre de ses membres',
      named: 'Par nom, comme dans le fichier',
      classes: 'Par classes de taille, comme dans le fichier',
    },
    seats: 'Combien de places',
    per: 'Pour combien de membres à chaque fois',
    parts: 'Et pour les membres qui restent',
    partsOf: {
      begun: 'Encore autant de places',
      full: 'Aucune place',
      nearest: 'Encore autant s’ils en font la moitié ou plus',
    },
    min: 'Combien de places au moins, dès qu’il y a un membre',
    max: 'Combien de places au plus',
    maxHint: '0 : autant que donnent les membres.',
    outside: 'Les membres hors des sections ont des places pour leur région, au même taux',
  },

  counts: {
    requiredMin: 'Combien de votants il faut au moins compter ensemble, là où le vote est secret',
    requiredMinHint:
      'Avec trop peu de votants, le compte dit comment ils ont voté. Un groupe qui en a moins sur la liste ne peut pas commencer à voter. 5 est courant.',
    by: 'Compte-t-on aussi des parties à part ?',
    byHint:
      'Alors tout le monde peut voir les voix de chaque partie. Dans une partie unanime, cela dit comment tous ses membres ont voté.',
    kinds: {
      none: 'Non, seulement chaque groupe entier',
      region: 'Oui, chaque région',
      branch: 'Oui, chaque section',
    },
    min: 'Combien de bulletins il faut pour montrer une partie',
    minHint: 'Les plus petites ne sont comptées qu’avec d’autres, pour qu’on ne puisse pas les déduire.',
    most: {
      region: 'Combien de régions il y a au plus',
      branch: 'Combien de sections il y a au plus',
    },
  },

  when: {
    opens: 'Ouverture du vote',
    opensHint: (zone: string) => `À votre heure (${zone}).`,
    closes: 'Clôture du vote',
    first: 'Dites d’abord quand le vote s’ouvre.',
    notice: 'Jours de préavis entre la publication et l’ouverture',
    extension: 'De combien d’heures les responsables peuvent repousser la fin, par exemple après une panne',
    disputes: 'Jours pour signaler un problème, comptés de la proclamation du résultat',
  },

  trustees: {
    text: 'Les scrutateurs tiennent la clé ensemble. Choisissez des personnes qui n’obéissent pas toutes à une seule. Chacun crée une clé sur la page des scrutateurs et vous donne la clé publique.',
    page: 'La page où un scrutateur crée une clé',
    none: 'Tous les votes sont publics ici : aucune clé n’est nécessaire.',
    count: 'Combien il y a de scrutateurs',
    threshold: 'Combien d’entre eux il faut pour ouvrir le compte',
    agreements: 'Combien d’entre eux doivent d’abord approuver le compte',
    key: (n: number) => `Clé publique du scrutateur ${n}`,
    named: 'Tout le monde peut lire qui sont les scrutateurs, si vous les nommez : alors nommez-les tous.',
    name: (n: number) => `Nom du scrutateur ${n}`,
    contact: (n: number) => `Comment joindre le scrutateur ${n}, si vous voulez`,
  },

  officers: {
    text: 'Vous signez avec votre propre clé. D’autres responsables peuvent être nommés : chacun peut alors faire ce que peuvent faire les responsables.',
    own: 'Votre propre clé publique est ajoutée pour vous.',
    name: 'Nom du responsable du vote',
    contact: 'Comment joindre le responsable du vote',
    contactHint:
      'Par exemple une adresse, un téléphone, une adresse électronique : chacun sur sa ligne. Les lettres et les pages le montrent à tout le monde.',
    key: (n: number) => `Clé publique d’un autre responsable, ${n}`,
    add: 'Ajouter un autre responsable',
    remove: (n: number) => `Retirer le responsable ${n}`,
    second: 'Ce que deux responsables doivent signer',
    secondHint:
      'L’un signe d’abord, puis il faut attendre l’autre. Choisissez peu de choses : elles attendent toutes si personne d’autre n’est là. Vous publiez en signant à vous seul : cochez « ouvrir le vote » si un autre responsable doit aussi répondre des règles.',
  },

  observers: {
    text: 'Tout le monde peut recompter le vote. Les observateurs nommés ici peuvent aussi inscrire au registre, signé, le résultat de leur recomptage. Chacun crée une clé sur la page d’un recomptage et vous donne la clé publique.',
    key: (n: number) => `Clé publique de l’observateur ${n}`,
    add: 'Ajouter un observateur',
    remove: (n: number) => `Retirer l’observateur ${n}`,
  },

  witnesses: {
    text: 'Un serveur pourrait montrer des registres différents à des personnes différentes. Les témoins sont des services tenus par d’autres, qui signent ce qu’ils voient, pour que cela se découvre. Chacun vous donne sa clé en une ligne : son nom, un signe plus, huit lettres ou chiffres, un signe plus, et la clé.',
    notAsked:
      'Ce service ne demande pas encore leur signature aux témoins : rien ne les attend donc. Ceux qui sont nommés ici ne peuvent plus être changés pour ce vote.',
    key: (n: number) => `Clé du témoin ${n}, avec son nom`,
    add: 'Ajouter un témoin',
    remove: (n: number) => `Retirer le témoin ${n}`,
    quorum: 'Combien d’entre eux doivent signer',
  },

  earlier: (word: string) => `Nom du vote précédent « ${word} », dont celui-ci est la suite`,

  preview: { terms: 'Le vote', untitled: 'Sans titre' },

  missing: {
    title: 'Avant de pouvoir publier',
    none: 'Il ne manque rien. Le vote peut être publié.',
    some: (n: number) => `Il manque ${format.counted(n, 'chose', 'choses')} :`,
    key: 'Ouvrez votre clé de signature, ci-dessus',
    electionTitle: 'Donnez un titre au vote',
    longIntro: 'Raccourcissez l’introduction : elle est trop longue',
    college: (n: number) => `Nommez le groupe ${n}`,
    question: (n: number) => `Écrivez la question ${n}`,
    longText: (n: number) => `Raccourcissez le texte complet de la question ${n} : il est trop long`,
    option: (option: number, question: number) => `Remplissez le choix ${option} de la question ${question}`,
    inLanguage: (sentence: string, language: string) => `${sentence}, en ${language}`,
    noPlaces: (n: number) => `Dites qui a des places dans le groupe ${n}`,
    places: (n: number) => `Dans le groupe ${n}, le moins et le plus de places ne vont pas ensemble`,
    partsMin: (n: number) =>
      `Ne montrez que des parties d’au moins ${format.counted(n, 'bulletin', 'bulletins')}`,
    partsUnused: 'Tous les votes sont publics : ne comptez pas de parties à part',
    opens: 'Dites quand le vote s’ouvre',
    tooSoon: (days: number) =>
      `Faites ouvrir le vote plus tard : le préavis de ${format.counted(days, 'jour', 'jours')} doit d’abord courir`,
    closes: 'Faites clore le vote après son ouverture',
    notice: 'Donnez au moins un jour de préavis ; seule une répétition n’en a pas besoin',
    trusteeKey: (n: number) => `Mettez la clé publique du scrutateur ${n}`,
    trusteeBadKey: (n: number) =>
      `La clé publique du scrutateur ${n} n’est pas juste : elle a 43 lettres, chiffres et signes`,
    officerName: 'Dites qui est le responsable du vote, ou ne nommez personne',
    trusteeName: (n: number) => `Nommez le scrutateur ${n}, ou ne nommez personne`,
    trusteeTwice: (n: number) =>
      `La clé publique du scrutateur ${n} est là deux fois : il faut une clé par personne`,
    threshold: 'Il faut plus de la moitié des scrutateurs pour ouvrir le compte, et pas plus qu’il n’y en a',
    agreements:
      'Au moins autant de scrutateurs doivent approuver qu’il en faut pour ouvrir le compte, et pas plus qu’il n’y en a',
    officerKey: (n: number) =>
      `La clé publique du responsable ${n} n’est pas juste : elle a 43 lettres, chiffres et signes`,
    secondOfficer: 'Nommez un autre responsable, ou faites que rien n’en demande deux',
    observerKey: (n: number) =>
      `La clé publique de l’observateur ${n} n’est pas juste : elle a 43 lettres, chiffres et signes`,
    observerTwice: (n: number) =>
      `La clé publique de l’observateur ${n} est là deux fois : il faut une clé par personne`,
    witnessKey: (n: number) =>
      `La clé du témoin ${n} n’est pas juste : copiez toute la ligne que le témoin a publiée`,
    witnessTwice: (n: number) => `La clé du témoin ${n} est là deux fois : il faut une clé par personne`,
    witnessQuorum: 'Aucun témoin n’est encore prié de signer : faites que 0 doivent signer',
    officerTwice: 'La clé publique d’un responsable est là deux fois : il faut une clé par personne',
    earlier: (word: string) => `Mettez le nom du vote précédent « ${word} »`,
    choose: (n: number) => `Dans la question ${n}, les nombres de choix possibles ne vont pas ensemble`,
    other: (field: string, why: string) => `Les règles ne vont pas ensemble : ${field} : ${why}`,
  },

  publish: {
    button: 'Publier le vote',
    title: 'Publier ce vote ?',
    text: (title: string) =>
      `« ${title} » et ses règles deviennent publics aussitôt, signés avec votre clé. Plus personne ne peut les changer. S’il contient une erreur, vous pouvez seulement l’annuler et en préparer un autre.`,
    opens: (time: string) => `Ouverture du vote : ${time}.`,
    yes: 'Oui, le publier',
    done: 'Le vote est publié',
    doneText: 'Ensuite : la liste des membres, les codes de vote, et la clé des scrutateurs.',
    toDesk: 'Au bureau de ce vote',
    toTokens: 'À sa liste et à ses codes de vote',
  },
};
