/**
 * Ballots of three options cast through the real server: another process, over HTTP, each verified and on disk
 * before its answer. The voters of the rush are this process, on the same cores.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receipt, summary } from '../src/api/documents.ts';
import { deriveCredential } from '../src/ballot/credential.ts';
import { parseToken } from '../src/ballot/token.ts';
import { demoDraft, MEMBERS, MOTION } from '../src/cli/demo/demo-election.ts';
import { type Letter, readLetters } from '../src/cli/demo/letters.ts';
import { Officer, register, startServer, Trustee } from '../src/cli/demo/parties.ts';
import { Processes } from '../src/cli/demo/processes.ts';
import { type OpenElection, readOpenElection } from '../src/cli/open-election.ts';
import { ServerClient } from '../src/cli/server-client.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { verifyReceipt } from '../src/record/receipt.ts';
import { encodeMembershipCsv } from '../src/roll/membership-csv.ts';
import { simulateMembership } from '../src/roll/simulated-membership.ts';
import { BallotMaker } from '../src/simulation/make-ballots.ts';
import type { Effort } from './effort.ts';
import { type Figure, rounded } from './figure.ts';
import { type Answered, rush } from './load.ts';

const CONNECTIONS = 64;
/** Every so-manieth receipt is verified. */
const LOOKED_AT = 100;

interface Voter extends Letter {
  readonly bytes: Uint8Array;
}

/** An open election of so many members. */
async function openElection(processes: Processes, data: string, members: number) {
  const server = await startServer(processes, data, 0);
  const trustee = new Trustee(processes, data, 1);
  const officer = new Officer(processes, data, server);
  const keys = [await trustee.create('a bench trustee')];
  const election = await officer.publish(demoDraft(keys, 1, Math.floor(Date.now() / 1000)));
  const csv = encodeMembershipCsv(simulateMembership({ seed: 'bench', members }));
  const letters = await readLetters(await register(processes, data, server, election, csv));
  await trustee.run(server, election, () => undefined);
  await officer.sign('open');
  const client = new ServerClient(server.url);
  return { client, letters, open: await readOpenElection(client, election) };
}

/** A ballot for each of the members. */
function encrypt({ context }: OpenElection, letters: readonly Letter[]): Voter[] {
  const members = letters.filter(({ college }) => college === MEMBERS);
  const votes = members.map(({ token }) => ({
    ...deriveCredential(parseToken(token), context.election, MEMBERS),
    weight: 1,
    prev: { kind: 'none' } as const,
    choices: { [MOTION]: ['for'] },
  }));
  const made = new BallotMaker(wasmKernel, context, 'bench').make(MEMBERS, votes, 0);
  return members.map((letter, i) => ({ ...letter, bytes: made[i]?.bytes ?? new Uint8Array() }));
}

/** @throws unless receipts hold, and the record has a ballot of each. */
async function check(
  client: ServerClient,
  { state, context }: OpenElection,
  voters: readonly Voter[],
  { answers }: Answered,
): Promise<void> {
  for (let i = 0; i < voters.length; i += LOOKED_AT) {
    const { bytes, voter } = voters[i] ?? { bytes: new Uint8Array(), voter: null };
    verifyReceipt(receipt.parse(JSON.parse(answers[i] ?? '')), { manifest: state.manifest, bytes, voter });
  }
  const { colleges } = await client.get(`/elections/${context.election}`, summary);
  const voted = colleges.find(({ id }) => id === MEMBERS)?.voted;
  if (voted !== voters.length) throw new Error(`${voted} have voted instead of ${voters.length}`);
}

function figures({ seconds, milliseconds }: Answered): Figure[] {
  const runs = milliseconds.length;
  const at = (share: number): number => rounded(milliseconds[Math.floor(share * (runs - 1))] ?? 0);
  return [
    { name: 'cast.http.per_second', unit: '1/s', value: rounded(runs / seconds), runs },
    { name: 'cast.http.p50_ms', unit: 'ms', value: at(0.5), runs },
    { name: 'cast.http.p99_ms', unit: 'ms', value: at(0.99), runs },
    { name: 'cast.http.max_ms', unit: 'ms', value: at(1), runs },
  ];
}

/** Encrypted before the clock starts. */
async function cast({ before, measured }: Effort['casts']): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'teller-bench-'));
  const processes = new Processes();
  try {
    const { client, letters, open } = await openElection(processes, data, before + measured);
    const voters = encrypt(open, letters);
    const bodies = voters.map(({ bytes }) => bytes);
    const url = `${client.address}/elections/${open.context.election}/ballots`;
    const cold = await rush({ url, bodies: bodies.slice(0, before), connections: CONNECTIONS });
    const warm = await rush({ url, bodies: bodies.slice(before), connections: CONNECTIONS });
    await check(client, open, voters, { ...warm, answers: [...cold.answers, ...warm.answers] });
    return figures(warm);
  } finally {
    await processes.stopAll();
    await rm(data, { recursive: true, force: true });
  }
}

export async function* casting({ casts }: Effort): AsyncGenerator<Figure> {
  yield* await cast(casts);
}
