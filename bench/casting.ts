/** Ballots cast per second through the real server: another process, over HTTP, each on disk before its answer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receipt } from '../src/api/documents.ts';
import { deriveCredential } from '../src/ballot/credential.ts';
import { prepareBallot } from '../src/ballot/prepare-ballot.ts';
import { parseToken } from '../src/ballot/token.ts';
import { demoDraft, MEMBERS, MOTION } from '../src/cli/demo/demo-election.ts';
import { readLetters } from '../src/cli/demo/letters.ts';
import { Officer, register, startServer, Trustee } from '../src/cli/demo/parties.ts';
import { Processes } from '../src/cli/demo/processes.ts';
import { readOpenElection } from '../src/cli/open-election.ts';
import { ServerClient } from '../src/cli/server-client.ts';
import { encodeMembershipCsv } from '../src/roll/membership-csv.ts';
import { simulateMembership } from '../src/roll/simulated-membership.ts';

const UNDER_WAY = 128;

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

/** Ballots of three options per second, encrypted before the clock starts. */
export async function castsPerSecond(ballots: number): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), 'teller-bench-'));
  const processes = new Processes();
  try {
    const { client, letters, open } = await openElection(processes, data, ballots);
    const sent = letters
      .filter(({ college }) => college === MEMBERS)
      .map(({ token, college }) => {
        const credential = deriveCredential(parseToken(token), open.context.election, college);
        const choices = { [MOTION]: ['for'] };
        return prepareBallot({
          context: open.context,
          college,
          weight: 1,
          credential,
          prev: { kind: 'none' },
          choices,
        }).bytes;
      });
    const path = `/elections/${open.context.election}/ballots`;
    const left = sent.values();
    const started = performance.now();
    await Promise.all(
      Array.from({ length: UNDER_WAY }, async () => {
        for (const bytes of left) await client.post(path, { type: 'application/json', bytes }, receipt);
      }),
    );
    return (1000 * sent.length) / (performance.now() - started);
  } finally {
    await processes.stopAll();
    await rm(data, { recursive: true, force: true });
  }
}
