/** `teller trustee status`: what the key file has signed, and where ceremony and decryption stand in the record. */

import type { Step, VoidedAttempt } from '../record/ceremony.ts';
import { type CeremonyStatus, ceremonyStatus, trusteesWithout } from '../record/ceremony-status.ts';
import { judgeComplaint } from '../record/complaint.ts';
import { type ElectionState, phaseOf } from '../record/election-state.ts';
import { type KeyFile, loadKeyFile, publicKeyIn } from '../trustee/key-file.ts';
import { readElection } from '../trustee/read-election.ts';
import { ceremonyWords } from '../trustee/words.ts';
import { ServerClient } from './server-client.ts';
import { safeOf, type Whose } from './trustee-folder.ts';
import { showWords } from './trustee-words.ts';
import { printable } from './verify.ts';

export interface StatusOptions extends Whose {
  readonly server?: string;
  readonly election?: string;
  readonly json?: true;
}

const numbers = (trustees: readonly number[]): string => trustees.join(', ') || 'nobody';

const MADE: Readonly<Record<Step, string>> = {
  join: 'joined',
  commit: 'committed',
  reveal: 'revealed',
  dealt: 'dealt their shares',
  confirm: 'confirmed the key',
};

async function describeVoided(election: string, attempt: VoidedAttempt): Promise<string> {
  const judged = await judgeComplaint(election, attempt);
  const blame = judged === null ? '' : ` Trustee ${judged.blamed} is to blame: ${judged.why}.`;
  return `Attempt ${attempt.attempt} was voided: ${attempt.void.body.reason}.${blame}`;
}

async function describeCeremony(state: ElectionState, status: CeremonyStatus): Promise<string[]> {
  const lines = await Promise.all(state.voided.map((voided) => describeVoided(state.election, voided)));
  const { step, attempt, awaited } = status;
  const judged = await judgeComplaint(state.election, state.ceremony);
  if (judged !== null) {
    lines.push(
      `Attempt ${attempt} has ended in a complaint. Trustee ${judged.blamed} is to blame: ${judged.why}.`,
    );
    lines.push('Awaited: the officer, who has to void this attempt.');
  } else if (step === 'done') lines.push(`Attempt ${attempt}: every trustee has confirmed the key.`);
  else if (step !== 'void')
    lines.push(`Attempt ${attempt}: not every trustee has ${MADE[step]}. Awaited: ${numbers(awaited)}.`);
  return lines;
}

/** Who has agreed and decrypted, once there is a tally. */
function describeCounting(state: ElectionState): string[] {
  const phase = phaseOf(state);
  if (phase === 'setup') return ['The election is not open yet.'];
  if (phase === 'open') return ['Voting is open.'];
  if (phase === 'declared') return ['The result is declared.'];
  if (state.tallies.length === 0) return ['Voting is closed. Awaited: the tally.'];
  const { threshold = 0, agreements = 0 } = state.manifest.trustees ?? {};
  return [
    `Agreed to the tally: ${state.agreements.length} of ${agreements} needed. Not yet: ${numbers(trusteesWithout(state, 'agreement'))}.`,
    `Gave decryption shares: ${state.shares.length} of ${threshold} needed.`,
  ];
}

interface Status {
  readonly key: string;
  readonly election: string | null;
  readonly attempt: number;
  readonly signed: readonly string[];
  readonly ceremony?: CeremonyStatus | null;
  readonly words?: readonly string[] | null;
}

function ownStatus(file: KeyFile): Status {
  const { election, attempt } = file;
  return { key: publicKeyIn(file), election, attempt, signed: file.signed.map(({ type }) => type) };
}

/** @throws TrusteeError as `loadKeyFile` and `readElection` do. */
export async function showStatus(options: StatusOptions): Promise<void> {
  const file = await loadKeyFile(await safeOf(options));
  const own = ownStatus(file);
  const lines = [
    `key ${own.key}`,
    `election ${own.election ?? 'none yet'}`,
    `signed in attempt ${own.attempt}: ${own.signed.length === 0 ? 'nothing yet' : own.signed.join(', ')}`,
  ];
  const election = options.election ?? file.election;
  if (options.server === undefined || election === null) return print(own, lines, options);
  const state = await readElection(new ServerClient(options.server).record(election), election, file.seen);
  const ceremony = ceremonyStatus(state);
  const { confirmable } = state.ceremony;
  const words = confirmable === null ? null : ceremonyWords(confirmable);
  if (ceremony !== null) lines.push(...(await describeCeremony(state, ceremony)));
  if (words !== null) lines.push('The words of this key:', ...showWords(words));
  lines.push(...describeCounting(state));
  print({ ...own, ceremony, words }, lines, options);
}

function print(status: Status, lines: readonly string[], { json }: StatusOptions): void {
  process.stdout.write(json ? `${JSON.stringify(status)}\n` : `${lines.map(printable).join('\n')}\n`);
}
