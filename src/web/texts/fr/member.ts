/** The booth in French. */
import type { MemberTexts } from '../en/member.ts';
import { format } from './frame.ts';

export const member: MemberTexts = {
  loading: 'Un instant …',
  tryAgain: 'Réessayer',
  reportProblem: 'Signaler un problème',
  problem: 'Il y a un problème',
  toElection: 'Tout sur ce vote : question, règles, liste, résultat',

  stages: {
    read: 'Étape 1 sur 4 : lire',
    choose: 'Étape 2 sur 4 : choisir',
    review: 'Étape 3 sur 4 : relire et voter',
    done: 'Étape 4 sur 4 : terminé',
  },

  people: { officer: 'Responsable du vote :', trustees: 'Scrutateurs, qui tiennent la clé :' },

  consultative: 'Consultatif : n’engage personne',

  code: {
    title: 'Votre code de vote',
    label: 'Code de vote',
    hint: 'Il est dans votre lettre ou message : 28 lettres et chiffres, par groupes de quatre. Majuscules ou minuscules, espaces et tirets ne comptent pas.',
    go: 'Continuer',
    stays: 'Le code reste sur cet appareil. Il n’est jamais envoyé.',
    empty: 'Saisissez votre code de vote.',
    short: (n) =>
      `Un code de vote a 28 lettres et chiffres ; celui-ci en a ${n}. Comparez-le avec votre lettre.`,
    mistyped: 'Une ou plusieurs lettres ou chiffres sont faux. Comparez le code avec votre lettre.',
    notOnRoll:
      'Ce code n’est pas pour ce vote. Comparez-le avec votre lettre, et voyez si la lettre concerne bien ce vote.',
  },

  read: {
    you: (college, voter) => `Vous votez comme : ${college}, électeur numéro ${voter}.`,
    weight: (n) => `Votre bulletin compte pour ${format.number(n)}.`,
    compare:
      'Votre lettre porte le même numéro d’électeur. Sinon, ne votez pas et prévenez le responsable du vote.',
    until: (time) => `Vous pouvez voter jusqu’au ${time}.`,
    untilClosed: 'Vous pouvez voter jusqu’à ce que le responsable du vote le close.',
    secret:
      'Votre vote est scellé sur cet appareil avant d’être envoyé. Personne ne peut ouvrir un vote isolé.',
    recorded: 'Ce vote n’est pas secret : tout le monde verra comment vous avez voté.',
    rehearsal: 'Ceci est une répétition. Son résultat n’engage personne.',
    voted: 'Vous avez déjà voté. Vous pouvez voter de nouveau : seul votre dernier vote compte.',
    start: 'Commencer',
  },

  choose: {
    title: 'Faites votre choix',
    one: 'Choisissez une réponse.',
    exactly: (n) => `Choisissez-en ${n}.`,
    upTo: (n) => `Choisissez-en ${n} au plus.`,
    between: (min, max) => `Choisissez-en de ${min} à ${max}.`,
    any: 'Choisissez-en autant que vous voulez, ou aucune.',
    none: 'Aucune de ces réponses',
    blank: 'Laisser cette question en blanc',
    chosen: (n) => format.counted(n, 'réponse choisie', 'réponses choisies'),
    score: (max) => `Donnez à chacune une note de 0 à ${max}. Plus, c’est mieux.`,
    rank: (n) => `Classez-en ${n}, celle que vous préférez en premier.`,
    place: (n) => `Place ${n}`,
    pick: 'Choisir …',
    split: (weight) =>
      `Votre carte compte pour ${format.number(weight)}. Répartissez-la comme vous voulez ; ce qui reste n’est pas compté.`,
    left: (n) => `Reste : ${format.number(n)}`,
    over: (n) => `${format.number(n)} de trop`,
    go: 'Relire',
    fault: {
      one: 'Choisissez une réponse.',
      exactly: (n) => `Choisissez-en ${n}.`,
      atLeast: (n) => `Choisissez-en au moins ${n}.`,
      tooMany: (max, n) => `Choisissez-en ${max} au plus ; vous en avez choisi ${n}.`,
      places: 'Remplissez chaque place, ou laissez cette question en blanc.',
      placesAll: 'Remplissez chaque place.',
      twice: (option) => `« ${option} » a deux places. N’en donnez qu’une.`,
      number: (option, most) => `Donnez à « ${option} » un nombre entier de 0 à ${most}.`,
      over: (n, weight) => `Vous avez donné ${n}, et votre carte compte pour ${weight}.`,
    },
  },

  review: {
    title: 'Est-ce bien ce que vous voulez ?',
    notYet: 'Votre vote n’est pas encore déposé.',
    change: 'Modifier',
    nothing: 'Aucune',
    blank: 'En blanc',
    unused: (n) => `Non utilisé : ${format.number(n)}`,
    cast: 'Déposer mon vote',
    casting: 'Dépôt en cours …',
    castingNote: 'Votre vote est en route. Gardez cette page ouverte.',
    fingerprint: 'Numéro de ce bulletin scellé :',
    checkTitle: 'Voulez-vous d’abord mettre cet appareil à l’épreuve ?',
    checkText:
      'Vous pouvez ouvrir ce bulletin scellé sur un deuxième appareil et voir vous-même ce qu’il contient. Un bulletin ouvert n’est jamais compté. Vous en recevez alors un neuf avec les mêmes choix. Il est bon que quelques membres le fassent : c’est ainsi qu’on démasque un appareil malhonnête.',
    check: 'Ouvrir ce bulletin pour le contrôler',
    opening: 'Ouverture …',
    freshAfterCheck: 'Ceci est un bulletin scellé neuf avec les mêmes choix. Il n’a pas été ouvert.',
    lost: 'L’urne ne répond pas. Votre vote est peut-être arrivé, peut-être pas. Rien n’est perdu : réessayez, et le même vote est envoyé. Il ne peut pas compter deux fois.',
    resumed:
      'Cette page a été rechargée pendant que votre vote était en route. Le même vote est envoyé encore une fois. Il ne peut pas compter deux fois.',
    checkLost:
      'L’urne ne répond pas ; le bulletin n’a donc pas pu être ouvert. Votre vote n’est pas encore déposé. Réessayez, ou déposez-le.',
    busy: 'Trop de bulletins sont venus avec votre code en une minute. Attendez une minute, puis réessayez.',
    opened:
      'Ce bulletin a été ouvert pour un contrôle et ne peut pas être déposé. Vous en avez maintenant un neuf, avec les mêmes choix.',
  },

  check: {
    title: 'Contrôler ce bulletin',
    notCast: 'Ce bulletin est maintenant ouvert et ne sera jamais compté. Vous n’avez pas encore voté.',
    steps: [
      'Prenez un autre téléphone ou ordinateur : celui d’un ami, par exemple, ou d’une bibliothèque. Pas celui-ci.',
      'Scannez cette image avec son appareil photo, et ouvrez le lien.',
      'Comparez ce qu’il montre avec ce qui est ci-dessous.',
    ],
    qr: 'Une image qui ouvre ce bulletin sur un deuxième appareil',
    tooLarge: 'Ce bulletin est trop grand pour une image. Envoyez le lien au deuxième appareil.',
    link: 'Ou ouvrez-y ce lien',
    compare: 'Le deuxième appareil doit montrer exactement ceci :',
    voter: 'Numéro d’électeur',
    number: 'Numéro de bulletin',
    same: 'Il montre la même chose : continuer et voter',
    differs: 'Quelque chose diffère',
  },

  report: {
    title: 'Signalez ce que vous avez vu',
    doNot: 'Pour l’instant, ne votez pas sur cet appareil.',
    steps: [
      'Signalez le problème. Tout le monde peut voir le signalement. Il porte le numéro de ce bulletin de contrôle, mais pas les choix.',
      'Enregistrez les preuves. Elles contiennent ce que cet appareil a montré, et les choix du bulletin de contrôle. Remettez-les à un scrutateur, en personne ou par courrier.',
      'Votez ensuite sur un autre appareil. Seul votre dernier vote compte.',
    ],
    save: 'Enregistrer les preuves',
    goOn: 'Revenir à mon vote',
  },

  conflict: {
    title: 'Était-ce vous ?',
    text: (entry) =>
      `Un vote a été déposé avec votre code, mais pas sur cet appareil (numéro ${entry} dans l’urne). L’avez-vous déposé, sur un autre appareil ou plus tôt ?`,
    yes: 'Oui, c’était moi',
    no: 'Non, ce n’était pas moi',
    yesThen: 'Vous pouvez voter de nouveau ici : seul votre dernier vote compte.',
    noTitle: 'Quelqu’un d’autre a votre code de vote',
    noText: (entry) =>
      `Prévenez tout de suite le responsable du vote, et donnez ce numéro : ${entry}. Vous pouvez quand même voter ici : votre vote prend la place de l’autre, tant qu’il est le dernier.`,
    goOn: 'Continuer et voter',
  },

  done: {
    title: 'Votre vote est enregistré',
    text: 'Vous avez terminé. Cet appareil a vérifié que votre vote est dans l’urne pour de bon.',
    another:
      'Si vous changez d’avis, rouvrez votre lien et votez de nouveau : seul votre dernier vote compte.',
    receipt: 'Votre reçu',
    says: 'Il dit que vous avez voté, pas comment. Gardez-le : vous pourrez voir plus tard que votre vote est compté.',
    voter: 'Numéro d’électeur',
    entry: 'Numéro dans l’urne',
    time: 'Déposé le',
    code: 'Code du reçu',
    print: 'Imprimer',
    save: 'Enregistrer',
    qr: 'Une image du lien vers votre reçu',
    later: 'Voir votre vote dans l’urne',
  },

  stopped: {
    offlineTitle: 'Pas de connexion',
    offline: 'L’urne est injoignable. Rien n’est perdu. Voyez si vous êtes en ligne, et réessayez.',
    preparingTitle: 'Le vote n’a pas commencé',
    preparing: 'Ce vote est encore en préparation. Revenez plus tard avec le même lien.',
    scheduled: (time) => `Le vote commence le ${time}. Revenez alors avec le même lien.`,
    closedTitle: 'Le vote est terminé',
    closed: 'On ne prend plus de votes.',
    closedNow:
      'Le vote s’est terminé avant l’arrivée de votre vote. Il n’a pas été enregistré. Si vous aviez voté plus tôt, ce vote-là compte toujours.',
    abandonedTitle: 'Ce vote a été annulé',
    abandoned: (reason) => `Le responsable du vote en a donné la raison : ${reason}`,
    unknownTitle: 'Ce vote n’existe pas',
    unknown: 'Il n’y a pas de vote à cette adresse. Comparez-la avec votre lettre.',
    untrueTitle: 'Ne votez pas ici',
    untrue:
      'Ce que montre l’urne ne s’accorde pas avec le lien de votre lettre. Comparez d’abord le lien. S’il est juste, prévenez le responsable du vote et un scrutateur. Votez ensuite sur un autre appareil, ou plus tard.',
    promiseTitle: 'Votre vote n’est peut-être pas enregistré',
    promise:
      'L’urne a répondu, mais la réponse n’est pas la preuve qu’elle vous doit. Signalez-le : la preuve est jointe à votre signalement.',
    replacedTitle: 'Votre code de vote a été remplacé',
    replaced:
      'Un nouveau code a été fait pour vous, et celui-ci ne peut plus voter. Prenez le nouveau. Ce que vous avez déposé avec celui-ci compte jusqu’à ce que vous votiez avec le nouveau. Si vous n’avez pas demandé de nouveau code, signalez-le.',
    deniedTitle: 'L’urne a perdu votre vote',
    denied:
      'Cet appareil détient un reçu de votre vote, et l’urne n’a plus ce vote. Signalez-le : la preuve est jointe à votre signalement.',
    refusedTitle: 'L’urne a refusé votre vote',
    refused: (code) =>
      `Votre vote n’a pas été enregistré. Cela ne devrait pas arriver. Dites ce mot au responsable du vote : ${code}`,
    found: 'Ce qui a été trouvé :',
    browserTitle: 'Ce navigateur ne peut pas voter',
    browser: 'Ouvrez le lien dans un navigateur plus récent. Son adresse doit commencer par https.',
    myVote: 'Retrouver mon vote',
  },
};
