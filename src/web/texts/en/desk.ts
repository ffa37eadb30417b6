/** The frame of the officers' desk, and signing in, in English. */

export const desk = {
  title: 'Officer’s desk',
  /** Of the page that every visitor sees. */
  forOfficers: 'For officers',
  noScript: 'The desk needs JavaScript. On the command line there is:',
  elections: 'Elections',
  make: 'Make an election',
  back: 'Officer’s desk',
  moment: 'One moment …',

  signIn: {
    title: 'Sign in',
    text: 'This page is for officers, who make elections and conduct them. Voters need no account: they have a link.',
    key: 'Officer’s key',
    keyHint:
      'It has 43 letters, digits and signs. It was made when the service was first started, and whoever runs the service gave it to you.',
    go: 'Sign in',
    errors: 'There is a problem',
    noKey: 'Type your officer’s key',
    wrong: 'This key does not sign in an officer. Compare it with the one that you were given.',
    tooMany: 'Signing in has failed too often. Wait a minute, then try again.',
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
};

export type DeskTexts = typeof desk;
