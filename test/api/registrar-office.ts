/** The registrar without HTTP, on a roll of 120 simulated members. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../src/api/problem.ts';
import { type IssueRequest, Registrar } from '../../src/api/registrar/registrar.ts';
import type { ManifestBody } from '../../src/ballot/manifest.ts';
import { parseSigningKey } from '../../src/crypto/ed25519.ts';
import type { EntryOf } from '../../src/record/entries.ts';
import { signEntry } from '../../src/record/envelope.ts';
import type { Person } from '../../src/roll/membership.ts';
import { encodeMembershipCsv } from '../../src/roll/membership-csv.ts';
import { simulateMembership } from '../../src/roll/simulated-membership.ts';
import { manifest as faultless } from '../ballot/manifests.ts';

const OFFICER = parseSigningKey(new Uint8Array(32).fill(1));
export const membership = simulateMembership({
  seed: 'registrar',
  members: 120,
  branches: 4,
  regions: 2,
  affiliates: 2,
});
export const CSV = new TextEncoder().encode(encodeMembershipCsv(membership));

/** One member lapsed, one moved to no branch, one new. */
export const LATER_TEXT = encodeMembershipCsv({
  ...membership,
  people: [
    ...membership.people
      .filter(({ person }) => person !== 'm001')
      .map((entry) =>
        entry.person === 'm119' ? { ...entry, region: otherRegion(entry.region), branch: null } : entry,
      ),
    { ...(membership.people[0] as Person), person: 'new-1', contact: 'new-1@example.org', represents: null },
  ],
});
export const LATER = new TextEncoder().encode(LATER_TEXT);

function otherRegion(region: string | null): string {
  return membership.bodies.find(({ id, kind }) => kind === 'region' && id !== region)?.id ?? '';
}

export const COLLEGES: IssueRequest['colleges'] = [
  { college: 'members', of: 'members', body: null },
  { college: 'delegates', of: 'delegates', body: null },
];
export const [FIRST, SECOND] = ['A', 'B'].map((name) => name.repeat(43)) as [string, string];
export const SEEN = { size: 1, root: 'A'.repeat(43) };

/** What a promise is refused with. */
export async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<Problem> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('not refused');
}

export const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** A registrar of its own for each test, with a faultless election. */
export class RegistrarOffice {
  readonly folder = mkdtempSync(join(tmpdir(), 'teller-registrar-'));
  registrar = this.#open();

  #open(): Registrar {
    return new Registrar(join(this.folder, 'registrar.sqlite'), () => 1_800_000_000);
  }

  restart(): void {
    this.registrar.close();
    this.registrar = this.#open();
  }

  close(): void {
    this.registrar.close();
    rmSync(this.folder, { recursive: true });
  }

  manifestOf(change: Partial<ManifestBody> = {}): EntryOf<'manifest'> {
    const roles = { ...faultless.roles, registrars: [this.registrar.publicKey] };
    const colleges = faultless.colleges.map((college) => ({ ...college, weights: [1] }));
    return signEntry(
      { v: 1, type: 'manifest', body: { ...faultless, roles, colleges, ...change }, ext: {} },
      'officer',
      1,
      OFFICER,
    );
  }

  async issued(change?: Partial<ManifestBody>) {
    const manifest = this.manifestOf(change);
    const { roll } = await this.registrar.rolls.import(CSV, FIRST);
    const summary = await this.registrar.issue({ manifest, roll, colleges: COLLEGES });
    return { manifest, roll, summary, election: summary.election };
  }
}
