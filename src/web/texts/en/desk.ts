/** The frame of the officers' desk, and signing in, in English. */

export const desk = {
  title: 'Officer’s desk',
  /** Of the page that every visitor sees. */
  forOfficers: 'For officers',
  noScript: 'The desk needs JavaScript. On the command line there is:',
  elections: 'Elections',
  make: 'Make an election',
  roll: 'The roll of members',
  rollAndCodes: 'Roll and voting codes of this election',
  toElection: 'The desk of this election',
  back: 'Officer’s desk',
  moment: 'One moment …',

  signIn: {
    title: 'Sign in',
    text: 'This page is for officers, who make elections and conduct them. Voters need no account: they have a link.',
    passkey: 'Sign in with a passkey',
    passkeyText: 'Use this if you have made a passkey here before.',
    passkeyWrong: 'This passkey does not sign in an officer. Use another one, or your officer’s key.',
    passkeyNone: 'No passkey was used. Try again, or use your officer’s key.',
    passkeyCannot: 'Passkeys do not work at this address. Use your officer’s key.',
    withKey: 'Sign in with your officer’s key',
    key: 'Officer’s key',
    keyHint:
      'It has 43 letters, digits and signs. It was made when the service was first started, and whoever runs the service gave it to you.',
    go: 'Sign in with the key',
    errors: 'There is a problem',
    noKey: 'Type your officer’s key',
    wrong: 'This key does not sign in an officer. Compare it with the one that you were given.',
    tooMany: 'There were too many attempts to sign in from here. Wait a minute, then try again.',
    unreachable: 'The service does not answer. Check your connection and try again.',
    notKept:
      'Your browser did not keep you signed in. The address of this page has to begin with https, and cookies have to be allowed.',
  },

  account: {
    title: 'Your account',
    officer: 'You are officer',
    signOut: 'Sign out',
    signOutAll: 'Sign out everywhere',
    signOutAllText: 'Do this if you left yourself signed in on another device.',
    failed: 'That did not work. Check your connection and try again.',
  },

  passkeys: {
    title: 'Your passkeys',
    text: 'With a passkey you sign in by fingerprint, face or PIN. Then your officer’s key can stay locked away.',
    none: 'You have no passkey yet.',
    cannot: 'Passkeys do not work at this address. It has to begin with https and have a name in it.',
    name: 'What do you call this device?',
    nameHint: 'For example: telephone',
    make: 'Make a passkey',
    noName: 'Type a name',
    notMade: 'No passkey was made. Try again.',
    again: 'To make a passkey, sign out and sign in again first.',
    most: 'You have as many passkeys as there may be. Remove one first.',
    made: (time: string) => `made on ${time}`,
    used: (time: string) => `last used on ${time}`,
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    confirm: (name: string) => `Remove the passkey “${name}”? It will not sign you in any more.`,
    keep: 'Keep it',
  },
};

export type DeskTexts = typeof desk;
