/** How many have voted, by college and by body: what the record tells entry by entry, counted as ballots come. */
import type { BallotChains } from '../record/ballot-chains.ts';
import type { ElectionState } from '../record/election-state.ts';
import type { RollIndex } from '../record/roll-index.ts';
import type { Turnout as TurnoutDocument } from './documents.ts';

type Voting = Pick<ElectionState, 'voters' | 'chains'>;
type Counts = Map<string, number>;

function add(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Neither part can hold a slash. */
const bodyKey = (college: string, body: string): string => `${college}/${body}`;

function addVoter(voters: RollIndex | null, voter: number, colleges: Counts, bodies: Counts): void {
  const college = voters?.at(voter)?.college;
  if (college === undefined) return;
  add(colleges, college);
  for (const body of voters?.bodiesOf(voter) ?? []) add(bodies, bodyKey(college, body));
}

export class Turnout {
  /** Others are of a log that was read again. */
  #chains: BallotChains | undefined;
  #ballots = 0;
  #colleges: Counts = new Map();
  #bodies: Counts = new Map();
  /** Of a roll, which never changes. */
  #roll: { readonly voters: RollIndex; readonly bodies: Counts } | undefined;

  /** The number of voters with a ballot in the record, by college; only what is new is counted. */
  of(state: Voting): ReadonlyMap<string, number> {
    this.#count(state);
    return this.#colleges;
  }

  /** Those of every body that lines of the roll name, sorted by college, then body. */
  byBody(state: Voting): TurnoutDocument['bodies'] {
    this.#count(state);
    return [...this.#onRoll(state.voters)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, roll]) => {
        const [college = '', body = ''] = key.split('/');
        return { college, body, roll, voted: this.#bodies.get(key) ?? 0 };
      });
  }

  #count({ voters, chains }: Voting): void {
    if (this.#chains !== chains) {
      this.#chains = chains;
      this.#ballots = 0;
      this.#colleges = new Map();
      this.#bodies = new Map();
    }
    for (const { voter } of chains.firstBallots(this.#ballots)) {
      addVoter(voters, voter, this.#colleges, this.#bodies);
    }
    this.#ballots = chains.size;
  }

  #onRoll(voters: RollIndex | null): Counts {
    if (voters === null) return new Map();
    if (this.#roll?.voters !== voters) {
      this.#roll = { voters, bodies: new Map() };
      for (let voter = 1; voter <= voters.size; voter += 1)
        addVoter(voters, voter, new Map(), this.#roll.bodies);
    }
    return this.#roll.bodies;
  }
}
