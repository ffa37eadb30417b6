/** An observer's signing key and certificate, in English. */
import { deskKey } from './desk-key.ts';

const { requests: _requests, confirm: _confirm, ...common } = deskKey;

export const observerKey = {
  ...common,
  title: 'Your observer’s key',
  what: 'An observer signs what came of a recount. So everybody can see who it was. Make your key before the election. Give its public part to the returning officer, who names you in the rules. The key stays in this browser, locked with a passphrase; it is never sent.',
  caution:
    'The program of this page comes from the server each time. Where much is at stake, recount and sign with the command line instead: teller observer certify.',
  publicKey: 'Your public key. Give it to the returning officer before the election:',
  saveText:
    'If this browser loses your key, only a backup and your passphrase bring it back. Save it where this machine is not: on a memory stick, say.',
  faults: {
    ...common.faults,
    wrongFile:
      'This does not open: the passphrase is wrong, or this is not the backup of an observer’s key. Its name ends in .age.',
  },

  certificate: {
    open: 'For observers: sign what came of the recount',
    first: 'Recount first. Then you can sign here what came of it.',
    title: 'Your certificate',
    says: (entries: number, agrees: boolean) =>
      `It says: ${entries} ${entries === 1 ? 'entry was' : 'entries were'} recounted, and the recount ${agrees ? 'agrees' : 'does not agree'}.`,
    unlock: 'Open your key below to sign it.',
    sign: 'Sign the certificate',
    signed: 'The certificate is signed.',
    save: 'Save the certificate',
    record: 'Put it on record',
    recording: 'One moment …',
    recorded: (index: number) => `It is entry ${index} of the public record.`,
    notListed:
      'The rules of this election do not name your key. So you can save the certificate and publish it yourself, but not put it on record.',
    noResult: 'There is no result yet. A recount can be put on record when it is declared.',
    copy: 'This is a copy of the record. To put a certificate on record, recount at the address of the service.',
    refused: 'The service refuses it:',
    unreachable: 'The service does not answer. Check your connection and try again. Nothing is lost.',
    falseReceipt:
      'The answer of the service does not prove that your certificate is in the record. Tell others.',
  },
};

export type ObserverKeyTexts = typeof observerKey;
