/** Attacks on ballots and checks in the log, which is signed again. */
import { proveCheckEntry } from '../../src/ballot/ballot-check.ts';
import { G, times } from '../crypto/proofs/second-prover.ts';
import { prepare } from '../elections/built-election.ts';
import {
  ADDED,
  type Attack,
  ballotPlace,
  checkedFirst,
  find,
  flip,
  isAbsent,
  move,
  standard,
  votedTwice,
  withVote,
} from './attack.ts';
import { shifted } from './ballots.ts';
import { draftOf, forge, placeOf } from './forge.ts';

export const BALLOT_ATTACKS: readonly Attack[] = [
  {
    name: 'a vote is flipped, and the log signed again',
    fails: 'ballots',
    at: 'entry 18 body.proof',
    make: async () => forge(await standard(), ['box'], (drafts) => flip(draftOf(drafts, 'ballot').entry)),
  },
  {
    name: 'a ballot is dropped, and the log signed again',
    fails: 'size',
    at: 'entry 37 body.size',
    make: async () => forge(await standard(), [], (drafts) => drafts.splice(18, 1) && undefined),
  },
  {
    name: 'a ballot is dropped, and the box closes and counts anew',
    fails: 'agreement',
    at: 'record',
    make: async () => forge(await standard(), ['box'], (drafts) => drafts.splice(18, 1) && undefined),
  },
  {
    name: 'two ballots are swapped, and the log signed again',
    fails: 'size',
    at: 'entry 38 body.root',
    make: async () => forge(await standard(), [], (drafts) => move(drafts, 18, 19)),
  },
  {
    name: 'two ballots are swapped, and the box closes anew: what trustees signed names another closing',
    fails: 'context',
    at: 'entry 40 body.closing',
    make: async () => forge(await standard(), ['box'], (drafts) => move(drafts, 18, 19)),
  },
  {
    name: 'B1: a ballot is copied under another credential',
    fails: 'ballots',
    at: ADDED,
    make: () =>
      withVote((built) => {
        const { entry } = find(built, votedTwice).ballots[0] ?? {};
        if (entry === undefined) throw new Error('no ballot');
        return { ...entry, body: { ...entry.body, P: find(built, isAbsent).credential.P } };
      }),
  },
  {
    name: 'B6: a revote is moved before the vote it replaces',
    fails: 'chains',
    at: 'entry 19 body.prev',
    make: async () => {
      const built = await standard();
      const voter = find(built, votedTwice);
      return forge(built, ['box'], (drafts) =>
        move(drafts, ballotPlace(drafts, voter, 1), ballotPlace(drafts, voter)),
      );
    },
  },
  {
    name: 'B6: an older ballot is posted again after the newer one',
    fails: 'chains',
    at: `${ADDED} body.prev`,
    make: () =>
      withVote((built) => {
        const [first] = find(built, votedTwice).ballots;
        if (first === undefined) throw new Error('no ballot');
        return first.entry;
      }),
  },
  {
    name: 'R3: a ballot under a credential that is not on the roll',
    fails: 'weights',
    at: `${ADDED} body.P`,
    make: () =>
      withVote((built) => {
        const absent = find(built, isAbsent);
        const x = absent.credential.x;
        const stranger = { x, P: built.voters[0]?.credential.P ?? '' };
        const { entry } = prepare(built.context, { ...absent, credential: stranger }, { motion: ['for'] });
        return { ...entry, body: { ...entry.body, P: built.context.key ?? '' } };
      }),
  },
  {
    name: 'a delegate of weight 1 votes with weight 3',
    fails: 'weights',
    at: `${ADDED} body.weight`,
    make: () =>
      withVote((built) => {
        const light = find(built, ({ college, weight }) => college === 'delegates' && weight === 1);
        return prepare(built.context, { ...light, weight: 3 }, { motion: ['for'], committee: [] }).entry;
      }),
  },
  {
    name: 'a ballot that was checked is cast',
    fails: 'checked',
    at: 'entry 39 body',
    make: async () => {
      const built = await standard();
      const voter = find(built, checkedFirst);
      const opened = prepare(built.context, voter, { motion: ['abstain'] });
      const check = proveCheckEntry(built.context, voter.credential, opened.fingerprint);
      return forge(built, ['box'], (drafts) => {
        drafts.splice(
          placeOf(drafts, 'closing'),
          0,
          { entry: check, leaf: null },
          { entry: opened.entry, leaf: null },
        );
      });
    },
  },
  {
    name: 'a check of a ballot that was cast',
    fails: 'checked',
    at: `${ADDED} body.F`,
    make: () =>
      withVote((built) => {
        const voter = find(built, votedTwice);
        return proveCheckEntry(built.context, voter.credential, voter.ballots[0]?.fingerprint ?? '');
      }),
  },
  {
    name: 'a check that the holder of the credential did not make',
    fails: 'ballots',
    at: ADDED,
    make: () =>
      withVote((built) => {
        const [one, other] = [find(built, votedTwice), find(built, checkedFirst)];
        const forged = { x: one.credential.x, P: other.credential.P };
        return proveCheckEntry(built.context, forged, built.election);
      }),
  },
  {
    name: 'B4: a recorded ballot with a choice of 2',
    fails: 'ballots',
    at: `${ADDED} body.contests[0].choices`,
    make: () =>
      withVote((built) => {
        const voter = find(built, ({ college }) => college === 'board');
        const { entry } = prepare(built.context, voter, { motion: ['for'] });
        const contests = [{ id: 'motion', mode: 'recorded' as const, choices: [2, 0, 0] }];
        return { ...entry, body: { ...entry.body, contests } };
      }),
  },
  {
    name: 'a ballot whose A and B are off by amounts that cancel each other',
    fails: 'ballots',
    at: `${ADDED} body.proof`,
    make: () =>
      withVote((built) => {
        const absent = find(built, isAbsent);
        const prepared = prepare(built.context, absent, { motion: ['for'] });
        const shifts = new Map([
          [1, G],
          [2, times(G, -1n)],
        ]);
        return shifted(built.context, absent.credential, prepared, shifts);
      }),
  },
  {
    name: 'a ballot after the closing',
    fails: 'grammar',
    at: 'entry 39 type',
    make: async () => {
      const built = await standard();
      const late = prepare(built.context, find(built, isAbsent), { motion: ['for'] });
      return forge(built, [], (drafts) => {
        drafts.splice(placeOf(drafts, 'closing') + 1, 0, { entry: late.entry, leaf: null });
      });
    },
  },
];
