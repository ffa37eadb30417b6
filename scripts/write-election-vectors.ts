/**
 * Makes the worked elections of docs/protocol.md §12 anew, or those whose folders in test/vectors it is told: `election`;
 * `shapes`, with a contest of every shape; `officers`, where two officers sign. Each is the record as published, and the
 * intermediate values of computations. Proofs are random, so each run gives other files; the committed ones are what
 * tests verify.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ballotStatement } from '../src/ballot/check-ballot.ts';
import { valuesOf } from '../src/ballot/choices.ts';
import { contestClauses, encodeClauses, hashClauses } from '../src/ballot/clauses.ts';
import { contestColumns, encodeColumns } from '../src/ballot/columns.ts';
import type { Contest } from '../src/ballot/manifest.ts';
import { encodeToken } from '../src/ballot/token.ts';
import { type Bytes, equalBytes, fromBase64Url, toBase64Url, toHex, toUtf8 } from '../src/crypto/bytes.ts';
import { lotPoint } from '../src/crypto/decryption-shares.ts';
import { bigintKernel as kernel } from '../src/crypto/kernel/bigint.ts';
import { parseBallotProof } from '../src/crypto/proofs/ballot-proof-codec.ts';
import { ballotChallenge, hashCommitments } from '../src/crypto/proofs/ballot-statement.ts';
import { encodeScalar, ZERO } from '../src/crypto/scalar.ts';
import { lagrangeAtZero } from '../src/crypto/shamir.ts';
import { TAGS } from '../src/crypto/tags.ts';
import { combineShares } from '../src/crypto/threshold.ts';
import { hash256, hash512 } from '../src/crypto/transcript.ts';
import { sharesDocument, tallyDocument } from '../src/record/entries.ts';
import { parseDocument, parseEntry } from '../src/record/envelope.ts';
import { readBlob } from '../src/record/record-source.ts';
import { choiceColumns, ciphertextColumns } from '../src/tally/contest-adder.ts';
import { proveCount } from '../src/tally/count-proof.ts';
import { CountTree, hashCountLeaf } from '../src/tally/count-tree.ts';
import { encryptedBetas, encryptedCells, sharesOf } from '../src/tally/decryption.ts';
import { split } from '../src/tally/sums.ts';
import { countLeaves, encodeContent } from '../src/tally/tally-document.ts';
import { verifyRecord } from '../src/tally/verify/verify-record.ts';
import { buildElection } from '../test/elections/build-election.ts';
import type { BuiltElection } from '../test/elections/built-election.ts';
import type { ElectionPlan } from '../test/elections/election-plan.ts';
import { college, electionOf, exactlyOne, motion, TWO_OFFICERS, WITNESSED } from '../test/elections/plans.ts';
import { publishedFiles } from '../test/elections/publish.ts';
import { SHAPES } from '../test/elections/shapes-plan.ts';
import { failures } from './vector-failures.ts';
import { FORGERIES } from './vector-forgeries.ts';
import { SECOND_OFFICER_FORGERIES, signedTwice } from './vector-second-officer.ts';
import { statementParts, steps } from './vector-steps.ts';

/** What the worked election follows on. */
const EARLIER: ElectionPlan = {
  ...WITNESSED,
  seed: 'earlier vectors',
  colleges: [college('board', { mode: 'recorded' })],
  contests: [exactlyOne('motion', ['board'], ['for', 'against'])],
  rules: [motion(['board'])],
  bodies: [],
  voters: ['for', 'for', 'against'].map((vote) => ({ college: 'board', votes: [{ motion: [vote] }] })),
  trustees: null,
  active: [],
};

const VECTORS = join(import.meta.dirname, '../test/vectors');

async function write(path: string, content: Bytes | object): Promise<void> {
  const target = join(VECTORS, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content instanceof Uint8Array ? content : `${JSON.stringify(content, null, 2)}\n`);
}

function tokens({ voters }: BuiltElection) {
  return voters.map(({ token, credential, college, voter }) => ({
    text: encodeToken(token),
    T: toHex(token.secret),
    s: token.issuer,
    college,
    x: toBase64Url(encodeScalar(credential.x)),
    P: credential.P,
    voter,
  }));
}

/** Of every contest; of a split one for every weight of its colleges. */
function clauses({ manifest: { body } }: BuiltElection) {
  const weightsOf = (contest: Contest): (number | null)[] =>
    contest.shape.kind === 'split'
      ? body.colleges.flatMap(({ id, weights }) => (contest.colleges.includes(id) ? weights : []))
      : [null];
  return body.contests.flatMap((contest) =>
    weightsOf(contest).map((weight) => {
      const [own, columns] = [contestClauses(contest, weight ?? 1), contestColumns(contest, weight ?? 1)];
      return {
        contest: contest.id,
        weight,
        clauses: own,
        columns: columns.map(({ terms }) => terms),
        bytes: [toHex(encodeClauses(own)), toHex(encodeColumns(columns))],
        hash: toBase64Url(hashClauses(own, columns)),
      };
    }),
  );
}

/** What every voter chose, each time, and the values that stand for it. */
function votes({ manifest, voters }: BuiltElection) {
  return voters.flatMap(({ voter, weight = 1, votes: choices }) =>
    choices.map((chosen) => ({
      voter,
      weight,
      contests: Object.entries(chosen).map(([id, choice]) => {
        const contest = manifest.body.contests.find((one) => one.id === id);
        if (contest === undefined) throw new Error('no contest');
        return { id, choice, values: valuesOf(contest, weight, choice) };
      }),
    })),
  );
}

/** The items that M hashes, M, K, C, e and F of every ballot. */
function ballots(built: BuiltElection) {
  const { record, context } = built;
  return record.entries.flatMap((bytes, index) => {
    const entry = parseEntry(bytes);
    if (entry.type !== 'ballot') return [];
    const { statement, proof, fingerprint } = ballotStatement(entry, context);
    const { commitments } = parseBallotProof(proof, statement.clauses);
    const C = hashCommitments(commitments);
    const parts = statementParts(built, entry);
    if (!equalBytes(hash512(TAGS.ballotStatement, ...parts), statement.M)) throw new Error('another M');
    return [
      {
        index,
        leaf: toBase64Url(record.tree.node(0, index)),
        parts: parts.map(toHex),
        M: toBase64Url(statement.M),
        K: toBase64Url(commitments),
        C: toBase64Url(C),
        e: toBase64Url(encodeScalar(ballotChallenge(statement.M, C))),
        F: fingerprint,
      },
    ];
  });
}

async function recounted({ record, election }: BuiltElection, strict: boolean) {
  const recount = await verifyRecord(record, { anchor: { manifest: election }, strict });
  if (!recount.ok || recount.tally === null) throw new Error(JSON.stringify(recount.checks, null, 1));
  return { ...recount, tally: recount.tally };
}

function countTrees({ roll, context, voters }: BuiltElection, { tally }: Recount) {
  const heads = new Map(voters.map(({ voter, ballots: cast }) => [voter, cast.at(-1)]));
  return tally.cells.map((cell) => {
    const where = { ctx: context.ctxBytes, cell: cell.id, roll: roll.lines.length };
    const ballotOf = (voter: number) => {
      const head = heads.get(voter);
      if (head === undefined) return undefined;
      const contents = head.entry.body.contests.map((voted) => [voted.id, encodeContent(voted)] as const);
      return { leaf: fromBase64Url(head.leaf), contents: new Map(contents) };
    };
    const leaves = countLeaves({ ballotOf }, cell);
    const rebuilt =
      cell.college.mode === 'secret'
        ? new CountTree(where, ciphertextColumns(kernel, cell.contest), leaves)
        : new CountTree(where, choiceColumns(cell.contest), leaves);
    return {
      cell: cell.id,
      root: toBase64Url(rebuilt.root),
      leaves: Array.from({ length: leaves.length }, (_, place) => {
        const leaf = leaves.at(place);
        if (leaf === undefined) throw new Error('no leaf');
        return {
          voter: leaf.voter,
          ballot: leaf.ballot && toBase64Url(leaf.ballot.leaf),
          content: toBase64Url(leaf.ballot?.content ?? new Uint8Array()),
          hash: toBase64Url(hashCountLeaf(where, leaf)),
          proof: proveCount(rebuilt, where, leaf, place),
        };
      }),
    };
  });
}

/** H256(lot-order, seed, decision, option) of every option of a decision by seats. */
function lotOrder({ manifest, result }: BuiltElection) {
  const seed = fromBase64Url(result?.seed ?? '');
  return manifest.body.rules
    .filter((rule) => rule.kind === 'seats')
    .flatMap((rule) =>
      (manifest.body.contests.find(({ id }) => id === rule.contest)?.options ?? []).map((option) => ({
        decision: rule.id,
        option,
        hash: toBase64Url(hash256(TAGS.lotOrder, seed, toUtf8(rule.id), toUtf8(option))),
      })),
    );
}

async function decryption(built: BuiltElection) {
  const { record, box, context } = built;
  const { tallies, shares, result } = box.state;
  const entry = tallies[0];
  if (entry === undefined || result === null) throw new Error('not declared');
  const tally = parseDocument(tallyDocument, await readBlob(record, entry.body.blob));
  const trustees = await Promise.all(
    shares.map(async ({ body }) => {
      const document = parseDocument(sharesDocument, await readBlob(record, body.blob));
      return { i: body.i, shares: sharesOf(document) };
    }),
  );
  const opened = combineShares(kernel, encryptedBetas(tally), trustees);
  const lambdas = lagrangeAtZero(trustees.map(({ i }) => i));
  return {
    ctx: context.ctx,
    tally: entry.leaf,
    lotPoint: toBase64Url(lotPoint(fromBase64Url(entry.leaf))),
    rows: encryptedCells(tally).map(({ id, alphas }) => ({
      cell: id,
      A: split(alphas, 32).map(toBase64Url),
    })),
    trustees: trustees.map(({ i, shares: given }, at) => ({
      i,
      lambda: toBase64Url(encodeScalar(lambdas[at] ?? ZERO)),
      lotD: toBase64Url(given.lot.D),
      cells: given.cells.map(({ id, D }) => ({ cell: id, D: split(D, 32).map(toBase64Url) })),
    })),
    lot: toBase64Url(opened.lot),
    totals: opened.cells.map((points, at) => ({
      cell: encryptedCells(tally)[at]?.id,
      mG: split(points, 32).map(toBase64Url),
    })),
    seed: result.body.seed,
    lotOrder: lotOrder(built),
    counts: built.result?.counts,
    outcome: built.result?.outcome,
  };
}

type Recount = Awaited<ReturnType<typeof recounted>>;

/** The record into a new folder, what an observer brings, and what our recount says. */
async function writeRecord(folder: string, built: BuiltElection, strict: boolean): Promise<Recount> {
  const recount = await recounted(built, strict);
  await rm(join(VECTORS, folder, 'record'), { recursive: true, force: true });
  for (const [path, bytes] of await publishedFiles(built.record)) {
    await write(join(folder, 'record', path), bytes);
  }
  const { log, witnesses } = built.manifest.body;
  const { ok, anchored, result, checks } = recount;
  await write(join(folder, 'anchor.json'), { manifest: built.election, log, witnesses });
  await write(join(folder, 'recount.json'), { ok, anchored, result, checks });
  return recount;
}

async function writeElection(folder: string, built: BuiltElection, strict: boolean): Promise<void> {
  const recount = await writeRecord(folder, built, strict);
  const files = {
    tokens: tokens(built),
    clauses: clauses(built),
    votes: votes(built),
    ballots: ballots(built),
    'count-trees': countTrees(built, recount),
    decryption: await decryption(built),
  };
  for (const [name, content] of Object.entries(files)) await write(join(folder, `${name}.json`), content);
}

const WRITERS: Readonly<Record<string, () => Promise<void>>> = {
  shapes: async () => {
    await writeElection('shapes', await buildElection({ ...SHAPES, seed: 'shape vectors' }), false);
  },
  election: async () => {
    const links = [{ relation: 'follows', rule: 'motion', plan: EARLIER }] as const;
    const built = await buildElection({ ...WITNESSED, seed: 'vectors', links });
    await writeElection('election', built, true);
    await write('election/steps.json', await steps(built));
    await write('election/failing.json', await failures(built, FORGERIES));
  },
  officers: async () => {
    const built = await electionOf(TWO_OFFICERS);
    await writeRecord('officers', built, false);
    await write('officers/signatures.json', signedTwice(built));
    await write('officers/failing.json', await failures(built, SECOND_OFFICER_FORGERIES));
  },
};

const told = process.argv.slice(2);
for (const folder of told.length > 0 ? told : Object.keys(WRITERS)) {
  const writer = WRITERS[folder];
  if (writer === undefined) throw new Error(`no worked election ${folder}`);
  await writer();
}
