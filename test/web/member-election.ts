/** An election in secret colleges at a real server, for members at browsers: every shape of contest, two languages. */

import { deriveCredential } from '../../src/ballot/credential.ts';
import type { ManifestBody, TextsDocument } from '../../src/ballot/manifest.ts';
import { drawToken, encodeToken } from '../../src/ballot/token.ts';
import { encodeCanonical } from '../../src/codec/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { wasmKernel } from '../../src/crypto/kernel/wasm.ts';
import { computeResult } from '../../src/officer/compute-result.ts';
import { nameBlob } from '../../src/record/record-source.ts';
import { buildRoll, publishRoll } from '../../src/roll/build-roll.ts';
import { readElection } from '../../src/trustee/read-election.ts';
import type { MemberPage } from '../../src/web/islands.ts';
import { ApiElection, expectCreated, sender } from '../api/api-elections.ts';

const CANDIDATES = ['ada', 'ben', 'cat', 'dee', 'eve', 'fay', 'gus', 'hal', 'ida', 'jon', 'kim', 'leo'];
const NAMES = [
  'Ada Lark',
  'Ben Moss',
  'Cat Nuñez',
  'Dee Oyelaran',
  'Eve Peng',
  'Fay Quist',
  'Gus Reed',
  'Hal Sato',
  'Ida Thorne',
  'Jon Ueda',
  'Kim Voss',
  'Leo Wren',
];

function texts(lang: 'en' | 'fr'): TextsDocument {
  const fr = lang === 'fr';
  return {
    v: 1,
    lang,
    title: fr ? 'Assemblée de printemps' : 'Spring conference',
    intro: fr
      ? 'Deux questions sont posées à tous les membres.'
      : 'Two questions are put to all members.\n\nThe committee asks you to read both motions.',
    people: {
      officer: { name: 'Rosa Vale', contact: 'ballot@union.example\n020 7946 0000' },
      trustees: [{ name: 'Iris Moor', contact: 'iris@audit.example' }],
    },
    colleges: { members: fr ? 'Tous les membres' : 'All members', delegates: fr ? 'Délégués' : 'Delegates' },
    contests: {
      motion: {
        title: fr ? 'La cotisation sera-t-elle de 12 € ?' : 'Shall the monthly fee be £12?',
        text: fr ? 'Elle est de 10 € depuis 2019.' : 'It has been £10 since 2019.',
        options: fr
          ? { for: 'Pour', against: 'Contre', abstain: 'Abstention' }
          : { for: 'For', against: 'Against', abstain: 'Abstain' },
      },
      committee: {
        title: fr ? 'Comité' : 'Committee',
        text: '',
        options: Object.fromEntries(CANDIDATES.map((id, i) => [id, NAMES[i] ?? id])),
      },
      venue: {
        title: fr ? 'Lieu' : 'Venue',
        text: '',
        options: { hall: 'Town hall', park: 'Park', online: 'Online' },
      },
      order: {
        title: fr ? 'Ordre' : 'Order of business',
        text: '',
        options: { money: 'Money', rules: 'Rules', songs: 'Songs' },
      },
      card: {
        title: fr ? 'Vote par carte' : 'Card vote',
        text: '',
        options: { yes: fr ? 'Oui' : 'Yes', no: fr ? 'Non' : 'No' },
      },
    },
  };
}

const LANGS = ['en', 'fr'] as const;
const BLOBS = LANGS.map((lang) => encodeCanonical(texts(lang)));

function planned(body: ManifestBody): ManifestBody {
  const [motion] = body.rules;
  if (motion?.kind !== 'motion') throw new Error('another plan');
  const members = ['members'];
  const delegates = ['delegates'];
  return {
    ...body,
    texts: LANGS.map((lang, i) => ({ lang, blob: nameBlob(BLOBS[i] ?? new Uint8Array()) })),
    colleges: [
      { id: 'members', mode: 'secret', weights: [1], entitlement: null },
      { id: 'delegates', mode: 'secret', weights: [250], entitlement: null },
    ],
    contests: [
      {
        id: 'motion',
        colleges: members,
        options: ['for', 'against', 'abstain'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
      {
        id: 'committee',
        colleges: members,
        options: CANDIDATES,
        shape: { kind: 'choose', min: 1, max: 3, blank: true },
      },
      {
        id: 'venue',
        colleges: delegates,
        options: ['hall', 'park', 'online'],
        shape: { kind: 'score', max: 5 },
      },
      {
        id: 'order',
        colleges: delegates,
        options: ['money', 'rules', 'songs'],
        shape: { kind: 'ranking', points: [3, 2, 1], blank: true },
      },
      { id: 'card', colleges: delegates, options: ['yes', 'no'], shape: { kind: 'split' } },
    ],
    rules: [
      motion,
      {
        id: 'committee',
        kind: 'seats',
        contest: 'committee',
        colleges: [{ college: 'members', share: null }],
        seats: 3,
        needs: null,
        reserved: [],
        ties: 'unfilled',
      },
      { id: 'venue', kind: 'order', contest: 'venue', colleges: delegates },
      { id: 'order', kind: 'order', contest: 'order', colleges: delegates },
      { id: 'card', kind: 'consultative', contest: 'card', colleges: delegates },
    ],
    caps: { replacements: 2 },
    times: { ...body.times, disputes: 14 * 86_400 },
  };
}

export interface Member {
  readonly token: string;
  readonly P: string;
  readonly college: string;
}

export class MemberElection extends ApiElection {
  readonly url: string;
  readonly members: Member[] = [];
  readonly delegates: Member[] = [];

  constructor(url: string, officerKey: string) {
    super(sender(url), officerKey);
    this.url = url;
  }

  /** Manifest and key; `enrol` and `open` come after. */
  static async prepare(url: string, officerKey: string): Promise<MemberElection> {
    const election = new MemberElection(url, officerKey);
    const { json } = await election.send('GET', '/service');
    const trustees = { threshold: 1, keys: [String(json['automaticTrustee'])] };
    const body = await election.plan({ mode: 'secret', voters: 0, trustees, change: planned });
    const sent = encodeCanonical({
      entry: election.manifestEntry(body),
      blobs: BLOBS.map((blob) => toBase64Url(blob)),
    });
    election.election = expectCreated(await election.send('POST', '/elections', sent, election.bearer)).leaf;
    election.manifest = body;
    return election;
  }

  /** The roll: members of branch Ash in region North, and delegates with cards of 250. */
  async register(members: number, delegates: number): Promise<void> {
    const voters = [...Array<string>(members).fill('members'), ...Array<string>(delegates).fill('delegates')];
    const registered = voters.map((college) => {
      const token = drawToken();
      const { P } = deriveCredential(token, this.election, college);
      const member = { token: encodeToken(token), P, college };
      (college === 'members' ? this.members : this.delegates).push(member);
      return {
        P: fromBase64Url(P),
        college,
        weight: college === 'members' ? 1 : 250,
        bodies: college === 'members' ? ['ash', 'north'] : [],
        name: 'nobody',
        chosen: null,
        mandates: null,
        substitutes: [],
      };
    });
    const bodies = [
      { id: 'ash', kind: 'branch' as const, region: 'north', size: null },
      { id: 'north', kind: 'region' as const, region: null, size: null },
    ];
    if (this.manifest === undefined) throw new Error('not prepared');
    const { blob, body } = publishRoll(
      buildRoll(this.election, this.manifest, { frozen: 0, bodies }, registered),
      this.manifest,
    );
    const entry = await this.sign('roll', 'registrar', { ...body, colleges: [...body.colleges] });
    expectCreated(await this.submit(entry, [blob]));
  }

  /** Once the service's own trustee has made the key. @param opens Unix seconds. */
  async openVoting(opens = Math.floor(Date.now() / 1000)): Promise<void> {
    for (;;) {
      const confirm = (await this.entries()).find(({ type }) => type === 'confirm');
      if (confirm?.type === 'confirm') {
        const { key, shares, transcript } = confirm.body;
        expectCreated(await this.open(key, shares, transcript, opens));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  page(name: MemberPage, fragment = ''): string {
    return `${this.url}${this.path(`/${name}`)}${fragment === '' ? '' : `#${fragment}`}`;
  }

  /** Closes, counts, waits for the trustee to decrypt, and declares. */
  async declare(): Promise<void> {
    expectCreated(await this.close());
    await this.tally();
    for (;;) {
      const { json } = await this.send('GET', this.path(''));
      if (Array.isArray(json['decrypted']) && json['decrypted'].length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const state = await readElection(this.record, this.election, null);
    const { body, bytes } = await computeResult(wasmKernel, this.record, state);
    expectCreated(await this.submit(await this.sign('result', 'officer', body), [bytes]));
  }
}
