/** An observer's signing key and certificate, in French. */
import type { ObserverKeyTexts } from '../en/observer-key.ts';
import { deskKey } from './desk-key.ts';

const { requests: _requests, confirm: _confirm, ...common } = deskKey;

export const observerKey: ObserverKeyTexts = {
  ...common,
  title: 'Votre clé d’observateur',
  what: 'Un observateur signe ce qu’a donné un recompte, pour que chacun voie qui l’a fait. Faites votre clé avant le vote et donnez sa partie publique au responsable, qui vous nomme dans les règles. La clé reste dans ce navigateur, verrouillée par une phrase secrète ; elle n’est jamais envoyée.',
  caution:
    'Le programme de cette page vient chaque fois du serveur. Si l’enjeu est grand, recomptez et signez plutôt en ligne de commande : teller observer certify.',
  publicKey: 'Votre clé publique. Donnez-la au responsable avant le vote :',
  saveText:
    'Si ce navigateur perd votre clé, seules une copie et votre phrase secrète la ramènent. Gardez-la ailleurs que sur cette machine : sur une clé USB, par exemple.',
  faults: {
    ...common.faults,
    wrongFile:
      'Cela ne s’ouvre pas : la phrase secrète est fausse, ou ce n’est pas la copie d’une clé d’observateur. Son nom finit par .age.',
  },

  certificate: {
    open: 'Pour les observateurs : signer ce qu’a donné le recompte',
    first: 'Recomptez d’abord. Vous pourrez alors signer ici ce que cela a donné.',
    title: 'Votre certificat',
    says: (entries, agrees) =>
      `Il dit : ${entries} ${entries === 1 ? 'inscription recomptée' : 'inscriptions recomptées'}, et le recompte ${agrees ? 'est d’accord' : 'n’est pas d’accord'}.`,
    unlock: 'Ouvrez votre clé ci-dessous pour le signer.',
    sign: 'Signer le certificat',
    signed: 'Le certificat est signé.',
    save: 'Enregistrer le certificat',
    record: 'L’inscrire au registre',
    recording: 'Un instant …',
    recorded: (index) => `C’est l’inscription ${index} du registre public.`,
    notListed:
      'Les règles de ce vote ne nomment pas votre clé. Vous pouvez donc enregistrer le certificat et le publier vous-même, mais pas l’inscrire au registre.',
    noResult: 'Il n’y a pas encore de résultat. Un recompte peut être inscrit quand il est proclamé.',
    copy: 'Ceci est une copie du registre. Pour inscrire un certificat, recomptez à l’adresse du service.',
    refused: 'Le service le refuse :',
    unreachable: 'Le service ne répond pas. Vérifiez votre connexion et réessayez. Rien n’est perdu.',
    falseReceipt:
      'La réponse du service ne prouve pas que votre certificat est au registre. Dites-le à d’autres.',
  },
};
