/** R10: a server that is killed at any moment under load has lost no ballot that it gave a receipt for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PreparedBallot } from '../../src/ballot/prepare-ballot.ts';
import { openCheckpoint } from '../../src/board/checkpoint.ts';
import { MerkleTree } from '../../src/board/merkle-tree.ts';
import { parseVerifierKey } from '../../src/board/note.ts';
import { toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { encodeEntry, entryLeaf } from '../../src/record/envelope.ts';
import { type Receipt, verifyReceipt } from '../../src/record/receipt.ts';
import { type Answer, ApiElection, expectCreated, sender, temporaryDirectory } from './api-elections.ts';

const ROUNDS = process.env['SLOW'] === '1' ? 30 : 4;
const BALLOTS = 40;
const MEMBERS = 6;
const SCRIPT = fileURLToPath(new URL('server-process.ts', import.meta.url));

let directory = temporaryDirectory();
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await kill();
  directory.remove();
});

async function start(): Promise<string> {
  const server = spawn(process.execPath, [SCRIPT, directory.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Later starts are quicker.
    env: { ...process.env, NODE_COMPILE_CACHE: join(directory.path, 'compiled') },
  });
  child = server;
  for await (const line of createInterface({ input: server.stdout })) return line;
  throw new Error('the server did not start');
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Every receipt holds for its ballot, and every checkpoint that was given is one of the log's history. */
async function checkReceipts(
  election: ApiElection,
  receipts: readonly { ballot: PreparedBallot; receipt: Receipt }[],
): Promise<void> {
  const tree = new MerkleTree();
  const leaves = (await election.entries()).map((entry) => entryLeaf(encodeEntry(entry)));
  for (const leaf of leaves) tree.append(leaf);
  const { manifest } = election;
  if (manifest === undefined) throw new Error('not published');
  for (const { ballot, receipt } of receipts) {
    expect(toBase64Url(leaves[receipt.index] ?? toUtf8(''))).toBe(ballot.leaf);
    verifyReceipt(receipt, { manifest, bytes: ballot.bytes, voter: receipt.voter });
    const { size, root } = openCheckpoint(toUtf8(receipt.checkpoint), parseVerifierKey(manifest.log));
    expect(toBase64Url(tree.root(size))).toBe(toBase64Url(root));
    const { json } = await election.send('GET', election.path(`/receipts/${ballot.leaf}`));
    expect(json).toEqual(receipt);
  }
  const seen = await election.seen();
  expect(seen).toEqual({ size: tree.size, root: toBase64Url(tree.root()) });
}

/**
 * Several members at once, each ballot as soon as the one before is answered; undefined where no answer came. The
 * server is killed at a random moment after a random number of answers.
 */
async function castAll(
  election: ApiElection,
  ballots: readonly PreparedBallot[],
): Promise<(Answer | undefined)[]> {
  const answers: (Answer | undefined)[] = [];
  const last = Math.floor((Math.random() * ballots.length) / 2);
  let answered = 0;
  let killed: Promise<void> | undefined;
  const killSoon = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 5)).then(kill);
  const member = async (first: number): Promise<void> => {
    for (let i = first; i < ballots.length; i += MEMBERS) {
      const ballot = ballots[i];
      // However quick the server is, one ballot comes too late.
      if (i === ballots.length - 1) await (killed ??= killSoon());
      if (ballot !== undefined) answers[i] = await election.cast(ballot).catch(() => undefined);
      answered += 1;
      if (answered > last) killed ??= killSoon();
    }
  };
  await Promise.all(Array.from({ length: MEMBERS }, (_, i) => member(i)));
  await killed;
  return answers;
}

test(`no receipted ballot is lost in ${ROUNDS} rounds of SIGKILL`, async () => {
  let send = sender(await start());
  const officerKey = readFileSync(join(directory.path, 'officer-key'), 'utf8').trim();
  const election = await ApiElection.openRecorded(
    { send: (...request) => send(...request), officerKey },
    ROUNDS * BALLOTS,
    undefined,
    () => Math.floor(Date.now() / 1000),
  );
  const receipts: { ballot: PreparedBallot; receipt: Receipt }[] = [];
  let unanswered = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const ballots = Array.from({ length: BALLOTS }, (_, i) => election.ballot(round * BALLOTS + i, 'for'));
    const answers = await castAll(election, ballots);
    send = sender(await start());
    for (const [i, ballot] of ballots.entries()) {
      const answer = answers[i];
      if (answer !== undefined) receipts.push({ ballot, receipt: expectCreated(answer) });
    }
    await checkReceipts(election, receipts.slice(-BALLOTS));
    // Whoever got no answer sends the same bytes again, and votes once.
    for (const [i, ballot] of ballots.entries()) {
      if (answers[i] !== undefined) continue;
      unanswered += 1;
      receipts.push({ ballot, receipt: expectCreated(await election.cast(ballot)) });
    }
  }
  await checkReceipts(election, receipts);
  expect(receipts.length).toBeGreaterThan(0);
  expect(unanswered).toBeGreaterThan(0);
  const voters = (await election.entries()).flatMap((entry) =>
    entry.type === 'ballot' ? [entry.body.P] : [],
  );
  expect(new Set(voters).size).toBe(voters.length);
});
