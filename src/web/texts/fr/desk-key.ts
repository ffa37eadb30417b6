/** The officer's signing key at the desk, in French; and what is said of requests that fail. */
import type { DeskKeyTexts } from '../en/desk-key.ts';

export const deskKey: DeskKeyTexts = {
  title: 'Votre clé de signature',
  what: 'Ce qu’un responsable inscrit au registre public est signé : chacun peut voir que c’est un responsable qui l’a fait. Votre clé de signature sert à cela. Elle reste dans ce navigateur, protégée par une phrase secrète ; elle n’est jamais envoyée.',
  caution:
    'Le programme de cette page vient du serveur à chaque fois. Si l’enjeu est grand, signez plutôt en ligne de commande.',
  loading: 'Un instant …',
  none: 'Il n’y a pas de clé de signature dans ce navigateur.',
  makeTitle: 'Créer votre clé de signature',
  newPassphrase: 'Nouvelle phrase secrète',
  advice: (characters: number) =>
    `Au moins ${characters} caractères ; cinq mots sans rapport entre eux conviennent bien. Notez-la et gardez-la loin de cette machine : personne ne peut la rétablir.`,
  again: 'La même phrase secrète encore une fois',
  show: 'Montrer ce que je tape',
  make: 'Créer ma clé',
  making: 'Création de votre clé …',
  restoreTitle: 'J’ai une copie de ma clé',
  backup: 'Fichier de sauvegarde',
  ofBackup: 'Phrase secrète de la sauvegarde',
  restore: 'Rétablir',
  restoring: 'Vérification du fichier …',
  otherKey: 'Utiliser une autre clé',
  openTitle: 'Ouvrir votre clé de signature',
  openText:
    'Votre clé est dans ce navigateur. Tapez sa phrase secrète ; elle reste ouverte jusqu’à ce que vous quittiez cette page.',
  passphrase: 'Phrase secrète',
  which: 'Clé',
  open: 'Ouvrir',
  opening: 'Ouverture …',
  takesTime:
    'Cela prend quelques secondes. C’est lent exprès : ainsi, personne ne peut essayer beaucoup de phrases. Vous pouvez continuer à lire.',
  isOpen: 'Votre clé de signature est ouverte.',
  publicKey: 'Votre clé publique, que les règles d’un vote mentionnent :',
  copy: 'Copier la clé publique',
  copied: 'Copiée.',
  byHand: 'Sélectionnez-la et copiez-la à la main.',
  saveTitle: 'Enregistrez maintenant une copie',
  saveText:
    'Si ce navigateur perd votre clé, seules une copie et votre phrase secrète la font revenir. Sans elles, vous ne pouvez plus conduire vos votes. Gardez la copie ailleurs que sur cette machine : sur une clé USB, par exemple.',
  save: 'Enregistrer une copie',
  saved: 'Cherchez-la parmi les téléchargements de votre navigateur.',
  lock: 'Verrouiller ma clé',
  locked: 'Votre clé a été verrouillée, car rien ne s’est passé pendant une demi-heure.',
  faults: {
    summary: 'Il y a un problème',
    short: (characters: number) => `Choisissez une phrase secrète d’au moins ${characters} caractères`,
    differ: 'Les deux phrases secrètes sont différentes',
    noFile: 'Choisissez un fichier',
    noPassphrase: 'Tapez la phrase secrète',
    wrong:
      'La phrase secrète n’ouvre pas cette clé. Tapez-la de nouveau ; si vous en êtes sûr, utilisez votre copie.',
    wrongFile:
      'Cela ne s’ouvre pas : la phrase secrète est fausse, ou ce n’est pas la copie d’une clé de responsable. Le nom d’une copie finit par .age.',
    failed: 'Quelque chose a échoué dans cette page. Chargez-la de nouveau.',
  },

  requests: {
    unreachable: 'Le service ne répond pas. Vérifiez votre connexion et réessayez. Rien n’est perdu.',
    signedOut:
      'Vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis réessayez ici. Rien n’est perdu.',
    refused: 'Le service refuse cela :',
  },

  confirm: { no: 'Non, revenir', busy: 'Un instant …' },
};
