/** The frame of the officers' desk, and signing in, in French. */
import type { DeskTexts } from '../en/desk.ts';

export const desk: DeskTexts = {
  title: 'Bureau du vote',
  forOfficers: 'Pour les responsables',
  noScript: 'Le bureau a besoin de JavaScript. En ligne de commande, il y a :',
  elections: 'Votes',
  make: 'Préparer un vote',
  back: 'Bureau du vote',
  moment: 'Un instant …',

  signIn: {
    title: 'S’identifier',
    text: 'Cette page est pour les responsables, qui préparent et conduisent les votes. Les membres n’ont pas besoin de compte : ils ont un lien.',
    key: 'Clé de responsable',
    keyHint:
      'Elle a 43 lettres, chiffres et signes. Elle a été créée au premier démarrage du service, et la personne qui gère le service vous l’a donnée.',
    go: 'S’identifier',
    errors: 'Il y a un problème',
    noKey: 'Tapez votre clé de responsable',
    wrong: 'Cette clé n’identifie aucun responsable. Comparez-la avec celle que vous avez reçue.',
    tooMany: 'Trop d’essais ont échoué. Attendez une minute, puis essayez encore.',
    unreachable: 'Le service ne répond pas. Vérifiez votre connexion et essayez encore.',
    notKept:
      'Votre navigateur ne vous a pas gardé identifié. L’adresse de cette page doit commencer par https, et les cookies doivent être permis.',
  },

  account: {
    title: 'Votre compte',
    officer: 'Vous êtes le responsable',
    signOut: 'Se déconnecter',
    signOutAll: 'Se déconnecter partout',
    signOutAllText: 'Faites-le si vous êtes resté identifié sur un autre appareil.',
    failed: 'Cela n’a pas marché. Vérifiez votre connexion et essayez encore.',
  },
};
