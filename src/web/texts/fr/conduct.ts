/** Conducting an election at the officer's desk, in French. */
import type { ConductTexts } from '../en/conduct.ts';
import { about } from './disputes.ts';

const steps: ConductTexts['steps'] = {
  published: {
    title: 'Vote publié',
    done: 'Tout le monde peut lire les règles. Plus personne ne peut les changer.',
    later: '',
  },
  roll: {
    title: 'Liste électorale remise',
    done: 'Il est fixé qui peut voter.',
    later: '',
    registrar: 'La personne qui tient la liste électorale doit encore la remettre.',
  },
  key: {
    title: 'Clé faite par les scrutateurs',
    done: 'Les scrutateurs ont fait la clé ensemble. Aucun d’eux ne peut lire les votes seul.',
    later: '',
    trustees: ({ who }) => `On attend ${who}. Chacun a une page pour cela ; rappelez-le à ceux qui manquent.`,
    officer:
      'Un scrutateur a signalé un problème. Mettez fin à cette tentative, pour que les scrutateurs puissent recommencer.',
  },
  tokens: {
    title: 'Codes de vote envoyés',
    done: 'Les codes de vote ont été remis.',
    later: '',
    registrar: 'Les codes de vote doivent encore être envoyés aux membres, par lettre ou par courriel.',
  },
  notice: {
    title: 'Délai d’annonce écoulé',
    done: 'Les membres ont eu, pour lire les règles, le temps que les règles leur promettent.',
    later: '',
    clock: ({ time }) =>
      `Les membres ont jusqu’au ${time} pour lire les règles avant que le vote puisse commencer.`,
  },
  open: {
    title: 'Début du vote',
    done: 'Le vote a commencé.',
    later: 'Vous pourrez ouvrir le vote quand les étapes précédentes seront faites.',
    officer: 'Vous pouvez maintenant ouvrir le vote.',
    clock: ({ time }) => `Vous avez ouvert le vote. Il commence de lui-même le ${time}.`,
  },
  closed: {
    title: 'Fin du vote',
    done: 'Le vote est fini.',
    later: 'Le vote doit d’abord commencer.',
    officer: 'Les membres peuvent voter. C’est vous qui mettez fin au vote.',
    clock: ({ time }) => `Les membres peuvent voter jusqu’au ${time}. Puis le vote finit de lui-même.`,
    service: 'Le temps est écoulé. Le service met fin au vote.',
  },
  counted: {
    title: 'Bulletins comptés',
    done: 'Les bulletins ont été additionnés.',
    later: 'Le vote doit d’abord finir.',
    officer: 'Vous pouvez maintenant faire additionner les bulletins.',
    service: 'Le service additionne les bulletins.',
  },
  agreed: {
    title: 'Recompte des scrutateurs',
    done: 'Assez de scrutateurs ont recompté et trouvé la même chose.',
    later: 'Les bulletins doivent d’abord être additionnés.',
    trustees: ({ who }) => `On attend le recompte et l’accord : ${who}.`,
  },
  decrypted: {
    title: 'Totaux ouverts',
    done: 'Les totaux sont ouverts. Aucun vote n’a été ouvert.',
    later: 'Les scrutateurs doivent d’abord être d’accord.',
    trustees: ({ who }) =>
      `On attend l’ouverture des totaux : ${who}. Leurs pages le font d’elles-mêmes tant qu’elles sont ouvertes.`,
  },
  declared: {
    title: 'Résultat proclamé',
    done: 'Vous avez proclamé le résultat.',
    later: 'Les totaux doivent d’abord être connus.',
    officer: 'Le résultat est connu. Relisez-le, puis proclamez-le.',
  },
  disputes: {
    title: 'Temps des signalements écoulé',
    done: 'Le résultat est définitif.',
    later: 'Le résultat doit d’abord être proclamé.',
    officer: 'Des problèmes signalés sont sans réponse. Voyez-les plus bas.',
    clock: ({ time }) => `On peut signaler un problème jusqu’au ${time}. Puis le résultat est définitif.`,
  },
};

const acts: ConductTexts['acts'] = {
  open: {
    open: 'Ouvrir le vote',
    text: 'Vous signez que le vote est prêt. À partir de là, la liste et la clé sont fixées elles aussi.',
    confirm:
      'Une fois le vote ouvert, vous ne pouvez plus l’annuler, et rien ne peut plus changer, sauf la fin du vote.',
    go: 'Oui, ouvrir le vote',
    done: 'Vous avez ouvert le vote.',
  },
  close: {
    open: 'Mettre fin au vote',
    text: 'Après cela, plus personne ne peut voter.',
    confirm: 'On ne peut pas revenir en arrière. Les votes en cours peuvent arriver trop tard.',
    go: 'Oui, mettre fin au vote',
    done: 'Le vote est fini.',
  },
  tally: {
    open: 'Compter les bulletins',
    text: 'Le service additionne les bulletins sans les ouvrir. Personne n’apprend ainsi le résultat.',
    confirm: 'La somme entre dans le registre public, et les scrutateurs la vérifient.',
    go: 'Oui, compter les bulletins',
    done: 'Les bulletins ont été additionnés.',
  },
  declare: {
    open: 'Voir le résultat',
    text: 'Votre navigateur calcule le résultat d’après le registre public. Lisez-le avant de le signer.',
    confirm:
      'Vous signez que c’est le résultat. On ne peut pas revenir en arrière. Tout le monde peut le vérifier.',
    go: 'Oui, proclamer ce résultat',
    done: 'Vous avez proclamé le résultat.',
  },
  extend: {
    open: 'Repousser la fin du vote',
    text: 'Faites-le si les membres n’ont pas pu voter pendant un temps, après une panne par exemple. Dites pourquoi : consignez aussi un incident.',
    confirm: 'Le vote durera plus longtemps. On ne pourra plus le raccourcir.',
    go: 'Oui, la repousser',
    done: 'La fin du vote est repoussée.',
  },
  incident: {
    open: 'Consigner un incident',
    text: 'Écrivez ce qui s’est passé et quand ; tout le monde le lira. Ne nommez aucun membre qui a voté.',
    confirm: 'Cela reste pour toujours dans le registre public.',
    go: 'Oui, le consigner',
    done: 'L’incident est dans le registre public.',
  },
  abandon: {
    open: 'Annuler le vote',
    text: 'Vous pouvez le faire tant que le vote n’est pas ouvert. Il n’a alors jamais lieu.',
    confirm:
      'On ne peut pas revenir en arrière. Pour voter sur la même question, il faut préparer un autre vote.',
    go: 'Oui, l’annuler',
    done: 'Le vote est annulé.',
  },
  void: {
    open: 'Faire recommencer les scrutateurs',
    text: 'Faites-le si un scrutateur a signalé un problème, ou a perdu la clé avant qu’elle soit finie. Ce que les scrutateurs ont fait est jeté, et ils recommencent d’eux-mêmes.',
    confirm: 'Chaque scrutateur doit participer à nouveau. On ne peut pas revenir en arrière.',
    go: 'Oui, recommencer',
    done: 'Cette tentative est finie. Les scrutateurs recommencent.',
  },
  commitLot: {
    open: 'Participer au tirage au sort',
    text: 'En cas d’égalité, le sort décide. Votre navigateur choisit un nombre secret et n’en montre maintenant que le sceau. Vous montrerez le nombre après le vote.',
    confirm:
      'Si un des responsables ne participe pas, ou ne montre pas son nombre plus tard, on ne peut pas tirer au sort.',
    go: 'Oui, participer',
    done: 'Votre nombre scellé est dans le registre public.',
  },
  revealLot: {
    open: 'Montrer votre nombre pour le tirage au sort',
    text: 'Le vote est fini. Montrez le nombre que vous avez scellé avant.',
    confirm: 'Avec les nombres des autres responsables, il décide des égalités.',
    go: 'Oui, le montrer',
    done: 'Votre nombre est dans le registre public.',
  },
  castingVote: {
    open: 'Donner la voix de la présidence',
    text: 'Il y a autant de voix pour que contre. Les règles donnent une voix à la présidence. Saisissez-la si vous présidez, ou pour la personne qui préside.',
    confirm: 'Elle est publique, et on ne peut pas revenir en arrière.',
    go: 'Oui, donner cette voix',
    done: 'La voix de la présidence est dans le registre public.',
  },
  replace: {
    open: 'Remplacer un code de vote perdu',
    text: 'L’ancien code cesse aussitôt de valoir. Ce qui a été voté avec lui compte encore, tant que personne ne vote avec le nouveau.',
    confirm:
      'Il est public qu’un code a été remplacé, mais pas celui de qui. Assurez-vous de savoir qui le demande.',
    go: 'Oui, le remplacer',
    done: 'Le code de vote est remplacé.',
  },
  dispute: {
    open: 'Consigner un problème signalé autrement',
    text: 'Par lettre ou par téléphone, par exemple. Écrivez ce qui a été signalé ; tout le monde le lira. Ne nommez personne.',
    confirm: 'Cela reste pour toujours dans le registre public.',
    go: 'Oui, le consigner',
    done: 'Le signalement est dans le registre public.',
  },
  enter: {
    open: 'Le mettre au registre',
    text: 'Les mots du membre sont copiés dans le registre public, pour qu’ils durent plus longtemps que ce service.',
    confirm: 'Ils restent pour toujours dans le registre public.',
    go: 'Oui, le mettre au registre',
    done: 'Le signalement est dans le registre public.',
  },
  answer: {
    open: 'Y répondre',
    text: 'Dites ce que vous avez trouvé et ce qui en découle ; tout le monde le lira.',
    confirm: 'Votre réponse reste pour toujours dans le registre public.',
    go: 'Oui, publier cette réponse',
    done: 'Votre réponse est dans le registre public.',
  },
  second: {
    open: 'Signer aussi',
    text: 'Votre navigateur compare avec le registre, et ne signe que ce qu’il trouve juste.',
    confirm: 'Avec votre signature, c’est inscrit au registre public. On ne peut pas revenir en arrière.',
    go: 'Oui, signer aussi',
    done: 'Signé par deux responsables, c’est inscrit au registre public.',
  },
  withdraw: {
    open: 'Retirer',
    text: 'C’est oublié, et rien n’est inscrit.',
    confirm: 'Qui le veut tout de même doit le signer à nouveau.',
    go: 'Oui, retirer',
    done: 'C’est oublié.',
  },
};

/** @param awaited each as its number, with or without a name. */
function trustees(awaited: readonly string[]): string {
  if (awaited.length === 0) return 'les scrutateurs';
  if (awaited.length === 1) return `le scrutateur ${awaited[0]}`;
  return `les scrutateurs ${awaited.slice(0, -1).join(', ')} et ${awaited.at(-1)}`;
}

export const conduct: ConductTexts = {
  reading: 'Votre navigateur lit le registre de ce vote et le vérifie …',
  publicPage: 'La page publique de ce vote',
  next: 'La suite',
  nothingNext: 'Tout est fait.',
  abandoned: (reason) => `Ce vote a été annulé : « ${reason} »`,
  putOff: (time) =>
    `Les responsables l’ont repoussée. D’après les règles, le vote devait se terminer le ${time}.`,
  allSteps: 'Toutes les étapes',
  marks: { done: 'Fait', now: 'Maintenant', later: 'Plus tard', never: 'Annulé' },
  steps,
  trustees,
  round: (round, of, attempt) =>
    attempt === 1 ? `Tour ${round} sur ${of}.` : `Tentative ${attempt}, tour ${round} sur ${of}.`,
  complaint: (i, against) =>
    `Le scrutateur ${i} signale un problème avec ce que le scrutateur ${against} a envoyé.`,
  voided: (attempt, reason) => `La tentative ${attempt} a été arrêtée : « ${reason} »`,
  tokensNotSent: 'Attention : d’après la tenue de la liste, les codes de vote ne sont pas encore envoyés.',

  turnout: {
    title: 'Participation',
    text: 'Combien ont voté, jamais quoi.',
    caption: 'Participation par collège',
    bodies: 'Participation par section et région',
    college: 'Collège',
    body: 'Section ou région',
    onRoll: 'Sur la liste',
    voted: 'Ont voté',
    share: 'Participation',
    as: (time) => `État : ${time}. Les chiffres se mettent à jour d’eux-mêmes.`,
  },

  acts,
  more: 'Ce que vous pouvez faire d’autre',
  moreText: 'Chacun de ces actes est signé de votre clé, vous est demandé une seconde fois, et est public.',
  public: 'Tout le monde peut le voir, et qu’un responsable l’a fait.',
  openKeyFirst:
    'Ouvrez d’abord votre clé de signature : elle est au bas de cette page. Jusque-là, vous pouvez regarder.',
  goOn: 'Continuer',
  cancel: 'Laisser',
  sure: 'Voulez-vous vraiment ?',
  errors: 'Il y a un problème',
  onRecord: (index) => `C’est l’inscription ${index} du registre public.`,

  fields: {
    text: 'Ce que tout le monde lira',
    reason: 'Pourquoi ? Tout le monde le lira',
    empty: 'Écrivez quelque chose.',
    long: (most) => `Écrivez au plus ${most} caractères.`,
    until: 'Nouvelle fin du vote',
    untilHint: (from, latest) =>
      `La fin du vote est fixée au ${from}. Les règles permettent le ${latest} au plus tard.`,
    untilBad: 'Indiquez un jour et une heure.',
    untilRange: (from, latest) => `Elle doit venir après le ${from}, et le ${latest} au plus tard.`,
    vote: 'La présidence vote',
    for: 'Pour',
    against: 'Contre',
    voteNone: 'Choisissez pour ou contre.',
    person: 'Numéro du membre dans le fichier des membres',
    personNone: 'Indiquez le numéro du membre.',
    college: 'Collège',
    substitute: 'Numéro de la personne qui remplace, si c’en est une',
    substituteHint: 'Laissez vide si le code a été perdu.',
  },

  facts: {
    opens: (time) => `Début du vote : ${time}.`,
    closes: (time) => `Fin du vote : ${time}.`,
    closesByHand: 'C’est vous qui mettez fin au vote.',
    voters: (n) => `Votants sur la liste : ${n}.`,
    links: 'Votre navigateur recompte d’abord les votes précédents, ce qui peut prendre quelques minutes.',
    until: (time) => `Nouvelle fin du vote : ${time}.`,
    says: (text) => `« ${text} »`,
    vote: (vote) => (vote === 'for' ? 'La présidence vote pour.' : 'La présidence vote contre.'),
    person: (person, college) => `Membre ${person}, ${college}.`,
    left: (n) => `Codes que l’on peut encore remplacer dans ce vote : ${n}.`,
  },

  result: {
    working: 'Votre navigateur calcule le résultat …',
    declare: 'Proclamer ce résultat',
    option: 'Réponse',
    votes: 'Voix',
    lotMissing:
      'Il y a une égalité que le sort décide. Tous les responsables n’ont pas encore montré leur nombre.',
    tie: 'Avant la proclamation, la présidence peut voter. Sans sa voix, la motion est rejetée.',
    motion: (title, college) => (college === null ? title : `${title}, ${college}`),
  },

  token: {
    title: 'Le nouveau code de vote',
    text: 'Donnez-le maintenant au membre. Il n’est montré qu’une fois, et personne ne peut le montrer à nouveau. Qui a ce code peut voter.',
    link: 'Lien pour voter',
    printed: 'Je l’ai transmis',
  },

  disputes: {
    title: 'Problèmes signalés',
    none: 'Rien n’a été signalé.',
    until: (time) => `On peut signaler un problème jusqu’au ${time}.`,
    over: 'Le temps des signalements est écoulé.',
    filed: (time) => `Envoyé le ${time}`,
    by: (voter) => `Votant numéro ${voter}`,
    about,
    states: { filed: 'Pas encore au registre', entered: 'Sans réponse', answered: 'Répondu' },
    findings: {
      none: 'Aucun reçu n’y est joint.',
      holds: 'Le reçu joint est juste.',
      contradicts:
        'Le reçu joint prouve que ce service a montré deux registres différents. Arrêtez tout, et appelez les scrutateurs et une personne indépendante.',
      incomplete: 'Le reçu joint ne prouve rien.',
      foreign: 'Le reçu joint n’est pas de ce vote.',
    },
    entry: (index) => `Inscription ${index}`,
    answers: 'Réponse',
    more: 'Compléter la réponse',
    enterFirst: 'Il faut d’abord le mettre au registre avant d’y répondre.',
  },

  second: {
    title: 'En attente d’un second responsable',
    text: 'Les règles de ce vote demandent ici deux signatures.',
    waits: 'Vous avez signé. Un autre responsable doit maintenant signer aussi.',
    by: (officer, time) =>
      `Le responsable ${officer} a signé. Si personne d’autre ne signe, c’est oublié le ${time}.`,
    own: 'Vous avez déjà signé : c’est à un autre responsable de le faire.',
    false: 'Ce qui est proposé n’est pas juste. Votre navigateur ne signe rien :',
  },

  faults: {
    unreachable: 'Le service ne répond pas. Rien n’est perdu. Vérifiez votre connexion et réessayez.',
    signedOut: 'Vous n’êtes plus identifié. Identifiez-vous à nouveau ; vous revenez à cette page.',
    signIn: 'S’identifier à nouveau',
    refused: 'Le service ne l’a pas accepté. Rien n’a été inscrit.',
    record:
      'Le registre de ce vote n’est pas comme il doit être. Votre navigateur ne signe rien. Prévenez les scrutateurs et la personne qui gère le service.',
    receipt:
      'Le service dit avoir inscrit ceci, mais ne le prouve pas. Prévenez les scrutateurs et la personne qui gère le service.',
    link: 'Le vote précédent ne peut pas servir :',
    failedTally:
      'Le comptage a échoué. La personne qui gère le service peut voir pourquoi. Vous pouvez réessayer.',
    unknown: 'Quelque chose n’a pas marché. Rechargez la page.',
    tryAgain: 'Réessayer',
  },

  unanswered: {
    title: 'Est-ce inscrit ?',
    text: (what) =>
      `Vous veniez de signer ceci quand la connexion s’est perdue : ${what}. Votre navigateur a gardé ce que vous avez signé.`,
    asking: 'Votre navigateur demande si c’est inscrit …',
    was: 'C’est inscrit. Vous n’avez pas à le refaire.',
    wasNot: 'Ce n’est pas inscrit. Envoyez-le à nouveau, et ce sera inscrit une fois. Ou laissez-le.',
    again: 'Envoyer à nouveau',
    leave: 'Laisser',
    kinds: {
      opening: 'l’ouverture du vote',
      result: 'la proclamation du résultat',
      void: 'la reprise par les scrutateurs',
      replacement: 'le remplacement d’un code de vote',
      extension: 'la fin du vote repoussée',
      abandonment: 'l’annulation du vote',
      incident: 'un incident',
      dispute: 'un problème signalé',
      answer: 'la réponse à un problème signalé',
      'casting-vote': 'la voix de la présidence',
      'lot-commitment': 'la participation au tirage au sort',
      'lot-reveal': 'votre nombre pour le tirage au sort',
    },
  },

  notOfficer: 'Votre clé n’est pas celle d’un responsable de ce vote. Vous pouvez regarder, mais pas signer.',
};
