/** The trustees' pages in French. */
import type { TrusteeTexts } from '../en/trustee.ts';

/** « du scrutateur 2 », « des scrutateurs 2 et 3 » … */
function trustees(awaited: readonly number[]): string {
  if (awaited.length === 0) return 'les autres scrutateurs';
  if (awaited.length === 1) return `le scrutateur ${awaited[0]}`;
  return `les scrutateurs ${awaited.slice(0, -1).join(', ')} et ${awaited.at(-1)}`;
}

const TELL =
  'Votre navigateur s’est arrêté et ne signe rien. Prévenez le responsable et les autres scrutateurs.';

export const trustee: TrusteeTexts = {
  title: 'Pour les scrutateurs',
  titleOf: (election) => `Pour les scrutateurs : ${election}`,
  keyTitle: 'Clé de scrutateur',
  noScript: 'Cette page a besoin de JavaScript. En ligne de commande, ceci fait de même :',
  none: 'Ce vote n’a pas de scrutateurs : les votes sont publics, et aucun n’est scellé.',
  trustees,

  page: {
    recount: 'Recompte',
    recounting: 'Recompte de chaque bulletin …',
    addingUp: 'Addition …',
    allSteps: 'Toutes les étapes',
    you: (i, count, threshold) =>
      `Vous êtes le scrutateur ${i} sur ${count} ; ${threshold} ensemble peuvent ouvrir les totaux.`,
    yourFile: 'Votre fichier de clé',
    yourFileText: 'C’est celui de cette clé publique :',
    saveCopy: 'Enregistrer une copie',
    stopped: 'Votre navigateur s’est arrêté',
    found: 'Ce qui a été trouvé :',
    tryAgain: 'Réessayer',
    moment: 'Un instant',
    keepOpen: 'Gardez cette page ouverte.',
    looking: 'Consultation …',
    reading: 'Votre navigateur lit le registre du vote et le vérifie …',
    haveBackup: 'J’ai un fichier de sauvegarde',
    open: 'Ouvrez votre fichier de clé',
    openText:
      'Votre fichier de clé est dans ce navigateur. Saisissez sa phrase secrète pour reprendre où vous en étiez.',
    noFile: 'Il n’y a pas de fichier de clé dans ce navigateur.',
    otherFile:
      'Il y a un fichier de clé dans ce navigateur, mais ce n’est pas celui d’un scrutateur de ce vote.',
    restore: 'Restaurez votre fichier de clé',
    restoreText: (other) =>
      `${other} Si vous avez fait votre clé dans un autre navigateur ou sur une autre machine, continuez là-bas, ou restaurez ici votre sauvegarde.`,
    oneKey: 'Votre clé publique',
    manyKeys: 'Vos clés publiques',
    giveOne:
      'Donnez-la au responsable, d’une façon qui montre qu’elle vient de vous. Il l’inscrit dans les règles du vote et vous envoie l’adresse du vote. Ouvrez-la dans ce navigateur.',
    giveMany:
      'Donnez-en une neuve au responsable, d’une façon qui montre qu’elle vient de vous. Il l’inscrit dans les règles du vote et vous envoie l’adresse du vote. Ouvrez-la dans ce navigateur.',
    lockedCopy:
      'La copie est verrouillée par votre phrase secrète. Sans fichier de clé et phrase secrète, vous ne pouvez pas participer.',
    make: 'Faites votre clé',
    makeText:
      'Les scrutateurs détiennent ensemble la clé d’un vote. Aucun d’eux ne peut lire un vote, et il peut en manquer quelques-uns. Votre part reste dans ce navigateur, verrouillée par une phrase secrète ; elle n’est jamais envoyée.',
    makeCaution:
      'Le programme de cette page vient chaque fois du serveur. Quand l’enjeu est grand, la plupart des scrutateurs devraient utiliser la ligne de commande.',
    makeAnother: 'Faire une autre clé',
    cannot: 'Ce navigateur ne peut pas participer',
    cannotText:
      'Cette page a besoin d’une connexion sûre (https) et d’un navigateur de ces dernières années.',
    notLoaded: 'Une partie de cette page n’a pas pu être chargée. Rechargez-la.',
  },

  key: {
    passphrase: 'Phrase secrète',
    again: 'La même phrase secrète encore une fois',
    advice: (characters) =>
      `Au moins ${characters} caractères ; cinq mots sans rapport entre eux conviennent bien. Écrivez-la et gardez-la loin de cette machine : personne ne peut la réinitialiser.`,
    differ: 'Les deux phrases secrètes diffèrent.',
    show: 'Montrer ce que je saisis',
    make: 'Faire ma clé',
    making: 'Votre clé se fait …',
    backup: 'Fichier de sauvegarde',
    ofBackup: 'Phrase secrète de la sauvegarde',
    restore: 'Restaurer',
    checkingFile: 'Contrôle du fichier …',
    file: 'Fichier de clé',
    open: 'Ouvrir',
    opening: 'Ouverture …',
    chooseFirst: 'Choisissez d’abord un fichier.',
    copy: 'Copier',
    copied: 'Copié.',
    byHand: 'Sélectionnez-la et copiez-la à la main.',
    downloads: 'Cherchez-la parmi les téléchargements de votre navigateur.',
  },

  words: {
    label: 'Les mots, tels qu’un autre scrutateur vous les lit',
    text: 'Téléphonez aux autres scrutateurs, ou rencontrez-les. Lisez-vous ces douze mots : chacun doit avoir les mêmes mots dans le même ordre. Vous savez alors que vous avez tous fait la même clé, et que personne ne se tient entre vous.',
    compare: 'Comparer',
    comparing: 'Comparaison …',
    same: 'Votre navigateur signe que vous confirmez la clé …',
    differ: (difference) =>
      `${difference} Si c’est une faute de frappe, corrigez-la. L’autre scrutateur lit-il vraiment autre chose ? Alors n’allez pas plus loin : on a montré à quelqu’un une autre clé. Prévenez les autres scrutateurs et le responsable, qui doit annuler cet essai.`,
    count: (expected, typed) => `Il y a ${expected} mots ; vous en avez saisi ${typed}.`,
    word: (at, typed, here) => `Le mot ${at} diffère : vous avez saisi « ${typed} », ici c’est « ${here} ».`,
    again: 'Les mots de cette clé',
  },

  tasks: {
    backupFile: 'Choisissez ensuite le fichier que vous avez enregistré',
    backup:
      'Si cette machine tombe en panne, la sauvegarde et votre phrase secrète sont tout ce qui peut prendre votre place. Gardez-la là où cette machine n’est pas : sur une clé USB, par exemple.',
    saveBackup: 'Enregistrer la sauvegarde',
    checkBackup: 'Contrôler la sauvegarde, puis confirmer',
    checking: 'Contrôle …',
    proved: 'La sauvegarde est prouvée. Votre navigateur confirme la clé …',
    recount:
      'Appuyez sur le bouton, et votre navigateur lit chaque bulletin du registre, contrôle chaque preuve et compte. Les bulletins restent scellés. Si son compte est celui qui est publié, il signe votre accord. Dès que assez de scrutateurs sont d’accord, il ouvre les totaux, et rien d’autre.',
    minutes: 'Cela peut prendre quelques minutes. Gardez la page ouverte.',
    recountNow: 'Recompter, et donner mon accord si c’est juste',
    recounting: 'Recompte …',
    begins: 'Le recompte commence …',
    comeBack: 'Vous pouvez fermer cette page et revenir plus tard avec votre phrase secrète.',
    stay: 'Gardez cette page ouverte : votre navigateur répond de lui-même à mesure que les autres arrivent. Si elle est fermée, rouvrez-la plus tard. Rien n’est perdu.',
    result: 'Le résultat, et comment le vérifier',
    keepBackup: 'Gardez votre sauvegarde jusqu’à ce que le responsable dise que le résultat est définitif.',
    blamed: (i, why) => `Le scrutateur ${i} est en faute : ${why}.`,
    decrypts:
      'Gardez cette page ouverte : votre navigateur ouvre les totaux dès que assez de scrutateurs sont d’accord.',
    lookNow: 'Consulter maintenant',
    voided: (attempt, reason) =>
      `L’essai ${attempt} a été annulé. Tous les scrutateurs recommencent avec de nouveaux secrets ; votre navigateur fait les vôtres. La raison du responsable : « ${reason} »`,
    attempt: (step, attempt) => `${step}, essai ${attempt}`,
    finished: 'Terminé',
    marks: { done: 'Fait', now: 'En cours', later: 'Plus tard' },
  },

  steps: [
    'Ouvrir votre fichier de clé',
    'Faire la clé ensemble',
    'Comparer les mots',
    'Enregistrer une sauvegarde et la prouver',
    'Tous les scrutateurs confirment la clé',
    'Les membres votent',
    'Recompter et donner son accord',
    'Ouvrir les totaux',
    'Le responsable proclame le résultat',
  ],

  stages: {
    join: (who) => `Tour 1 sur 4 : on attend ${who}.`,
    commit: (who) => `Tour 2 sur 4 : on attend ${who}.`,
    reveal: (who) => `Tour 3 sur 4 : on attend ${who}.`,
    dealt: (who) => `Tour 4 sur 4 : on attend que ${who} envoie les parts scellées de la clé.`,
    mail: (who) => `Tour 4 sur 4 : on attend la remise des parts scellées ; manque encore : ${who}.`,
    void: () => 'Cet essai a fini par une plainte. On attend que le responsable l’annule.',
    words: () => 'À vous : comparez les mots avec les autres scrutateurs.',
    backup: () =>
      'À vous : enregistrez une sauvegarde et prouvez-la. Vous n’êtes pas tenu pour prêt avant cela.',
    confirm: (who) => `Vous avez confirmé. On attend encore la confirmation ; manque : ${who}.`,
    opening: () => 'La clé est faite. On attend que le responsable ouvre le vote.',
    closing: () => 'Le vote est ouvert. Vous n’avez rien à faire avant qu’il soit terminé.',
    tally: () => 'Le vote est terminé. On attend que le responsable fasse compter les bulletins scellés.',
    recount: () => 'À vous : recomptez les bulletins.',
    agreement: (who) =>
      `Votre recompte donne le total publié, et vous avez donné votre accord. Il en manque encore ; on attend ${who}.`,
    shares: (who) => `On attend l’ouverture des totaux ; manque encore : ${who}.`,
    result: () =>
      'Vous avez ouvert votre part des totaux. On attend que le responsable proclame le résultat.',
    done: () => 'Le résultat est proclamé. Votre part est faite.',
  },

  files: {
    'no-age-file':
      'Ceci n’est pas un fichier de clé. Choisissez le fichier que vous avez enregistré ici ; son nom finit par .age.',
    'other-key': 'C’est le fichier de clé d’un autre scrutateur. Choisissez le vôtre.',
    'not-listed':
      'Ce fichier de clé est à quelqu’un d’autre, ou pour un autre vote : sa clé n’est pas parmi celles des scrutateurs de ce vote. Choisissez celui que vous avez enregistré pour ce vote.',
    'older-copy':
      'C’est une copie plus ancienne, sans votre part confirmée de la clé. Enregistrez de nouveau la sauvegarde, et choisissez ce fichier-là.',
    'later-copy-here':
      'Ce navigateur a une copie plus récente de ce fichier de clé. Ouvrez celle-là ; la sauvegarde est inutile.',
    'in-use':
      'Ce fichier de clé est ouvert dans un autre onglet ou une autre fenêtre de ce navigateur. Fermez-le, puis réessayez.',
    'not-open': 'Aucun fichier de clé n’est ouvert. Rechargez cette page.',
  },

  client: {
    'key-file-exists': 'Ce navigateur a déjà ce fichier de clé : ouvrez-le avec sa phrase secrète.',
    'no-key-file': 'Ce navigateur n’a plus le fichier de clé. Restaurez-le depuis votre sauvegarde.',
    'bad-key-file': `Votre fichier de clé ne va pas avec le registre de ce vote. ${TELL}`,
    'wrong-election': 'Ce fichier de clé appartient à un autre vote. Chaque vote demande sa propre clé.',
    'bad-manifest': `Les règles de ce vote n’ont pas la bonne forme, ou le responsable ne les a pas signées. ${TELL}`,
    'not-a-trustee':
      'Votre clé n’est pas parmi celles des scrutateurs de ce vote. Comparez votre clé publique avec celle qu’a le responsable.',
    'bad-record': `Le registre a une entrée qui ne doit pas y être. ${TELL}`,
    'split-view': `L’urne montre maintenant un autre registre que celui qu’elle vous a montré. ${TELL}`,
    'foreign-entry':
      'Le registre a une entrée de vous que ce fichier de clé n’a pas faite. Si c’est une copie ancienne, prenez la dernière. S’il n’y en a pas de plus récente, quelqu’un d’autre a votre clé : prévenez le responsable.',
    'wrong-mail': `L’urne remet un autre fichier que celui que son expéditeur a scellé. ${TELL}`,
    'bad-recipient': `Un scrutateur a publié une adresse à laquelle rien ne peut être scellé. ${TELL}`,
    'bad-share': `Ce qu’un scrutateur vous a envoyé est faux. ${TELL}`,
    'failed-recount': `Votre recompte a trouvé une faute. Vous n’avez pas donné votre accord. ${TELL}`,
    'wrong-tally': `Le total publié n’est pas celui de votre recompte. Vous n’avez pas donné votre accord. ${TELL}`,
  },

  failures: {
    wrongPassphrase:
      'La phrase secrète n’ouvre pas ce fichier de clé. Saisissez-la de nouveau. Si vous en êtes sûr, le fichier est abîmé : prenez votre sauvegarde.',
    offline: 'L’urne est injoignable. Rien n’est perdu ; votre navigateur réessaie de lui-même.',
    refused: 'L’urne refuse ce que votre navigateur a envoyé.',
    unreadable: `Le registre publié ne peut pas être lu. ${TELL}`,
    other: 'Quelque chose a échoué dans cette page. Rechargez-la ; rien n’est perdu.',
  },
};
