/** The public pages in English. */
import type { Summary } from '../../../api/documents.ts';
import { format } from './frame.ts';

const { counted, number } = { counted: format.counted.bind(format), number: format.number.bind(format) };

const phases: Readonly<Record<Summary['phase'], string>> = {
  preparing: 'In preparation',
  abandoned: 'Called off',
  scheduled: 'Not open yet',
  open: 'Open for voting',
  closed: 'Voting is over',
  tallied: 'Counted, totals not opened yet',
  declared: 'Result declared',
};

export const pages = {
  phases,
  rehearsal: 'Rehearsal',
  consultative: 'Consultative',
  contents: 'On this page',
  voters: (n: number) => counted(n, 'voter', 'voters'),

  index: {
    title: 'Elections',
    none: 'There is no election yet.',
  },

  missing: {
    title: 'Not found',
    election: ['No such election', 'There is no election at this address. Compare it with your letter.'],
    page: [
      'No such page',
      'There is nothing at this address. Compare it with your letter, or begin with the list of elections.',
    ],
    unavailable: [
      'Not available',
      'The record of this election did not pass its check, so it is not shown. The returning officer has been told why.',
    ],
  },

  members: {
    noScript:
      'This page needs JavaScript: your own device seals your vote, and checks what the ballot box says. Switch it on, or use another browser.',
    title: 'For members',
    vote: 'Vote',
    voteText: 'You need the letter or message with your voting code.',
    check: 'Test a ballot before it is cast',
    myVote: 'My vote: is it there, and is it counted?',
    onRoll: 'Am I on the roll, and in the right branch?',
  },

  result: {
    title: 'Result',
    none: 'There is no result yet.',
    atWork: 'The trustees are at work.',
    notBefore: 'No total is opened before voting is over.',
    elected: 'Elected',
    answer: 'Answer',
    votes: 'Votes',
    share: 'Share',
    weight: (weight: string) => `, weight ${weight}`,
    unanimous: 'all who voted voted alike, so the count tells how',
    few: (ballots: number) =>
      `only ${number(ballots)} voted, so whoever knows some of these votes can guess the others`,
  },

  roll: {
    title: 'Who may vote',
    caption: 'On the roll, and voted so far',
    college: 'College',
    onRoll: 'Roll',
    voted: 'Voted',
    turnout: 'Turnout',
    notYet: 'The roll is not published yet.',
    byBody: (bodies: number) =>
      `The roll by body, and delegates’ places: ${counted(bodies, 'body', 'bodies')}`,
    votersByBody: 'Voters by body',
    body: 'Body',
    kinds: { region: 'region', branch: 'branch', strand: 'strand', affiliate: 'affiliate' },
    branchIn: (region: string) => `branch in ${region}`,
    places: (college: string) => `${college}: places by rule, and filled`,
    placesHead: 'Places',
    filled: 'Filled',
    fixed: 'fixed by the rule',
    noPlaces: 'none by the rule',
    bySize: (members: number) => `by size: ${counted(members, 'member', 'members')}`,
    atLeast: (places: number) => `at least ${places}`,
    atMost: (places: number) => `at most ${places}`,
    withMore: (members: number, places: number) =>
      `${counted(members, 'more member', 'more members')}: ${counted(places, 'place', 'places')}`,
    withFewer: (members: number, places: number) => `${number(members)} fewer: ${number(places)}`,
    reserved: (group: string, places: number) => `Reserved: ${number(places)} for ${group}`,
    ownRegistrar:
      'The registrar, who issues the voting codes, is run by this service itself. Whoever controls it could vote in the place of members who stay away. Each member can ask for the proof that nobody did.',
    otherRegistrar: 'The registrar, who issues the voting codes, is run by others than this service.',
  },

  questions: {
    title: 'The questions and the rules',
    putTo: (colleges: readonly string[]) => `Put to: ${format.list(colleges)}.`,
    how: 'How it is decided',
    terms: 'Terms',
    trustees: 'Trustees take part on a page of their own',
  },

  people: { title: 'Whom to ask', officer: 'Returning officer', trustees: 'Scrutineers, who hold the key' },

  record: {
    title: 'Check it yourself',
    published:
      'Every ballot is published, still sealed, with every proof. Anybody can recount the election, here or from a copy:',
    name: 'The name of this election is',
    compare: 'Compare it with your letter: it stands for every rule on this page.',
    checkpoint: (entries: number) => `Checkpoint of the log, ${counted(entries, 'entry', 'entries')}`,
    tiles: (n: number) => `All ${counted(n, 'tile', 'tiles')} of the log`,
    texts: (lang: string) => `Texts (${lang})`,
    roll: 'Roll',
    tally: (n: number) => `Tally ${n}`,
    result: 'Result',
    shares: (trustee: number, name: string | null) =>
      `Decryption shares of trustee ${trustee}${name === null ? '' : ` (${name})`}`,
  },
};

export type PageTexts = typeof pages;
