/** The roll, the voting codes and the letters at the desk, in English. */
import type { FileProblemCode } from '../../../api/registrar/roll-csv.ts';
import type { RollProblem } from '../../../roll/roll-problem.ts';
import { format } from './frame.ts';

const count = format.counted.bind(format);

/** What is wrong with a line of a file. `also`: the line that said it first. */
export type FileProblemTexts = Readonly<
  Record<
    FileProblemCode,
    (at: { readonly column: string | null; readonly also?: number | undefined }) => string
  >
>;

/** Of those that an officer can meet, the rest being faults of the registrar. */
export type RollProblemTexts = Readonly<Partial<Record<RollProblem['code'] | 'no-voters', string>>>;

export const deskRoll = {
  roll: {
    title: 'The roll of members',
    lead: 'This list says who may vote. Your membership system writes the file; the officers’ guide says how it has to look. Names and addresses stay with the registrar of this service.',
    none: 'There is no roll yet.',
    now: (n: number) => `Roll ${n} is in force.`,
    people: (n: number) => count(n, 'person', 'people'),
    members: (n: number) => count(n, 'member', 'members'),
    delegates: (n: number) => count(n, 'delegate', 'delegates'),
    asOf: (time: string) => `As of ${time}.`,
    bodies: 'Branches, regions and other bodies',
    body: 'Body',
    kind: 'Kind',
    kinds: { region: 'region', branch: 'branch', strand: 'strand', affiliate: 'affiliate' } as Readonly<
      Record<string, string>
    >,
    memberHead: 'Members',
    delegateHead: 'Delegates',
    importTitle: 'Bring in a file',
    changeTitle: 'Bring in a later file',
    file: 'Membership file (CSV)',
    frozen: 'The day whose members these are',
    frozenHint: 'Leave it empty for today.',
    look: 'Look at the file',
    looking: 'Reading the file …',
    noFile: 'Choose a file',
    problems: (n: number) =>
      `${count(n, 'problem', 'problems')}. Nothing was stored. Mend the file, then bring it again.`,
    first: (n: number) => `The first ${format.number(n)} are shown.`,
    line: 'Line',
    column: 'Column',
    why: 'What is wrong',
    whole: 'whole line',
    /** Null where the service’s own words are in this language. */
    fileProblems: null as FileProblemTexts | null,
    rollProblems: null as RollProblemTexts | null,
    fine: 'The file has no problems.',
    storeTitle: 'Make this the roll?',
    storeText: 'It becomes the roll from which voting codes are issued. A later file can change it.',
    storeYes: 'Yes, make it the roll',
    proposeTitle: 'Propose this file as a change?',
    proposeText: 'Nothing changes yet. You see what it would change, and it waits to be approved.',
    proposeYes: 'Yes, propose it',
  },

  proposal: {
    title: 'A file waits to be approved',
    changes: {
      added: 'Added',
      lapsed: 'Lapsed',
      moved: 'Moved to another region or branch',
      contact: 'With another name or address',
      strands: 'In other strands',
      role: 'With another role',
    } as Readonly<Record<string, string>>,
    nothing: 'Nobody is added, lapsed or changed.',
    more: (n: number) => `and ${format.number(n)} more`,
    before: 'Before',
    after: 'After',
    moves: 'Added / moved in / lapsed / moved out',
    second: 'Voting codes exist, so another officer than the one who brought the file has to approve it.',
    approve: 'Approve it',
    approveTitle: 'Make the changed file the roll?',
    approveText: 'Elections that codes were issued for stay as they are. The log names who approved.',
    approveYes: 'Yes, approve it',
    withdraw: 'Forget it',
    withdrawTitle: 'Forget this file?',
    withdrawText: 'The roll stays as it is.',
    withdrawYes: 'Yes, forget it',
  },

  issue: {
    title: 'Roll and voting codes',
    steps: {
      issue: 'Issue the voting codes',
      handOver: 'Publish the roll',
      letters: 'Letters',
      remove: 'Delete the codes',
    },
    noRoll: 'Bring in the roll of members first.',
    toRoll: 'The roll of members',
    from: (n: number) => `From roll ${n}.`,
    text: 'Each person gets one code in each group in which they vote.',
    source: (college: string) => `Who votes as “${college}”`,
    body: (college: string) => `Which body “${college}” is made of`,
    all: 'All bodies',
    sources: {
      members: 'All members',
      outside: 'Members outside branches',
      delegates: 'All delegates',
      'region-delegates': 'Delegates of regions',
      'branch-delegates': 'Delegates of branches',
      'strand-delegates': 'Delegates of strands',
      'affiliate-delegates': 'Delegates of affiliates',
    } as Readonly<Record<string, string>>,
    entitled: (college: string) => `Delegates that each body may send to “${college}”`,
    entitledHead: 'May send',
    rollHead: 'On the roll',
    button: 'Issue the codes',
    askTitle: 'Issue the voting codes?',
    askText: 'They can be issued once for this election. Who is on the roll for it is then fixed.',
    yes: 'Yes, issue them',
    issued: (list: string) => `Codes are issued: ${list}.`,
    size: (college: string, n: string) => `${college}: ${n}`,
    problems: 'The roll does not fit the rules of this election:',
  },

  handOver: {
    text: 'The roll is published without names (but for recorded votes), so that everybody can check its numbers.',
    button: 'Publish the roll',
    askTitle: 'Publish the roll of this election?',
    askText: 'It is on the record for ever. Afterwards nobody can be added.',
    yes: 'Yes, publish it',
    done: 'The roll is published.',
  },

  letters: {
    text: 'A letter brings each person their code. Whoever reads a code can vote with it: deliver the letters, keep no copy, and let nobody look over your shoulder.',
    button: 'Fetch the letters',
    again: 'Fetch the letters again',
    askTitle: 'Fetch all voting codes into this page?',
    askText: 'They can be fetched once. They are in this page only until you leave it.',
    askAgain: 'They were fetched before. The registrar’s log will show that they were fetched again.',
    yes: 'Yes, fetch them',
    here: (n: number) => `${count(n, 'letter is', 'letters are')} in this page.`,
    save: 'Save the file for a mail merge (CSV)',
    show: (from: number, to: number) => `Show letters ${from} to ${to} for printing`,
    print: 'Print these letters',
    hide: 'Close these letters',
    waitForRoll: 'Issue the codes first.',
  },

  letter: {
    title: (title: string) => `Your vote: ${title}`,
    greeting: (name: string) => `Dear ${name},`,
    times: (opens: string, closes: string) => `Voting is open from ${opens} until ${closes}.`,
    timesOpen: (opens: string) => `Voting is open from ${opens}.`,
    code: 'Your voting code',
    number: 'Your voter number',
    as: 'You vote as',
    how: 'How to vote',
    scan: 'Scan this picture with your telephone: it opens the page where you vote.',
    or: 'Or open this address on any device:',
    choose: (title: string) => `Choose “${title}”, press “Vote”, and type your voting code.`,
    qr: (name: string) => `The link for ${name}`,
    again: 'You can vote again until voting ends: your last vote counts.',
    keep: 'Keep this letter',
    secret:
      'Show it to nobody: whoever has the code can vote in your place. We never ask for it by mail or telephone.',
    after:
      'With it you can see on the page “My vote”, at the same address, whether your vote is there and is counted. If you did not vote, you see there that nobody voted in your place.',
    report: 'Is something not right? Press “Report a problem” on that page.',
    ask: 'Or ask the returning officer, whose address is above.',
    officer: 'Returning officer',
    name: 'The name of this vote, to compare with the page about it:',
  },

  remove: {
    text: 'Once all letters are delivered, the registrar should forget the codes. Then only the members can vote with them. After that no substitute can take a delegate’s place.',
    button: 'Delete the codes',
    askTitle: 'Delete the voting codes here?',
    askText: 'Nobody can print these letters any more. Members keep their codes.',
    yes: 'Yes, delete them',
    done: 'The codes are deleted here. Only the members have them.',
  },
};

export type DeskRollTexts = typeof deskRoll;
