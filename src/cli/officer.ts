/** `teller officer`: the returning officer's part. What the officer signs is signed here, not in the server. */
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import * as documents from '../api/documents.ts';
import { toBase64Url } from '../crypto/bytes.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { wasmKernel } from '../crypto/kernel/wasm.ts';
import { citeLinks } from '../officer/cite-links.ts';
import { computeResult } from '../officer/compute-result.ts';
import { completeDraft, parseDraft } from '../officer/election-draft.ts';
import { openingOf } from '../officer/opening.ts';
import { checkReceipt, signManifest } from '../officer/sign-entry.ts';
import { electionName, encodeEntry } from '../record/envelope.ts';
import { readPublishedTexts } from '../record/published-texts.ts';
import { type RecordSource, readManifest } from '../record/record-source.ts';
import { readElection } from '../trustee/read-election.ts';
import { inWords } from '../web/result-in-words.ts';
import { Scripts } from '../web/scripts.ts';
import { CannotRun } from './exit.ts';
import { addActs, addLink } from './officer-acts.ts';
import { addDraft } from './officer-draft.ts';
import { conducted, type Officer, say, sayEntered, submit } from './officer-entries.ts';
import { createOfficer, readOfficerSigningKey, writeElection } from './officer-folder.ts';
import { addSecond } from './officer-second.ts';
import { readBearerKey, readSmallFile } from './options.ts';
import { startProgress } from './progress.ts';
import { json, ServerClient } from './server-client.ts';
import { openSource } from './sources.ts';

async function create(options: Officer): Promise<void> {
  const key = await createOfficer(options.folder);
  say(
    options,
    [`The officer's public key: ${key}`, `The signing key is in ${options.folder}; there is no copy.`],
    { key },
  );
}

async function publish(draftFile: string, options: Officer & { readonly server: string }): Promise<void> {
  const server = new ServerClient(options.server, await readBearerKey(options.keyFile));
  const key = await readOfficerSigningKey(options.folder);
  const draft = parseDraft(await readSmallFile(draftFile, 'the draft'), draftFile);
  const service = await server.get('/service', documents.service);
  const scripts = Object.values(await new Scripts().hashes());
  const officer = toBase64Url(publicKeyOf(key));
  const { body, blobs } = completeDraft(draft, { service, officer, scripts });
  const entry = signManifest(body, key);
  const election = electionName(encodeEntry(entry));
  // Remembered first: whatever happens to the answer, this is the election.
  await writeElection(options.folder, { server: options.server, election });
  const receipt = await server.post(
    '/elections',
    json({ entry, blobs: blobs.map(toBase64Url) }),
    documents.receipt,
  );
  checkReceipt(receipt, entry, { manifest: body });
  say(options, [`Election ${election} is published at ${server.address}/elections/${election}`], {
    election,
    address: `${server.address}/elections/${election}`,
  });
}

/** Ends an attempt at the key ceremony: the trustees begin another with new secrets. */
async function voidAttempt(options: Officer & { readonly reason: string }): Promise<void> {
  const place = await conducted(options, false);
  const state = await readElection(place.record, place.election, null);
  const { attempt } = state.ceremony;
  const receipt = await submit(place, state, 'void', { attempt, reason: options.reason });
  sayEntered(options, receipt, () => ({
    lines: [`Attempt ${attempt} is void. The trustees run again, and begin attempt ${attempt + 1}.`],
    value: { voided: attempt },
  }));
}

/** Records of elections before this one, by their names. */
async function sourcesOf(linked: readonly string[]): Promise<Map<string, RecordSource>> {
  const sources = await Promise.all(linked.map((from) => openSource(from)));
  const named = sources.map(async (source) => [(await readManifest(source)).election, source] as const);
  return new Map(await Promise.all(named));
}

async function open({
  linked = [],
  ...options
}: Officer & { readonly linked?: readonly string[] }): Promise<void> {
  const place = await conducted(options, false);
  const { election, record } = place;
  const state = await readElection(record, election, null);
  const results = await citeLinks(wasmKernel, record, state.manifest, await sourcesOf(linked));
  const body = openingOf(state, results, Math.floor(Date.now() / 1000));
  const { opens } = body;
  const at = new Date(opens * 1000).toISOString();
  sayEntered(options, await submit(place, state, 'opening', body), ({ leaf }) => ({
    lines: [`Opened: voting from ${at}. Everything after is bound to ${leaf}`],
    value: { opens, ctx: leaf },
  }));
}

async function close(options: Officer): Promise<void> {
  const { server, election } = await conducted(options);
  const { index, leaf } = await server.post(`/elections/${election}/close`, undefined, documents.receipt);
  say(options, [`Closed: ${index} entries came before.`], { size: index, closing: leaf });
}

const MILLISECONDS_BETWEEN_LOOKS = 250;

async function tally(options: Officer): Promise<void> {
  const { server, election } = await conducted(options);
  const path = `/elections/${election}/tally`;
  let state = await server.post(path, undefined, documents.tallyState);
  const bar = startProgress('Tally', state.of);
  while (state.state === 'running' || state.state === 'none') {
    await setTimeout(MILLISECONDS_BETWEEN_LOOKS);
    state = await server.get(path, documents.tallyState);
    bar.update(state.done, state.of);
  }
  bar.stop();
  if (state.state === 'failed') throw new CannotRun('the tally failed; the log of the server says why');
  say(options, ['The tally is in the record: the trustees recount it, agree, and decrypt.'], {
    tally: state.receipt?.leaf,
  });
}

async function declare(options: Officer): Promise<void> {
  const place = await conducted(options, false);
  const state = await readElection(place.record, place.election, null);
  const { body, document, bytes } = await computeResult(wasmKernel, place.record, state);
  const receipt = await submit(place, state, 'result', body, [bytes]);
  const texts = await readPublishedTexts(place.record, state.manifest);
  sayEntered(options, receipt, ({ leaf }) => ({
    lines: inWords(state.manifest, texts, document),
    value: { result: leaf, outcome: document.outcome },
  }));
}

async function status(options: Officer): Promise<void> {
  const { server, election } = await conducted(options, false);
  const summary = await server.get(`/elections/${election}`, documents.summary);
  const colleges = summary.colleges.map(({ id, roll, voted }) => `${id}: ${voted} of ${roll} have voted`);
  say(
    options,
    [
      `${summary.phase}, ${summary.size} entries`,
      ...describeTrustees(summary),
      ...colleges,
      `${server.address}/elections/${election}`,
    ],
    summary,
  );
}

/** How far the trustees are, and who is awaited. */
function describeTrustees({ ceremony, phase, agreed, decrypted }: documents.Summary): string[] {
  if (ceremony === null) return [];
  const { attempt, step, awaited, complaint } = ceremony;
  if (complaint !== null) {
    return [
      `trustee ${complaint.i} complains of trustee ${complaint.against}: attempt ${attempt} has to be voided`,
    ];
  }
  if (step !== 'done') return [`ceremony: attempt ${attempt}, step ${step}, awaited: ${awaited.join(', ')}`];
  if (phase !== 'tallied') return [`ceremony: the key was made in attempt ${attempt}`];
  return [
    `trustees that agreed: ${agreed.join(', ') || 'none'}; that decrypted: ${decrypted.join(', ') || 'none'}`,
  ];
}

export function addOfficer(program: Command): void {
  const officer = program
    .command('officer')
    .description("the returning officer's part: from publishing to declaring");
  const command = (name: string, description: string): Command =>
    officer
      .command(name)
      .description(description)
      .requiredOption('--folder <dir>', "the officer's own folder, with the signing key")
      .option('--json', 'answer in one line of JSON');
  const signedIn = (name: string, description: string): Command =>
    command(name, description).option('--key-file <file>', 'the key of the service (or TELLER_OFFICER_KEY)');
  command('new', 'make a signing key').action(create);
  signedIn('publish', 'complete a draft, sign it as the manifest, and start its log')
    .argument('<draft>', 'a JSON file: {texts, manifest}')
    .requiredOption('--server <url>', 'the service')
    .action(publish);
  signedIn('void', 'end this attempt at the key ceremony, before voting is open; the trustees begin another')
    .requiredOption('--reason <text>', 'for everybody to read')
    .action(voidAttempt);
  signedIn('open', 'open voting, once there are a roll and a key')
    .option('--linked <sources...>', 'records of elections before this one, where the service has them not')
    .action(open);
  signedIn('close', 'close voting').action(close);
  signedIn('tally', 'have the ballots counted, still encrypted').action(tally);
  addActs(signedIn);
  addSecond(command, signedIn);
  addLink(officer);
  addDraft(officer);
  signedIn('declare', 'compute and declare the result, once enough trustees have decrypted').action(declare);
  command('status', 'how far the election is').action(status);
}
