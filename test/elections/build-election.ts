/**
 * Whole elections in memory, from manifest to result, through the same grammar as in the server. Keys, tokens
 * and choices come from a seed; ciphertexts and proofs are new each time.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { type BallotContext, ballotContext } from '../../src/ballot/ballot-context.ts';
import type { Previous } from '../../src/ballot/ballot-entry.ts';
import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import type { PreparedBallot } from '../../src/ballot/prepare-ballot.ts';
import { drawToken } from '../../src/ballot/token.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromBase64Url, toBase64Url, toUtf8 } from '../../src/crypto/bytes.ts';
import { proveShares } from '../../src/crypto/decryption-shares.ts';
import { makeDiscreteLog } from '../../src/crypto/discrete-log.ts';
import { commitHash, dealShares, finishDealing, startDealing } from '../../src/crypto/dkg.ts';
import { bigintKernel as kernel } from '../../src/crypto/kernel/bigint.ts';
import { proveReplacement } from '../../src/crypto/proofs/replacement-proof.ts';
import type { Scalar } from '../../src/crypto/scalar.ts';
import { actsOf, lotCommitment } from '../../src/record/acts.ts';
import type { EntryOf, Role } from '../../src/record/entries.ts';
import {
  electionName,
  encodeEntry,
  signatureOf,
  signEntry,
  type UnsignedEntry,
  unsignedEntry,
  withSignatures,
} from '../../src/record/envelope.ts';
import type { Item } from '../../src/record/item.ts';
import { MemoryBallotBox } from '../../src/record/memory-ballot-box.ts';
import { linkedPath, nameBlob } from '../../src/record/record-source.ts';
import { needsSecond } from '../../src/record/second-officer.ts';
import { buildRoll, publishRoll } from '../../src/roll/build-roll.ts';
import type { RollDocument } from '../../src/roll/roll-document.ts';
import { publishedCells } from '../../src/tally/body-cells.ts';
import { encryptedCells, sharesDocumentOf, sharesOf } from '../../src/tally/decryption.ts';
import { resultOf } from '../../src/tally/result.ts';
import { type CountingBallot, encodeContent, recomputeTally } from '../../src/tally/tally-document.ts';
import { countTally, NOTHING_SECRET, openTally } from '../../src/tally/totals.ts';
import { witnessedPath } from '../../src/tally/verify/check-times.ts';
import { type BuiltElection, type BuiltVoter, prepare } from './built-election.ts';
import { type ElectionPlan, keyOf, keyOfSigner, seededRandom } from './election-plan.ts';
import { cosigned, manifestBodyOf, textsOf } from './plan-manifest.ts';
import { publishedFiles } from './publish.ts';

type RoleType = Exclude<UnsignedEntry['type'], 'manifest'>;

class Builder {
  readonly plan: ElectionPlan;
  /** The elections of the plan's links. */
  readonly linked: readonly BuiltElection[];
  readonly box: MemoryBallotBox;
  readonly manifest: EntryOf<'manifest'>;
  readonly election: string;

  constructor(plan: ElectionPlan, linked: readonly BuiltElection[]) {
    this.plan = plan;
    this.linked = linked;
    const names = linked.map(({ election }) => election);
    const unsigned = { v: 1, type: 'manifest', body: manifestBodyOf(plan, names), ext: {} } as const;
    this.manifest = signEntry<'manifest'>(unsigned, 'officer', 1, keyOf(plan.seed, 'officer'));
    this.box = new MemoryBallotBox(this.manifest, keyOf(plan.seed, 'log'));
    this.election = electionName(encodeEntry(this.manifest));
    this.box.addBlob(encodeCanonical(textsOf(plan)));
  }

  async role<T extends RoleType>(type: T, body: EntryOf<T>['body'], role: Role, i = 1): Promise<Item> {
    const { box, election, plan } = this;
    const unsigned = unsignedEntry<T>({ election, seen: box.seen }, type, body);
    const entry = signEntry<T>(unsigned, role, i, keyOfSigner(plan.seed, { role, i }));
    return await box.append(this.#withSecond(entry));
  }

  /** With the signature of officer 2, where the plan asks for it. */
  #withSecond<T extends RoleType | 'replacement'>(entry: EntryOf<T>): EntryOf<T> {
    const signed = entry as unknown as EntryOf<RoleType>;
    if (!needsSecond(signed, this.manifest.body)) return entry;
    const { sigs, ...unsigned } = signed;
    const key = keyOfSigner(this.plan.seed, { role: 'officer', i: 2 });
    const second = signatureOf(unsigned as UnsignedEntry, 'officer', 2, key);
    return withSignatures<T>(unsigned as unknown as UnsignedEntry<T>, [...sigs, second]);
  }

  async ceremony(): Promise<Scalar[]> {
    const { trustees } = this.manifest.body;
    if (trustees === null) return [];
    const { count, threshold } = trustees;
    const ceremony = { election: fromBase64Url(this.election), attempt: 1, count, threshold };
    const places = Array.from({ length: count }, (_, at) => at + 1);
    for (const i of places) {
      const recipient = await identityToRecipient(await generateX25519Identity());
      await this.role('join', { attempt: 1, i, recipient }, 'trustee', i);
    }
    const dealings = places.map((i) =>
      startDealing(ceremony, i, seededRandom(`${this.plan.seed}/dealing-${i}`)),
    );
    for (const { i, round1 } of dealings) {
      const hash = toBase64Url(commitHash(ceremony, i, round1));
      await this.role('commit', { attempt: 1, i, hash }, 'trustee', i);
    }
    for (const { i, round1 } of dealings) {
      const body = {
        attempt: 1,
        i,
        commitments: round1.commitments.map(toBase64Url),
        proof: toBase64Url(round1.proof),
      };
      await this.role('reveal', body, 'trustee', i);
    }
    const reveals = dealings.map(({ round1 }) => round1);
    const dealt = dealings.map((dealing) => dealShares(dealing, reveals));
    for (const i of places) {
      const shares = places
        .filter((to) => to !== i)
        .map((to) => ({ to, ...nameBlob(toUtf8(`the age file from ${i} to ${to}`)) }));
      await this.role('dealt', { attempt: 1, i, shares }, 'trustee', i);
    }
    const finished = dealings.map((dealing) =>
      finishDealing(
        dealing,
        reveals,
        dealt.map((shares) => shares[dealing.i - 1] ?? new Uint8Array()),
      ),
    );
    for (const i of places) {
      const outcome = this.box.state.ceremony.confirmable;
      if (outcome === null) throw new Error('the ceremony made no key');
      const { key, shares, transcript } = outcome;
      await this.role('confirm', { attempt: 1, i, key, shares: [...shares], transcript }, 'trustee', i);
    }
    return finished.map(({ share }) => share);
  }

  /** Tokens, credentials and the roll; voters in the order of the plan. */
  async roll(): Promise<{ document: RollDocument; voters: BuiltVoter[] }> {
    const { plan, election, manifest } = this;
    const random = seededRandom(`${plan.seed}/tokens`);
    const heirs = seededRandom(`${plan.seed}/heirs`);
    const issued = plan.voters.map((voter) => {
      const token = drawToken(random);
      return {
        ...voter,
        token,
        credential: deriveCredential(token, election, voter.college),
        heir: deriveCredential(drawToken(heirs), election, voter.college),
        ballots: [],
        opened: [],
      };
    });
    const document = buildRoll(
      election,
      manifest.body,
      { frozen: manifest.body.times.opens - manifest.body.times.notice, bodies: plan.bodies ?? [] },
      issued.map(({ credential, heir, college, weight = 1, bodies = [], chosen, replaced }, at) => ({
        P: fromBase64Url(credential.P),
        college,
        weight,
        bodies,
        name: `Member ${at + 1}`,
        chosen:
          chosen === undefined
            ? null
            : {
                election: this.linked[chosen.link]?.election ?? '',
                contest: chosen.contest,
                option: chosen.option,
              },
        mandates: null,
        substitutes:
          replaced?.reason === 'substitute'
            ? [{ P: fromBase64Url(heir.P), name: `Substitute ${at + 1}` }]
            : [],
      })),
    );
    const { blob, body } = publishRoll(document, manifest.body);
    this.box.addBlob(blob);
    await this.role('roll', { ...body, colleges: [...body.colleges] }, 'registrar');
    const place = new Map(document.lines.map(({ P }, at) => [P, at + 1]));
    return { document, voters: issued.map((one) => ({ ...one, voter: place.get(one.credential.P) ?? 0 })) };
  }

  /** What the linked elections declared. */
  cited(): EntryOf<'opening'>['body']['results'] {
    return this.manifest.body.links.map(({ manifest, rule }, at) => {
      const { box, result } = this.linked[at] ?? {};
      return {
        manifest,
        result: box?.state.result?.leaf ?? manifest,
        decision: result?.outcome.find(({ id }) => id === rule) ?? null,
      };
    });
  }

  /** Beside the record, those of all elections before it. */
  async addLinked(): Promise<void> {
    for (const { election, record } of this.linked) {
      for (const [path, bytes] of await publishedFiles(record)) {
        this.box.record.files.set(path.startsWith('linked/') ? path : linkedPath(election, path), bytes);
      }
    }
  }

  async acts(phase: keyof NonNullable<ElectionPlan['acts']>): Promise<void> {
    const value = sha256(toUtf8(`${this.plan.seed}/lot`));
    if (this.plan.lot === true && phase === 'setup') {
      const hash = lotCommitment(this.election, 1, value);
      await this.role('act', { act: { kind: 'lot-commitment', hash } }, 'officer');
    }
    if (this.plan.lot === true && phase === 'closed') {
      await this.role('act', { act: { kind: 'lot-reveal', value: toBase64Url(value) } }, 'officer');
    }
    for (const act of this.plan.acts?.[phase] ?? []) await this.role('act', { act }, 'officer');
  }

  async open(): Promise<BallotContext> {
    const { state } = this.box;
    const { plan, manifest, election } = this;
    const { roll, ceremony } = state;
    const { confirmable } = ceremony;
    if (roll === null) throw new Error('no roll');
    const opening = await this.role(
      'opening',
      {
        manifest: election,
        attempt: confirmable && 1,
        opens: manifest.body.times.opens,
        results: this.cited(),
        key: confirmable?.key ?? null,
        shares: [...(confirmable?.shares ?? [])],
        transcript: confirmable?.transcript ?? null,
        roll: { root: roll.body.root, size: roll.body.size },
        notice: plan.witnesses === undefined ? null : { size: 1 },
      },
      'officer',
    );
    const ctx = toBase64Url(opening.leaf);
    return ballotContext({ election, ctx, key: confirmable?.key ?? null, manifest: manifest.body });
  }

  /** First votes of everybody, then second votes, and so on. */
  async vote(context: BallotContext, voters: readonly BuiltVoter[]): Promise<void> {
    const rounds = Math.max(0, ...voters.map(({ votes }) => votes.length));
    for (let round = 0; round < rounds; round += 1) {
      for (const voter of voters) {
        const choices = voter.votes[round];
        if (round === 0 && voter.checks !== undefined) {
          const opened = prepare(context, voter, voter.checks);
          await this.box.append(proveCheckEntry(context, voter.credential, opened.fingerprint));
          voter.opened.push(opened);
        }
        if (choices === undefined) continue;
        const ballot = prepare(context, voter, choices);
        await this.box.append(ballot.entry, fromBase64Url(ballot.fingerprint));
        voter.ballots.push(ballot);
      }
    }
  }

  /** Replaced credentials, and what is cast with the new ones. */
  async replace(context: BallotContext, voters: readonly BuiltVoter[]): Promise<void> {
    for (const [at, voter] of voters.entries()) {
      if (voter.replaced === undefined) continue;
      const name =
        voter.replaced.reason === 'lost' ? null : substituteName(this.manifest.body, voter.college, at);
      const { leaf } = await this.box.append(this.replacement(context, voter, name));
      let prev: Previous = { kind: 'replacement', leaf: toBase64Url(leaf) };
      for (const choices of voter.replaced.votes) {
        const ballot = prepare(context, { ...voter, credential: voter.heir }, choices, prev);
        await this.box.append(ballot.entry, fromBase64Url(ballot.fingerprint));
        voter.ballots.push(ballot);
        prev = { kind: 'ballot', leaf: ballot.leaf };
      }
    }
  }

  replacement(
    { ctx, ctxBytes }: BallotContext,
    { voter, credential, heir, replaced }: BuiltVoter,
    name: string | null,
  ): EntryOf<'replacement'> {
    const { box, election, plan } = this;
    const statement = {
      ctx: ctxBytes,
      voter,
      before: fromBase64Url(credential.P),
      after: fromBase64Url(heir.P),
    };
    const unsigned = {
      v: 1,
      type: 'replacement',
      election,
      seen: box.seen,
      body: {
        ctx,
        voter,
        old: credential.P,
        new: heir.P,
        name,
        reason: replaced?.reason ?? 'lost',
        proof: toBase64Url(proveReplacement(statement, heir.x)),
      },
      ext: {},
    } as const;
    const signed = (role: 'registrar' | 'officer') =>
      signatureOf<'replacement'>(unsigned, role, 1, keyOf(plan.seed, role));
    return this.#withSecond(
      withSignatures<'replacement'>(unsigned, [signed('registrar'), signed('officer')]),
    );
  }

  async close(context: BallotContext): Promise<Item> {
    const { tree } = this.box.state;
    const body = { ctx: context.ctx, size: tree.size, root: toBase64Url(tree.root()) };
    return await this.role('closing', body, 'box');
  }

  /** The published tally, by the recount's own function. */
  tallyOf(context: BallotContext, roll: RollDocument, voters: readonly BuiltVoter[], closing: string) {
    const heads = new Map(voters.map(({ voter, ballots }) => [voter, ballots.at(-1)]));
    return recomputeTally(kernel, {
      election: this.election,
      ctx: context.ctx,
      closing,
      cells: publishedCells(this.manifest.body, roll, (voter) => heads.get(voter) !== undefined),
      roll: roll.lines.length,
      ballotOf: (voter) => {
        const ballot = heads.get(voter);
        return ballot && countingBallot(ballot);
      },
    });
  }

  witness(built: BuiltElection): void {
    const { plan, box } = this;
    const { record, state } = box;
    if (plan.witnesses === undefined) return;
    const { manifestAt, beforeClosingAt, closingAt, endAt } = plan.witnesses;
    for (const { index } of actsOf(state, 'extension')) {
      record.files.set(witnessedPath(index + 1), cosigned(plan, record.checkpoint(index + 1), manifestAt));
    }
    record.files.set(witnessedPath(1), cosigned(plan, record.checkpoint(1), manifestAt));
    if (state.closing !== null) {
      const { index } = state.closing;
      for (const [size, at] of [
        [index, beforeClosingAt],
        [index + 1, closingAt],
      ] as const) {
        record.files.set(witnessedPath(size), cosigned(plan, record.checkpoint(size), at));
      }
    }
    built.record.files.set('checkpoint', cosigned(plan, record.checkpoint(), endAt));
  }
}

function substituteName({ colleges }: ManifestBody, college: string, at: number): string | null {
  const { mode } = colleges.find(({ id }) => id === college) ?? {};
  return mode === 'recorded' ? `Substitute ${at + 1}` : null;
}

function countingBallot({ leaf, entry }: PreparedBallot): CountingBallot {
  return {
    leaf: fromBase64Url(leaf),
    contents: new Map(entry.body.contests.map((contest) => [contest.id, encodeContent(contest)])),
  };
}

const discreteLog = makeDiscreteLog(kernel, 256);

/** Agreements, shares and the result. */
async function declare(
  builder: Builder,
  built: BuiltElection,
  closing: string,
): Promise<BuiltElection['result']> {
  const { plan, manifest, box } = builder;
  const { trustees } = manifest.body;
  const tally = builder.tallyOf(built.context, built.roll, built.voters, closing);
  if (plan.wrongTally === true) {
    await builder.role('tally', { closing, blob: box.addBlob(toUtf8('another tally')) }, 'box');
  }
  const entry = await builder.role('tally', { closing, blob: box.addBlob(tally.bytes) }, 'box');
  const leaf = toBase64Url(entry.leaf);
  const active = plan.active ?? Array.from({ length: trustees?.threshold ?? 0 }, (_, at) => at + 1);
  for (const i of active) await builder.role('agreement', { i, closing, tally: leaf }, 'trustee', i);
  const documents = active.map((i) => {
    const statement = {
      ctx: built.context.ctxBytes,
      tally: entry.leaf,
      i,
      shareKey: fromBase64Url(box.state.ceremony.confirmable?.shares[i - 1] ?? ''),
      cells: encryptedCells(tally.document),
    };
    const secret = built.secrets[i - 1];
    if (secret === undefined) throw new Error(`trustee ${i} has no secret`);
    return sharesDocumentOf(leaf, i, proveShares(statement, secret));
  });
  for (const document of documents) {
    const blob = box.addBlob(encodeCanonical(document));
    await builder.role('shares', { i: document.i, tally: leaf, blob }, 'trustee', document.i);
  }
  const opened =
    trustees === null
      ? NOTHING_SECRET
      : openTally(
          kernel,
          tally.document,
          trustees.threshold,
          documents.map((document) => ({ i: document.i, shares: sharesOf(document) })),
        );
  await builder.acts('counted');
  const counts = countTally(discreteLog, tally.document, tally.cells, opened);
  const { body, document, bytes } = resultOf(box.state, leaf, tally.cells, counts, opened.seed);
  box.addBlob(bytes);
  await builder.role('result', body, 'officer');
  await builder.acts('declared');
  return { ...document, seed: body.seed };
}

/** The elections of the plan's links; one that is linked twice is one election. */
async function buildLinked({ links = [] }: ElectionPlan): Promise<BuiltElection[]> {
  const built = new Map<string, Promise<BuiltElection>>();
  for (const { plan } of links) {
    const key = JSON.stringify(plan);
    if (!built.has(key)) built.set(key, buildElection(plan));
  }
  return await Promise.all(links.map(async ({ plan }) => await (built.get(JSON.stringify(plan)) ?? never())));
}

function never(): never {
  throw new Error('not built');
}

/** Makes the election of a plan, as far as the plan goes. */
export async function buildElection(plan: ElectionPlan): Promise<BuiltElection> {
  const linked = await buildLinked(plan);
  const builder = new Builder(plan, linked);
  const secrets = await builder.ceremony();
  const { document, voters } = await builder.roll();
  await builder.acts('setup');
  const context = await builder.open();
  const { box, manifest, election } = builder;
  await builder.addLinked();
  const built = {
    plan,
    box,
    record: box.record,
    election,
    manifest,
    context,
    roll: document,
    voters,
    secrets,
  };
  if (plan.stop !== 'opened') await builder.vote(context, voters);
  if (plan.stop !== 'opened') await builder.replace(context, voters);
  await builder.acts('open');
  let result: BuiltElection['result'] = null;
  if (plan.stop !== 'opened') {
    const closing = await builder.close(context);
    await builder.acts('closed');
    if (plan.stop !== 'closed') {
      result = await declare(builder, { ...built, result: null }, toBase64Url(closing.leaf));
    }
  }
  const finished = { ...built, result };
  builder.witness(finished);
  return finished;
}
