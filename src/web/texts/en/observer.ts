/** What observers look at, in English: timetable, what officers entered, recounts, turnout, log, scripts, copies. */
import type { ManifestBody } from '../../../ballot/manifest.ts';
import { format } from './frame.ts';

const { counted, number, list } = {
  counted: format.counted.bind(format),
  number: format.number.bind(format),
  list: format.list.bind(format),
};

export const observer = {
  timetable: {
    title: 'Timetable',
    clock: 'Times are by this server’s clock. Only witnesses can prove them.',
    published: 'Rules published',
    publishedText: (notice: number) =>
      notice === 0 ? '' : `Voting may open ${format.duration(notice)} later at the earliest.`,
    opens: 'Voting opens',
    closes: 'Voting closes',
    byOfficer: 'When the returning officer closes it.',
    putOff: (first: string, by: number, times: number) =>
      `Put off by ${format.duration(by)}${times === 1 ? '' : `, in ${number(times)} steps`}. It was to close on ${first}.`,
    mayBePutOff: (by: number) => `Officers may put it off by ${format.duration(by)} at most.`,
    closed: 'Voting was closed',
    abandoned: 'Called off',
    declared: 'Result declared',
    notYet: 'Not yet.',
    disputes: 'Problems can be reported until',
    disputesAfter: (after: number) => `${format.duration(after)} after the result is declared.`,
    noDisputes: 'The result is declared.',
    past: 'past',
    next: 'next',
    unknown: 'Nobody noted when.',
  },

  links: {
    title: 'What it goes on from',
    relations: {
      follows: 'It follows on:',
      repeats: 'It repeats a vote that was tied:',
      'run-off': 'It is the run-off after:',
      chooses: 'Its delegates were elected in:',
    } satisfies Record<ManifestBody['links'][number]['relation'], string>,
    elsewhere: 'It is not kept here. Its name is',
  },

  acts: {
    title: 'What officers have put on record',
    none: 'Nothing so far.',
    entry: (index: number, officer: number, time: string | null) =>
      `Entry ${number(index)}, by officer ${number(officer)}${time === null ? '' : `, ${time}`}`,
    extension: (closes: string) => `Voting was put off. It closes on ${closes}.`,
    abandonment: 'The election was called off. It never opens.',
    incident: 'An incident',
    dispute: 'A reported problem',
    about: (index: number) => `It is about entry ${number(index)}.`,
    answer: 'The answer',
    unanswered: 'There is no answer yet.',
    castingVote: (rule: string, college: string | null, isFor: boolean) =>
      `The chair’s casting vote on “${rule}”${college === null ? '' : ` in “${college}”`}: ${isFor ? 'for' : 'against'}.`,
    lotCommitment: 'A secret number for a lot was sealed, before voting opened.',
    lotReveal: 'The sealed number for the lot was shown.',
    replacements: (n: number, cap: number) =>
      cap === 0
        ? 'The rules allow no lost voting code to be replaced.'
        : `${counted(n, 'voting code was', 'voting codes were')} replaced. The rules allow ${number(cap)}.`,
  },

  certificates: {
    title: 'Recounts by observers',
    none: 'No observer has put a recount on record yet.',
    nobody:
      'The rules name no observers who may put a recount on record. Anybody can recount it all the same.',
    named: (n: number) =>
      `The rules name ${counted(n, 'observer', 'observers')} who may put a recount on record.`,
    caption: 'Recounts on record',
    who: 'Observer',
    whoIs: (place: number) => `Observer ${number(place)}`,
    when: 'When',
    what: 'Entries recounted',
    verdict: 'What came of it',
    agrees: 'It agrees',
    differs: 'It does not agree',
    root: 'Fingerprint of these entries',
    unproved: 'A recount on record is one observer’s word. You need not believe it: anybody can do the same.',
  },

  turnout: {
    byHour: 'Turnout by the hour',
    byDay: 'Turnout by the day',
    untilThen: 'Until',
    all: 'All together',
    picture: (voted: number, roll: number, share: string) =>
      `How turnout grew: ${number(voted)} of ${number(roll)} voted in the end, ${share} %. The table has the numbers.`,
    show: 'The numbers as a table',
    whole: '100 % of the roll',
    note: 'This tells how many took part, and nothing of how anybody voted.',
    unknown: 'Nobody noted how turnout grew.',
  },

  log: {
    title: 'The log',
    text: 'Every entry is in one log that can only grow. A checkpoint fixes all entries so far by one fingerprint. Compare it with what others see: it has to be the same for everybody.',
    caption: 'Checkpoints',
    point: 'After',
    points: {
      rules: 'the rules',
      opening: 'the opening',
      closing: 'the closing',
      result: 'the result',
      latest: 'the latest entry',
    },
    entries: 'Entries',
    when: 'When',
    root: 'Fingerprint',
    since: (time: string) => `after ${time}`,
    witnessed: (names: readonly string[]) => `Witnesses who have signed the latest one: ${list(names)}.`,
    byWitness: (name: string, time: string) => `${name} (${time})`,
    nobody: 'Nobody has witnessed this log.',
    noWitnesses:
      'The rules name no witnesses. A server could show different logs to different people. They would find out only by comparing.',
    quorum: (n: number) => `The rules ask for ${counted(n, 'witness', 'witnesses')}.`,
    broken: 'The signature of a witness on the latest checkpoint does not hold.',
  },

  scripts: {
    title: 'The programs of the pages',
    text: 'A changed program could steal votes, or call a false count right. The rules name the programs that may run, each by a fingerprint. Compare it with what this server hands out, and make it again from the source:',
    none: 'The rules name no program. So nobody can tell a changed one by the record.',
    caption: 'Programs by their fingerprints',
    page: 'Page',
    pages: {
      vote: 'Voting',
      check: 'Testing a ballot',
      'my-vote': 'My vote',
      dispute: 'Reporting a problem',
      recount: 'Recount',
      'recount-worker': 'Recount: the counting',
      'key-worker': 'Recount: signing keys',
      trustee: 'Scrutineers',
      'trustee-worker': 'Scrutineers: the key',
    },
    hash: 'Fingerprint (SHA-256)',
    same: 'named by the rules, and handed out here',
    other: 'HANDED OUT HERE, BUT NOT NAMED BY THE RULES',
    notServed: 'named by the rules, not handed out here',
    named: 'named by the rules',
    changed:
      'This server hands out a program that the rules do not name. Do not use it; tell the returning officer and your scrutineers.',
    newer: 'Voting is over. A server that has been renewed since hands out newer programs.',
  },

  copy: {
    is: 'This is a copy.',
    text: (entries: number) =>
      `It was written from the public record with ${counted(entries, 'entry', 'entries')}, which lies beside it. It says what the record says. Only a recount proves it.`,
    index: 'Copy of an election',
    earlier: 'Earlier elections that it goes on from',
    command: 'In the folder of this copy, run:',
    moments: 'When entries came, by the clock of the server',
    recountHere:
      'Your browser has not started the recount. Does the address of this page begin with “file:”? Then it was opened from a disk, and browsers fetch no files from there. Put this folder on any web server with https, or run this command in the folder:',
  },
};

export type ObserverTexts = typeof observer;
