/** The second device of a check, and "my vote", in French. */
import type { ProofTexts } from '../en/proofs.ts';
import { format } from './frame.ts';

export const proofs: ProofTexts = {
  second: {
    title: 'Contrôler un bulletin',
    text: 'Cette page ouvre un bulletin scellé qu’un autre appareil a fait, et montre ce qu’il contient. Elle le calcule elle-même et n’interroge que le registre public.',
    label: 'Lien ou code de l’autre appareil',
    hint: 'Scannez l’image de l’autre appareil avec l’appareil photo de celui-ci, ou collez le lien ici.',
    go: 'Ouvrir le bulletin',
    bad: 'Ceci n’est pas un bulletin ouvert pour un contrôle. Scannez l’image de nouveau.',
    wrong: 'Ce bulletin n’est pas bon',
    wrongText:
      'Il ne va pas avec ce vote, ou il contient ce qui n’est pas un vote valable. Ne votez pas sur l’appareil qui l’a fait.',
    shows: 'Voici ce qu’il y a dans le bulletin scellé',
    compare:
      'Comparez ces trois choses avec l’autre appareil : numéro d’électeur, choix, numéro de bulletin.',
    all: 'Les trois s’accordent',
    differs: 'Quelque chose diffère',
    good: 'Ce bulletin est bon',
    goodText:
      'L’autre appareil a scellé ce qui a été choisi. Ce bulletin ouvert n’est pas compté. Retournez à cet appareil : il a un bulletin neuf. Déposez celui-là.',
    bad2: 'Ne votez pas sur l’autre appareil',
    badText:
      'Il a montré une chose et en a scellé une autre. Signalez-le : le numéro de bulletin est joint à votre signalement, les choix non. Les preuves que vous pouvez enregistrer contiennent les choix ; ne les remettez qu’à un scrutateur.',
  },

  scan: {
    start: 'Scanner avec l’appareil photo',
    stop: 'Arrêter l’appareil photo',
    looking: 'Tenez le code aux carrés noirs devant l’appareil photo.',
    picture: 'Ou choisissez une image du code',
    none: 'Aucun code n’a été trouvé dans cette image. Reprenez-la, de plus près et avec une bonne lumière, ou tapez le code.',
    noCamera: 'Cette page ne peut pas utiliser d’appareil photo ici. Choisissez une image, ou tapez le code.',
    notLoaded: 'Le lecteur de codes n’a pas pu être chargé. Réessayez, ou tapez le code.',
  },

  mine: {
    title: 'Mon vote',
    text: 'Êtes-vous sur la liste ? Votre vote est-il dans l’urne, et est-il compté ? Si vous n’avez pas voté, personne ne l’a-t-il fait à votre place ? Votre appareil vérifie tout cela lui-même.',
    label: 'Code du reçu, code de vote ou numéro d’électeur',
    hint: 'Le code du reçu est sur votre reçu (43 lettres et chiffres). Le code de vote et le numéro d’électeur sont dans votre lettre ; le code reste sur cet appareil.',
    file: 'Ou votre reçu enregistré',
    go: 'Chercher',
    bad: 'Ceci n’est ni un code de reçu, ni un code de vote, ni un numéro d’électeur. Comparez-le avec votre reçu ou votre lettre.',
    badFile: 'Ce fichier n’est pas un reçu.',

    right: 'Juste',
    wrong: 'Faux',
    open: 'Pas encore',
    note: 'À noter',
    onRollTitle: 'Sur la liste',
    onRoll: (college, voter) => `Vous êtes sur la liste : ${college}, électeur numéro ${voter}.`,
    bodies: (names) => `Votre section et région : ${names}.`,
    noBodies: 'Aucune section ni région ne figure à votre ligne de la liste.',
    name: (name) => `Votre nom sur la liste : ${name}.`,
    rollProof: (size) =>
      `Votre appareil a vérifié que cette ligne est l’une des ${size} de la liste publiée.`,
    otherCode:
      'La liste a un autre code à ce numéro. C’est juste si l’on vous a donné un nouveau code. Sinon, signalez-le.',
    wrongBranch: 'Quelque chose est faux ici ? Signalez-le maintenant, avant l’ouverture du vote.',
    wrongBranchLate: 'Quelque chose est faux ici ? Signalez-le.',
    notOnRoll:
      'Ce code n’est pas sur la liste de ce vote. Comparez-le avec votre lettre. S’il est le même, signalez-le.',
    replaced:
      'Ce code de vote a été remplacé par un nouveau. Ce qui a été déposé avec lui compte jusqu’à ce qu’il y ait un vote avec le nouveau. Si vous n’avez pas demandé de nouveau code, signalez-le.',
    noSuchNumber: (voter, size) =>
      `Il n’y a pas d’électeur numéro ${voter} : la liste finit au numéro ${size}. Comparez-le avec votre lettre.`,
    rollNotYet: 'La liste n’est pas encore publiée.',

    recordedTitle: 'Enregistré',
    recorded: (entry) => `Votre vote est dans l’urne : il y a le numéro ${entry}.`,
    recordedUnder: (entry) =>
      `Un vote est enregistré sous ce numéro : dans l’urne, il a le numéro ${entry}. Ce n’est pas le vôtre ? Alors quelqu’un d’autre a voté avec votre code : signalez-le.`,
    isCheck: (entry) =>
      `Ceci est le reçu d’un bulletin ouvert pour un contrôle (numéro ${entry} dans l’urne). Il n’est pas compté.`,
    notRecorded: 'Aucun vote n’est enregistré sous votre numéro.',
    recordedOld:
      'Le code de vote de ce numéro a été remplacé. Ce qui a été déposé avec l’ancien compte jusqu’à ce qu’il y ait un vote avec le nouveau.',
    notOpen: (time) => `Personne n’a encore voté. Le vote commence le ${time}.`,
    missing: 'L’urne n’a rien qui aille avec ce reçu.',
    untrue: 'Ce que montre l’urne ne va pas avec sa propre preuve.',

    countedTitle: 'Compté',
    countedNotYet: 'Quand le résultat sera proclamé, vous pourrez voir ici que votre vote est compté.',
    counted: 'Votre vote est compté dans le résultat, et personne n’a voté à votre place.',
    countedUnder:
      'Le vote enregistré sous ce numéro est compté. Ce n’est pas le vôtre ? Alors quelqu’un d’autre a voté à votre place : signalez-le.',
    countedOld:
      'Un vote est compté sous ce numéro, dont le code de vote a été remplacé. Ce n’est pas le vôtre ? Signalez-le.',
    countedOther:
      'Un vote ultérieur de votre part est compté à la place de celui-ci. Si vous n’avez pas voté de nouveau, quelqu’un d’autre a votre code de vote.',
    notCounted: 'Votre vote est enregistré, et il n’est pas dans le compte.',
    nobody: 'Personne n’a voté à votre place.',
    counted2: 'Un vote est compté sous votre numéro.',

    wrongTitle: 'Si quelque chose n’est pas juste',
    wrongSteps: (until) => [
      'Signalez-le ici. La preuve y est jointe, et ne dit pas comment vous avez voté.',
      'Votre signalement est publié aussitôt, et doit recevoir une réponse publique.',
      until === null
        ? 'Faites-le avant que le résultat soit définitif.'
        : `Faites-le vite : le résultat est définitif ${until} après sa proclamation.`,
    ],
    days: (n) => format.counted(n, 'jour', 'jours'),
    another: 'Chercher un autre vote',
  },
};
