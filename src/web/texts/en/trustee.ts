/** The trustees' pages in English. */

/** “trustee 2”, “trustees 2 and 3” … */
function trustees(awaited: readonly number[]): string {
  if (awaited.length === 0) return 'the other trustees';
  if (awaited.length === 1) return `trustee ${awaited[0]}`;
  return `trustees ${awaited.slice(0, -1).join(', ')} and ${awaited.at(-1)}`;
}

const TELL = 'Your browser has stopped, and signs nothing. Tell the officer and the other trustees.';

export const trustee = {
  title: 'For trustees',
  titleOf: (election: string) => `For trustees: ${election}`,
  keyTitle: 'Trustee’s key',
  noScript: 'This page needs JavaScript. On the command line this does the same:',
  none: 'This election has no trustees: its votes are recorded openly, and none is sealed.',
  trustees,

  page: {
    recount: 'Recount',
    recounting: 'Recounting every ballot …',
    addingUp: 'Adding up …',
    allSteps: 'All steps',
    you: (i: number, count: number, threshold: number) =>
      `You are trustee ${i} of ${count}; any ${threshold} can open the totals.`,
    yourFile: 'Your key file',
    yourFileText: 'It is the one of this public key:',
    saveCopy: 'Save a copy',
    stopped: 'Your browser has stopped',
    found: 'What was found:',
    tryAgain: 'Try again',
    moment: 'One moment',
    keepOpen: 'Keep this page open.',
    looking: 'Looking …',
    reading: 'Your browser reads the record of the election, and checks it …',
    haveBackup: 'I have a backup file',
    open: 'Open your key file',
    openText: 'Your key file is in this browser. Type its passphrase to go on where you were.',
    noFile: 'There is no key file in this browser.',
    otherFile: 'There is a key file in this browser, but it is not that of a trustee of this election.',
    restore: 'Restore your key file',
    restoreText: (other: string) =>
      `${other} If you made your key in another browser or on another machine, go on there, or restore your backup here.`,
    oneKey: 'Your public key',
    manyKeys: 'Your public keys',
    giveOne:
      'Give it to the officer, in a way that shows that it comes from you. The officer puts it into the rules of the election and sends you the election’s address. Open that in this browser.',
    giveMany:
      'Give one that is new to the officer, in a way that shows that it comes from you. The officer puts it into the rules of the election and sends you the election’s address. Open that in this browser.',
    lockedCopy:
      'The copy is locked with your passphrase. Without key file and passphrase you cannot take part.',
    make: 'Make your key',
    makeText:
      'Trustees hold the key of an election together. No one of them can read a vote, and some of them may be lost. Your part stays in this browser, locked with a passphrase; it is never sent.',
    makeCaution:
      'This page’s program comes from the server each time. Where much is at stake, most trustees should use the command line.',
    makeAnother: 'Make another key',
    cannot: 'This browser cannot take part',
    cannotText: 'This page needs a secure connection (https) and a browser of the last few years.',
    notLoaded: 'A part of this page could not be loaded. Load it again.',
  },

  key: {
    passphrase: 'Passphrase',
    again: 'The same passphrase again',
    advice: (characters: number) =>
      `At least ${characters} characters; five words that have nothing to do with each other are good. Write it down and keep it apart from this machine: nobody can reset it.`,
    differ: 'The two passphrases differ.',
    show: 'Show what I type',
    make: 'Make my key',
    making: 'Making your key …',
    backup: 'Backup file',
    ofBackup: 'Passphrase of the backup',
    restore: 'Restore',
    checkingFile: 'Checking the file …',
    file: 'Key file',
    open: 'Open',
    opening: 'Opening …',
    chooseFirst: 'Choose a file first.',
    copy: 'Copy',
    copied: 'Copied.',
    byHand: 'Select it and copy it by hand.',
    downloads: 'Look for it among your browser’s downloads.',
  },

  words: {
    label: 'The words, as another trustee reads them to you',
    text: 'Telephone the other trustees, or meet them. Read these twelve words to each other: everybody must have the same words in the same order. Then you know that all of you made the same key, and nobody stands between you.',
    compare: 'Compare',
    comparing: 'Comparing …',
    same: 'Your browser signs that you confirm the key …',
    differ: (difference: string) =>
      `${difference} If that is a slip, mend it. Does the other trustee really read something else? Then do not go on: somebody was shown another key. Tell the other trustees and the officer, who has to end this attempt.`,
    count: (expected: number, typed: number) => `There are ${expected} words; you typed ${typed}.`,
    word: (at: number, typed: string, here: string) =>
      `Word ${at} differs: you typed “${typed}”, here it is “${here}”.`,
    again: 'The words of this key',
  },

  tasks: {
    backupFile: 'Then choose the file that you saved',
    backup:
      'If this machine fails, the backup and your passphrase are all that can take your place. Save it where this machine is not: on a memory stick, say.',
    saveBackup: 'Save the backup',
    checkBackup: 'Check the backup, then confirm',
    checking: 'Checking …',
    proved: 'The backup is proved. Your browser confirms the key …',
    recount:
      'Press the button, and your browser reads every ballot of the record, checks every proof, and counts. The ballots stay sealed. If its count is the published one, it signs your agreement. As soon as enough trustees agree, it opens the totals, and nothing else.',
    minutes: 'This can take some minutes. Keep the page open.',
    recountNow: 'Recount, and agree if it is right',
    recounting: 'Recounting …',
    begins: 'The recount begins …',
    comeBack: 'You may close this page and come back later with your passphrase.',
    stay: 'Keep this page open: your browser answers by itself as the others come in. If it is closed, open it again later. Nothing is lost.',
    result: 'The result, and how to check it',
    keepBackup: 'Keep your backup until the officer says that the result is final.',
    blamed: (i: number, why: string) => `Trustee ${i} is to blame: ${why}.`,
    decrypts: 'Keep this page open: your browser opens the totals as soon as enough trustees agree.',
    lookNow: 'Look now',
    voided: (attempt: number, reason: string) =>
      `Attempt ${attempt} was ended. All trustees begin again with new secrets; your browser makes yours. The officer’s reason: “${reason}”`,
    attempt: (step: string, attempt: number) => `${step}, attempt ${attempt}`,
    finished: 'Done',
    marks: { done: 'Done', now: 'Now', later: 'Later' },
  },

  steps: [
    'Open your key file',
    'Make the key together',
    'Compare the words',
    'Save a backup and prove it',
    'All trustees confirm the key',
    'Members vote',
    'Recount and agree',
    'Open the totals',
    'The officer declares the result',
  ] as readonly string[],

  stages: {
    join: (who: string) => `Round 1 of 4: waiting for ${who} to join.`,
    commit: (who: string) => `Round 2 of 4: waiting for ${who}.`,
    reveal: (who: string) => `Round 3 of 4: waiting for ${who}.`,
    dealt: (who: string) => `Round 4 of 4: waiting for ${who} to send sealed parts of the key.`,
    mail: (who: string) => `Round 4 of 4: waiting for the sealed parts of ${who} to be delivered.`,
    void: () => 'This attempt has ended in a complaint. Waiting for the officer to end it.',
    words: () => 'Your turn: compare the words with the other trustees.',
    backup: () => 'Your turn: save a backup and prove it. You are not counted as ready before that.',
    confirm: (who: string) => `You have confirmed. Waiting for ${who} to confirm too.`,
    opening: () => 'The key is made. Waiting for the officer to open the voting.',
    closing: () => 'Voting is open. There is nothing for you to do before it is over.',
    tally: () => 'Voting is over. Waiting for the officer to have the sealed ballots counted.',
    recount: () => 'Your turn: recount the ballots.',
    agreement: (who: string) =>
      `Your recount gives the published count, and you have agreed. Not enough trustees have agreed yet; waiting for ${who}.`,
    shares: (who: string) => `Waiting for ${who} to open the totals.`,
    result: () => 'You have opened your part of the totals. Waiting for the officer to declare the result.',
    done: () => 'The result is declared. Your part is done.',
  },

  files: {
    'no-age-file': 'This is not a key file. Choose the file that you saved here; its name ends in .age.',
    'other-key': 'This is the key file of another trustee. Choose your own.',
    'not-listed':
      'This key file is somebody else’s, or is for another election: its key is none of this election’s trustees. Choose the one that you saved for this election.',
    'older-copy':
      'This is an older copy, without your confirmed part of the key. Save the backup again, and choose that file.',
    'later-copy-here':
      'This browser has a later copy of this key file. Open that one; the backup is not needed.',
    'in-use':
      'This key file is open in another tab or window of this browser. Close that one, then try again.',
    'not-open': 'No key file is open. Load this page again.',
  },

  client: {
    'key-file-exists': 'This browser has this key file already: open it with its passphrase.',
    'no-key-file': 'This browser no longer has the key file. Restore it from your backup.',
    'bad-key-file': `Your key file does not fit the record of this election. ${TELL}`,
    'wrong-election': 'This key file belongs to another election. Every election needs a key of its own.',
    'bad-manifest': `The rules of this election do not have the right form, or the officer has not signed them. ${TELL}`,
    'not-a-trustee':
      'Your key is not among the keys of this election’s trustees. Compare your public key with what the officer has.',
    'bad-record': `The record has an entry that must not be there. ${TELL}`,
    'split-view': `The ballot box now shows another record than it showed you before. ${TELL}`,
    'foreign-entry':
      'The record has an entry of yours that this key file did not make. If this is an older copy, use the latest. If there is no later one, somebody else has your key: tell the officer.',
    'wrong-mail': `The ballot box hands out another file than its sender sealed. ${TELL}`,
    'bad-recipient': `A trustee has published an address that nothing can be sealed to. ${TELL}`,
    'bad-share': `What a trustee sent you is wrong. ${TELL}`,
    'failed-recount': `Your recount found a fault. You have not agreed. ${TELL}`,
    'wrong-tally': `The published count is not what your recount gives. You have not agreed. ${TELL}`,
  },

  failures: {
    wrongPassphrase:
      'The passphrase does not open this key file. Type it again. If you are sure of it, the file is damaged: use your backup.',
    offline: 'The ballot box cannot be reached. Nothing is lost; your browser tries again by itself.',
    refused: 'The ballot box refuses what your browser sent.',
    unreadable: `The published record cannot be read. ${TELL}`,
    other: 'Something in this page failed. Load it again; nothing is lost.',
  },
};

export type TrusteeTexts = typeof trustee;
