/** The officer's signing key at the desk, in English; and what is said of requests that fail. */

export const deskKey = {
  title: 'Your signing key',
  what: 'An officer signs what they put into the public record. Everybody can then see that an officer did it. Your signing key does this. It stays in this browser, locked with a passphrase; it is never sent.',
  caution:
    'The program of this page comes from the server each time. Where much is at stake, sign with the command line instead.',
  loading: 'One moment …',
  none: 'There is no signing key in this browser.',
  makeTitle: 'Make your signing key',
  newPassphrase: 'New passphrase',
  advice: (characters: number) =>
    `At least ${characters} characters; five words that have nothing to do with each other are good. Write it down and keep it apart from this machine: nobody can reset it.`,
  again: 'The same passphrase again',
  show: 'Show what I type',
  make: 'Make my key',
  making: 'Making your key …',
  restoreTitle: 'I have a backup of my key',
  backup: 'Backup file',
  ofBackup: 'Passphrase of the backup',
  restore: 'Restore',
  restoring: 'Checking the file …',
  otherKey: 'Use another key',
  openTitle: 'Open your signing key',
  openText: 'Your key is in this browser. Type its passphrase; it stays open until you leave this page.',
  passphrase: 'Passphrase',
  which: 'Key',
  open: 'Open',
  opening: 'Opening …',
  /** While a key is made or opened. */
  takesTime:
    'This takes a few seconds. It is slow on purpose: so nobody can try many passphrases. You can go on reading.',
  isOpen: 'Your signing key is open.',
  publicKey: 'Your public key, which the rules of an election list:',
  copy: 'Copy the public key',
  copied: 'Copied.',
  byHand: 'Select it and copy it by hand.',
  saveTitle: 'Save a backup now',
  saveText:
    'If this browser loses your key, only a backup and your passphrase bring it back. Without them you cannot go on with your elections. Save it where this machine is not: on a memory stick, say.',
  save: 'Save a backup',
  saved: 'Look for it among your browser’s downloads.',
  lock: 'Lock my key',
  locked: 'Your key was locked because nothing happened for half an hour.',
  faults: {
    summary: 'There is a problem',
    short: (characters: number) => `Choose a passphrase of at least ${characters} characters`,
    differ: 'The two passphrases differ',
    noFile: 'Choose a file',
    noPassphrase: 'Type the passphrase',
    wrong: 'The passphrase does not open this key. Type it again; if you are sure of it, use your backup.',
    wrongFile:
      'This does not open: the passphrase is wrong, or this is not the backup of an officer’s key. The name of a backup ends in .age.',
    failed: 'Something in this page failed. Load it again.',
  },

  /** Of any request. */
  requests: {
    unreachable: 'The service does not answer. Check your connection and try again. Nothing is lost.',
    signedOut:
      'You are not signed in any more. Sign in again in another tab, then try again here. Nothing is lost.',
    refused: 'The service refuses this:',
  },

  confirm: { no: 'No, go back', busy: 'One moment …' },
};

export type DeskKeyTexts = typeof deskKey;
