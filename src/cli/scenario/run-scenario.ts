/** Runs a scenario over HTTP, every party a process of its own, recounts each record, and compares what came of it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { fillTemplate, SHORT_PETITION_SECONDS } from '../../officer/election-template.ts';
import { verifyRecord } from '../../tally/verify/verify-record.ts';
import { readLetters } from '../demo/letters.ts';
import {
  AutomaticTrustee,
  Officer,
  register,
  type Server,
  startServer,
  Trustee,
  type TrusteeParty,
} from '../demo/parties.ts';
import { Processes } from '../demo/processes.ts';
import { Stages } from '../demo/stages.ts';
import { CheckedFalse } from '../exit.ts';
import { openSource } from '../sources.ts';
import { castVotes } from './cast-votes.ts';
import { compare, differences } from './differences.ts';
import { membershipFile } from './invented-people.ts';
import type { Scenario, ScenarioElection } from './scenario-file.ts';

interface Setting {
  readonly processes: Processes;
  readonly stages: Stages;
  readonly server: Server;
  readonly data: string;
  readonly records: string;
  /** Hashes of the elections so far, by the words of the scenario. */
  readonly elections: Map<string, string>;
}

const declared = z.object({ result: z.string(), outcome: z.array(z.json()) });
const CEREMONY_STEPS = 5;
/** A petition's notice runs from its publication. */
const SECONDS_TO_PUBLISH = 15;

function trusteesOf({ processes, server }: Setting, folder: string, count: number): TrusteeParty[] {
  if (count === 1) return [new AutomaticTrustee(server)];
  return Array.from({ length: count }, (_, i) => new Trustee(processes, folder, i + 1));
}

class Conduct {
  readonly #setting: Setting;
  readonly #election: ScenarioElection;
  readonly #folder: string;
  readonly #trustees: readonly TrusteeParty[];
  readonly #officer: Officer;
  readonly #record: string;
  /** Unix seconds. */
  readonly #opens: number;

  constructor(setting: Setting, election: ScenarioElection) {
    this.#setting = setting;
    this.#election = election;
    this.#folder = join(setting.data, election.id);
    this.#trustees = trusteesOf(setting, this.#folder, election.filled.manifest.trustees?.count ?? 0);
    this.#officer = new Officer(setting.processes, this.#folder, setting.server);
    this.#record = join(setting.records, election.id);
    const isPetition = election.filled.manifest.kind === 'petition';
    this.#opens = Math.floor(Date.now() / 1000) + (isPetition ? SECONDS_TO_PUBLISH : 0);
  }

  /** @returns what is not as expected. */
  async run(): Promise<string[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const name = await this.#stage('manifest, roll and letters', 1, () => this.#publish());
    this.#setting.elections.set(this.#election.id, name);
    const { roll, colleges } = this.#election;
    const letters = await register(
      this.#setting.processes,
      this.#folder,
      this.#setting.server,
      name,
      membershipFile(roll, this.#setting.elections),
      Object.entries(colleges).map(([college, source]) => `${college}=${source}`),
    );
    if (this.#trustees.length > 0) await this.#ceremony(name);
    await this.#acts('setup');
    await this.#officer.sign('open');
    await this.#acts('open');
    await this.#substitute(name);
    await this.#vote(name, letters);
    await this.#count(name);
    await this.#acts('decrypted');
    const { outcome } = declared.parse(await this.#officer.sign('declare'));
    await this.#acts('declared');
    await this.#recount(name);
    return [...differences(this.#election.expect, outcome), ...(await this.#differencesBeside())];
  }

  /** Of what the record says beside the outcome. */
  async #differencesBeside(): Promise<string[]> {
    const { expectCounts: counts, expectTotals: totals } = this.#election;
    if (counts === undefined && totals === undefined) return [];
    const { result, rollCalls } = await verifyRecord(await openSource(this.#record), { votes: true });
    const found = rollCalls?.flatMap((college) =>
      college.totals.map((total) => ({ ...total, votes: total.votes.map(Number) })),
    );
    return [
      ...(counts === undefined ? [] : compare(counts, result?.counts, 'counts')),
      ...(totals === undefined ? [] : compare(totals, found, 'totals')),
    ];
  }

  async #stage<T>(
    what: string,
    total: number,
    work: (update: (done: number) => void) => Promise<T>,
  ): Promise<T> {
    const { stages } = this.#setting;
    return await stages.run(`${this.#election.id}: ${what}`, total, (bar) =>
      work((done) => bar.update(done)),
    );
  }

  async #publish(): Promise<string> {
    const keys = await Promise.all(
      this.#trustees.map((trustee) => trustee.create(`${this.#election.id}, ${trustee.name}`)),
    );
    const draft = fillTemplate(this.#election.filled, {
      keys,
      opens: this.#opens,
      elections: Object.fromEntries(this.#setting.elections),
      rehearsal: true,
    });
    return await this.#officer.publish(draft);
  }

  async #ceremony(name: string): Promise<void> {
    await this.#stage('the trustees make the key', CEREMONY_STEPS * this.#trustees.length, async (update) => {
      let sent = 0;
      await this.#trusteesRun(name, () => update(++sent));
    });
  }

  async #trusteesRun(name: string, onStep: () => void): Promise<void> {
    await Promise.all(this.#trustees.map((trustee) => trustee.run(this.#setting.server, name, onStep)));
  }

  async #acts(when: ScenarioElection['acts'][number]['when']): Promise<void> {
    for (const { act } of this.#election.acts.filter((one) => one.when === when)) {
      const file = join(this.#folder, 'act.json');
      await writeFile(file, JSON.stringify(act));
      await this.#officer.act(file);
    }
  }

  /** The registrar signs, and then the officer. */
  async #substitute(name: string): Promise<void> {
    const { processes, server } = this.#setting;
    for (const [i, { of, college, by }] of this.#election.substitutes.entries()) {
      const file = join(this.#folder, `replacement-${i}.json`);
      const whom = ['--election', name, '--person', of, '--college', college, '--substitute', by];
      const where = ['--server', server.url, '--key-file', server.keyFile];
      await processes.ask(['registrar', 'replace', file, ...whom, ...where]);
      await this.#officer.replace(file);
    }
  }

  async #vote(name: string, file: string): Promise<void> {
    const { votes } = this.#election;
    const total = votes.reduce((sum, { n }) => sum + n, 0);
    const letters = await readLetters(file);
    await setTimeout(Math.max(0, 1000 * this.#opens - Date.now()));
    await this.#stage(`${total} ballots`, total, (update) =>
      castVotes(this.#setting.server.url, name, votes, letters, update),
    );
  }

  /** A petition is closed by the clock. */
  async #untilItCloses(): Promise<void> {
    if (this.#election.filled.manifest.kind !== 'petition') return;
    const closes = 1000 * (this.#opens + SHORT_PETITION_SECONDS + 1);
    await this.#stage('the petition runs', 1, () => setTimeout(closes - Date.now()));
  }

  async #count(name: string): Promise<void> {
    await this.#untilItCloses();
    await this.#stage('closing and counting', 1, async () => {
      await this.#officer.conduct('close');
      await this.#officer.conduct('tally');
      await this.#trusteesRun(name, () => undefined);
    });
  }

  /** Each recount by a process that has the exported files alone. */
  async #recount(name: string): Promise<void> {
    const { processes, server } = this.#setting;
    const { recounts } = this.#election;
    let told = '';
    await processes.run(['export', '--no-pages', `${server.url}/elections/${name}`, this.#record]);
    await this.#stage(recounts === 1 ? 'a recount' : `${recounts} recounts`, recounts, async (update) => {
      for (let done = 1; done <= recounts; done += 1) {
        told = await processes.run(['verify', this.#record, '--anchor', name]);
        update(done);
      }
    });
    process.stdout.write(`\n${told}\n`);
  }
}

/** What was expected and did not come, by election. */
async function runElections(setting: Setting, { elections }: Scenario): Promise<string[]> {
  const wrong: string[] = [];
  for (const election of elections) {
    const found = await new Conduct(setting, election).run();
    wrong.push(...found.map((what) => `${election.id}: ${what}`));
  }
  return wrong;
}

/**
 * @param record a new folder for the records, one for each election.
 * @throws CheckedFalse if a recount fails, a party does, or something else comes of it than is expected.
 */
export async function runScenario(scenario: Scenario, record?: string): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const data = await mkdtemp(join(tmpdir(), 'teller-scenario-'));
  const processes = new Processes();
  const stages = new Stages(say);
  say(`${scenario.name}: ${scenario.title}\n${scenario.about}\n`);
  try {
    const server = await startServer(processes, data, 0);
    const records = record === undefined ? join(data, 'records') : resolve(record);
    const setting: Setting = { processes, stages, server, data, records, elections: new Map() };
    const wrong = await runElections(setting, scenario);
    if (wrong.length > 0)
      throw new CheckedFalse(`${scenario.name}: not as expected\n  ${wrong.join('\n  ')}`);
    process.stdout.write(`${scenario.name}: every recount passes, and the outcome is as expected.\n`);
  } finally {
    await processes.stopAll();
    await rm(data, { recursive: true, force: true });
  }
}
