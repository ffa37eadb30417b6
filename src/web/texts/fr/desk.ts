/** The frame of the officers' desk, and signing in, in French. */
import type { DeskTexts } from '../en/desk.ts';

export const desk: DeskTexts = {
  title: 'Bureau du vote',
  forOfficers: 'Pour les responsables',
  noScript: 'Le bureau a besoin de JavaScript. En ligne de commande, il y a :',
  elections: 'Votes',
  make: 'Préparer un vote',
  roll: 'La liste des membres',
  rollAndCodes: 'Liste et codes de vote de ce vote',
  toElection: 'Le bureau de ce vote',
  back: 'Bureau du vote',
  moment: 'Un instant …',

  signIn: {
    title: 'S’identifier',
    text: 'Cette page est pour les responsables, qui préparent et conduisent les votes. Les membres n’ont pas besoin de compte : ils ont un lien.',
    passkey: 'S’identifier avec une clé d’accès',
    passkeyText: 'Si vous avez déjà créé une clé d’accès ici.',
    passkeyWrong:
      'Cette clé d’accès n’identifie aucun responsable. Prenez-en une autre, ou votre clé de responsable.',
    passkeyNone: 'Aucune clé d’accès n’a servi. Essayez encore, ou prenez votre clé de responsable.',
    passkeyCannot: 'Les clés d’accès ne marchent pas à cette adresse. Prenez votre clé de responsable.',
    withKey: 'S’identifier avec la clé de responsable',
    key: 'Clé de responsable',
    keyHint:
      'Elle a 43 lettres, chiffres et signes. Elle a été créée au premier démarrage du service, et la personne qui gère le service vous l’a donnée.',
    go: 'S’identifier avec cette clé',
    errors: 'Il y a un problème',
    noKey: 'Tapez votre clé de responsable',
    wrong: 'Cette clé n’identifie aucun responsable. Comparez-la avec celle que vous avez reçue.',
    tooMany: 'Il y a eu trop d’essais de connexion depuis ici. Attendez une minute, puis essayez encore.',
    unreachable: 'Le service ne répond pas. Vérifiez votre connexion et essayez encore.',
    notKept:
      'Votre navigateur n’a pas gardé votre connexion. L’adresse de cette page doit commencer par https, et les cookies doivent être permis.',
  },

  account: {
    title: 'Votre compte',
    officer: 'Vous êtes le responsable',
    signOut: 'Se déconnecter',
    signOutAll: 'Se déconnecter partout',
    signOutAllText: 'Faites-le si votre compte est resté ouvert sur un autre appareil.',
    failed: 'Cela n’a pas marché. Vérifiez votre connexion et essayez encore.',
  },

  passkeys: {
    title: 'Vos clés d’accès',
    text: 'Avec une clé d’accès, vous vous identifiez par empreinte, visage ou code. Votre clé de responsable peut alors rester sous clé.',
    none: 'Vous n’avez pas encore de clé d’accès.',
    cannot:
      'Les clés d’accès ne marchent pas à cette adresse. Elle doit commencer par https et contenir un nom.',
    name: 'Comment appelez-vous cet appareil ?',
    nameHint: 'Par exemple : téléphone',
    make: 'Créer une clé d’accès',
    noName: 'Tapez un nom',
    notMade: 'Aucune clé d’accès n’a été créée. Essayez encore.',
    again: 'Pour créer une clé d’accès, déconnectez-vous, puis identifiez-vous encore.',
    most: 'Vous avez autant de clés d’accès qu’il est permis. Supprimez-en une d’abord.',
    made: (time) => `créée le ${time}`,
    used: (time) => `utilisée pour la dernière fois le ${time}`,
    remove: 'Supprimer',
    removeNamed: (name) => `Supprimer ${name}`,
    confirm: (name) => `Supprimer la clé d’accès « ${name} » ? Elle ne vous identifiera plus.`,
    keep: 'La garder',
  },
};
