/** Attacks by one officer where the manifest asks for two (docs/protocol.md §5.1). */
import type { Act, EntryOf } from '../../src/record/entries.ts';
import { signatureOf, withSignatures } from '../../src/record/envelope.ts';
import type { MemoryRecord } from '../../src/record/memory-record.ts';
import { keyOfSigner } from '../elections/election-plan.ts';
import { electionOf, TWO_OFFICERS } from '../elections/plans.ts';
import type { Attack } from './attack.ts';
import { type Draft, draftOf, forge } from './forge.ts';

type Two = 'opening' | 'replacement' | 'act' | 'result';
type Sigs = EntryOf<Two>['sigs'];
type Sign = (officer: number, key?: string) => Sigs[number];

/** The record with other signatures under one entry; `sign` makes those of an officer, with the key of any name. */
async function signedBy(type: Two, change: (sigs: Sigs, sign: Sign) => Sigs): Promise<MemoryRecord> {
  const built = await electionOf(TWO_OFFICERS);
  return await forge(built, [], (drafts) => {
    const draft = draftOf(drafts, type) as unknown as Draft<'act'>;
    const { sigs, ...unsigned } = draft.entry;
    const sign: Sign = (i, role = 'officer') => {
      const key = keyOfSigner(built.plan.seed, { role: role as 'officer', i });
      return signatureOf(unsigned, 'officer', i, key);
    };
    draft.entry = withSignatures<'act'>(unsigned, change(sigs, sign));
  });
}

/** The act of a third officer, beside whose signature stands the second officer's of the act before. */
async function replayed(act?: Act): Promise<MemoryRecord> {
  const built = await electionOf(TWO_OFFICERS);
  return await forge(built, [], (drafts) => {
    const { sigs, ...before } = draftOf(drafts, 'act').entry;
    const unsigned = { ...before, body: { act: act ?? before.body.act } };
    const own = signatureOf(unsigned, 'officer', 3, keyOfSigner(built.plan.seed, { role: 'officer', i: 3 }));
    const old = sigs.filter(({ i }) => i === 2);
    drafts.push({ entry: withSignatures<'act'>(unsigned, [own, ...old]), leaf: null });
  });
}

/** The forger makes a whole record. */
interface Forged extends Attack {
  readonly make: () => Promise<MemoryRecord>;
}

const alone = (type: Two, at: string): Forged => ({
  name: `one officer alone enters ${type}`,
  fails: 'authority',
  at: `${at} sigs`,
  make: () => signedBy(type, (sigs) => sigs.slice(0, -1)),
});

export const SECOND_OFFICER_ATTACKS: readonly Forged[] = [
  alone('opening', 'entry 2'),
  alone('act', 'entry 9'),
  alone('replacement', 'entry 7'),
  alone('result', 'entry 13'),
  {
    name: 'one officer signs a result twice',
    fails: 'authority',
    at: 'entry 13 sigs[1].i',
    make: () => signedBy('result', ([first, second], sign) => (first && second ? [first, sign(1)] : [])),
  },
  {
    name: 'one officer signs a replacement twice',
    fails: 'authority',
    at: 'entry 7 sigs[2].i',
    make: () => signedBy('replacement', (sigs, sign) => [...sigs.slice(0, 2), sign(1)]),
  },
  {
    name: 'a stranger signs as the second officer',
    fails: 'authority',
    at: 'entry 13 sigs[1].sig',
    make: () => signedBy('result', (sigs, sign) => [...sigs.slice(0, 1), sign(2, 'stranger')]),
  },
  {
    name: 'an officer whom the manifest does not list signs as the second',
    fails: 'authority',
    at: 'entry 13 sigs[1].i',
    make: () => signedBy('result', (sigs, sign) => [...sigs.slice(0, 1), sign(4)]),
  },
  {
    name: 'a third officer enters an incident of his own with what a colleague signed for another one',
    fails: 'authority',
    at: 'entry 15 sigs[1].sig',
    make: () => replayed({ kind: 'incident', text: 'Another token did not arrive.' }),
  },
  {
    name: 'a third officer enters an act again, with what a colleague signed for the first one',
    fails: 'grammar',
    at: 'entry 15 body.act.kind',
    make: () => replayed(),
  },
  {
    name: 'a stranger enters an act again, with its two signatures the other way round',
    fails: 'grammar',
    at: 'entry 15 body.act.kind',
    make: async () =>
      await forge(await electionOf(TWO_OFFICERS), [], (drafts) => {
        const { entry } = draftOf(drafts, 'act');
        drafts.push({ entry: withSignatures<'act'>(entry, [...entry.sigs].reverse()), leaf: null });
      }),
  },
  {
    name: 'two officers sign what one signs',
    fails: 'authority',
    at: 'entry 14 sigs',
    make: async () => {
      const built = await electionOf(TWO_OFFICERS);
      return await forge(built, [], (drafts) => {
        const draft = drafts.at(-1) as unknown as Draft<'act'>;
        const { sigs, ...unsigned } = draft.entry;
        const key = keyOfSigner(built.plan.seed, { role: 'officer', i: 2 });
        draft.entry = withSignatures<'act'>(unsigned, [...sigs, signatureOf(unsigned, 'officer', 2, key)]);
      });
    },
  },
];
