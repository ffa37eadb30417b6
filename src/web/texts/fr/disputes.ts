/** Reports of problems, and what came of them, in French. */
import type { DisputeTexts } from '../en/disputes.ts';
import { format } from './frame.ts';

const duration = (seconds: number): string =>
  seconds < 86_400
    ? format.counted(Math.ceil(seconds / 3600), 'heure', 'heures')
    : format.counted(Math.floor(seconds / 86_400), 'jour', 'jours');

export const about: DisputeTexts['about'] = {
  'not-on-roll': 'Je ne suis pas sur la liste',
  'wrong-branch': 'Je suis dans la mauvaise section, ou ma ligne de la liste est fausse',
  'wrong-ballot': 'Mon appareil a scellé autre chose que mon choix',
  'not-recorded': 'Mon vote n’est pas dans l’urne',
  'not-counted': 'Mon vote n’est pas compté',
  'not-mine': 'Quelqu’un d’autre a voté avec mon code',
  other: 'Autre chose',
};

export const disputes: DisputeTexts = {
  about,
  findings: {
    none: 'Aucun reçu n’y est joint.',
    holds: 'Son reçu est bon : le vote ou le contrôle dont il parle est dans l’urne.',
    contradicts: 'Son reçu prouve que l’urne est en faute : elle a signé une chose, et en montre une autre.',
    incomplete: 'Son reçu ne prouve pas ce qu’il dit. Il a pu être changé ou coupé.',
    foreign: 'Son reçu n’est pas signé par cette urne.',
  },

  list: {
    title: 'Problèmes signalés',
    text: 'Chacun peut signaler un problème. Il est montré ici aussitôt, et le responsable du vote doit y répondre en public. Ce que les gens écrivent n’engage qu’eux : seuls leurs reçus sont vérifiés.',
    ofCopy:
      'Cette copie a les signalements envoyés avant qu’elle ne soit faite. Chacun a été comparé avec son numéro, et son reçu avec le registre. Ce que les gens écrivent n’engage qu’eux.',
    recorded: {
      title: 'Au registre',
      text: 'Un responsable les a inscrits. Ils font partie du registre : personne ne peut plus les enlever.',
    },
    beside: {
      title: 'Envoyés, et pas encore au registre',
      text: 'Ils sont à côté du registre. Personne n’a signé leur arrivée : personne ne peut donc montrer qu’il n’en manque aucun.',
    },
    none: 'Rien n’a été signalé.',
    open: (n) =>
      n === 0
        ? 'Tout ce qui a été signalé a sa réponse.'
        : `${format.counted(n, 'signalement n’a', 'signalements n’ont')} pas encore de réponse.`,
    report: 'Signaler un problème',
    until: (time) => `On peut signaler un problème jusqu’au ${time}.`,
    untilAfter: (seconds) =>
      `On peut signaler un problème dès maintenant, et pendant ${duration(seconds)} après la proclamation du résultat.`,
    untilResult: 'On peut signaler un problème jusqu’à la proclamation du résultat.',
    over: (time) => `Le temps des signalements a pris fin le ${time}.`,
    heading: (n) => `Signalement ${format.number(n)}`,
    byOfficer: (entry) => `Inscrit par un responsable (inscription ${format.number(entry)})`,
    filed: (time) => `Envoyé le ${time}.`,
    voter: (n) => `Électeur numéro ${format.number(n)}.`,
    ballot: 'Numéro de bulletin :',
    found: 'L’appareil qui l’a envoyé a trouvé :',
    states: { filed: 'Envoyé', entered: 'Au registre', answered: 'Répondu' },
    answer: (entry) => `Réponse du responsable du vote (inscription ${format.number(entry)})`,
    file: 'Le signalement avec sa preuve',
    entry: (entry) => `L’inscription ${format.number(entry)} du registre le nomme.`,
  },

  final: {
    not: (time) => `Le résultat est définitif le ${time}. Jusque-là, on peut signaler un problème.`,
    is: (time) => `Le résultat est définitif depuis le ${time}.`,
    open: (n) =>
      `${format.counted(n, 'problème signalé n’a', 'problèmes signalés n’ont')} pas encore de réponse.`,
  },

  form: {
    title: 'Signaler un problème',
    text: 'Votre signalement est montré aussitôt à tout le monde. Le responsable du vote doit y répondre en public. Il ne dit pas comment vous avez voté.',
    about: 'Qu’est-ce qui ne va pas ?',
    aboutFault: 'Choisissez ce qui ne va pas.',
    words: 'Que s’est-il passé ?',
    hint: 'Avec vos mots, si vous voulez. Tout le monde peut le lire : n’écrivez ni votre nom, ni comment vous avez voté, ni votre code de vote.',
    tooLong: (n) => `Écrivez ${format.number(n)} lettres au plus.`,
    tellsCode: 'Votre code de vote est dans ce texte. Enlevez-le : qui l’a peut voter à votre place.',
    left: (n) => `Il reste ${format.counted(n, 'lettre', 'lettres')}`,
    voter: 'Votre numéro d’électeur, si vous le connaissez',
    voterHint: 'Il est dans votre lettre et sur votre reçu.',
    voterFault: 'Un numéro d’électeur est un nombre entier. Comparez-le avec votre lettre.',
    proof: 'Ce qui y est joint',
    receipt: (entry) =>
      `Votre reçu : numéro ${entry} dans l’urne. Il montre que vous avez voté ou contrôlé, pas comment.`,
    ballot: 'Le numéro du bulletin que vous avez ouvert :',
    found: 'Ce que votre appareil a trouvé :',
    addReceipt: 'Le code de votre reçu, si vous en avez un',
    receiptHint: 'Un reçu est la meilleure preuve. Scannez-le, ou collez son code de 43 lettres et chiffres.',
    receiptFault: 'Ceci n’est pas un code de reçu. Comparez-le avec votre reçu, ou laissez ce champ vide.',
    receiptIsCode: 'Ceci est un code de vote, pas un reçu. Ne le montrez à personne.',
    missing: (leaf) => `l’urne n’a rien qui aille avec le reçu ${leaf}`,
    go: 'Publier mon signalement',
    sending: 'Il est en route …',
    lost: 'Il n’y a pas de réponse. Rien n’est perdu : appuyez de nouveau. Le même signalement n’est jamais montré deux fois.',
    closedTitle: 'Le temps des signalements est passé',
    closed:
      'Le résultat est définitif. Si quelque chose ne va quand même pas, écrivez au responsable du vote et à un scrutateur.',
    tooMany:
      'Trop de signalements viennent d’arriver. Attendez un moment, et appuyez de nouveau. Ou enregistrez votre signalement, et remettez-le au responsable du vote.',
    done: 'Votre signalement est publié',
    doneText:
      'Tout le monde peut le voir maintenant. Le responsable du vote l’inscrit au registre et y répond.',
    number: 'Son numéro :',
    keep: 'Enregistrez votre signalement. Son numéro en est calculé : personne ne peut le changer sans que cela se voie.',
    save: 'Enregistrer mon signalement',
    see: 'Voir tous les signalements et leurs réponses',
    urgent:
      'S’agit-il de votre vote, et le vote est-il encore ouvert ? Votez de nouveau sur un autre appareil : seul votre dernier vote compte.',
  },
};
