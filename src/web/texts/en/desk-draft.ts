/** Making an election at the desk, in English. */
import { format } from './frame.ts';

export const deskDraft = {
  lead: 'Everything that decides an election is fixed here, before it is published. Afterwards nobody can change it, and everybody can read it.',
  kept: 'What you fill in is kept in this browser until you publish it.',
  steps: {
    form: 'Start from a form',
    what: 'What it is about',
    questions: 'The questions',
    who: 'Who votes',
    counts: 'How votes are counted',
    when: 'When',
    trustees: 'The trustees',
    officers: 'The officers',
    observers: 'The observers',
    witnesses: 'The witnesses',
    preview: 'The rules in words',
    publish: 'Publish',
  },

  form: {
    label: 'Form',
    choose: 'Choose a form …',
    start: 'Start',
    again: 'Start again from a form',
    againTitle: 'Start again?',
    againText: 'What you have filled in is thrown away. Save it to a file first if you may need it.',
    againYes: 'Yes, throw it away',
    load: 'Or go on with a draft that you saved to a file',
    loaded: 'The draft is loaded.',
    badFile: 'This file is not a draft that was saved here.',
    save: 'Save the draft to a file',
    names: {
      motion: 'One motion, put to all members',
      both: 'One motion, put to members and delegates: it needs both',
      prevail: 'One motion, put to members and delegates: members prevail',
      consent: 'Consent to a new constitution, counted against the roll',
      seat: 'One office, several candidates',
      committee: 'A committee, with reserved places',
      priorities: 'Putting motions in order',
      survey: 'A survey, which binds nobody',
      recorded: 'A recorded vote: it is published who voted how',
      petition: 'A petition: how many support a motion',
    } as Readonly<Record<string, string>>,
  },

  /** By the ids that forms have. */
  titles: {
    for: 'For',
    against: 'Against',
    abstain: 'Abstain',
    neither: 'Neither',
    members: 'All members',
    delegates: 'Delegates',
    committee: 'The committee',
    affiliates: 'Affiliates',
  } as Readonly<Record<string, string>>,

  languages: { en: 'English', fr: 'French' } as Readonly<Record<string, string>>,
  inLanguage: (label: string, language: string) => `${label} (${language})`,
  addLanguage: (language: string) => `Add the texts in ${language}`,
  removeLanguage: (language: string) => `Take out the texts in ${language}`,

  number: (min: number, max: number, stays: number) =>
    `Write a whole number from ${format.number(min)} to ${format.number(max)}. It stays at ${format.number(stays)}.`,

  what: {
    title: 'Title of the election',
    intro: 'Introduction, for everybody to read',
    rehearsal: 'This is a rehearsal: it needs no notice and binds nobody',
  },

  question: {
    heading: (n: number) => `Question ${n}`,
    title: 'The question, or the title of the motion',
    text: 'The full text',
    option: (n: number) => `Option ${n}`,
    optionHint: 'A possible answer, a candidate or a motion',
    addOption: 'Add an option',
    removeOption: (n: number) => `Take out option ${n}`,
    min: 'How many have to be chosen at least',
    max: 'How many may be chosen at most',
    most: 'The highest number that an option may get',
    seats: 'How many are elected',
    threshold: (college: string) => `What is needed in “${college}”`,
    thresholds: {
      half: 'More than half of the votes for and against',
      twoThirds: 'At least two thirds of the votes for and against',
      halfOfBallots: 'More than half of all ballots, abstentions too',
      halfOfRoll: 'More than half of everybody entitled to vote',
      twoThirdsOfRoll: 'At least two thirds of everybody entitled to vote',
      other: 'As the form has it',
    } as Readonly<Record<string, string>>,
    quorum: (college: string) => `How many in 100 of “${college}” have to take part, or it fails`,
    tie: 'As many for as against',
    ties: {
      falls: 'The motion falls',
      chair: 'The chair decides',
      lot: 'The lot decides',
      're-ballot': 'There is another ballot',
    } as Readonly<Record<string, string>>,
    add: 'Add a question like the last one',
    remove: (n: number) => `Take out question ${n}`,
  },

  who: {
    text: 'Each group votes for itself. Who is in it comes from the roll of members later.',
    title: (n: number) => `Name of group ${n}`,
    secret: 'Its votes are secret.',
    recorded: 'Its votes are recorded: it is published who voted how.',
    replacements: 'How many lost voting codes may be replaced',
    replacementsHint:
      'Some members lose their letter. About one in 100 of those entitled to vote is usual; with 0, whoever loses the code cannot vote. Each replacement shows in the public record, without a name.',
  },

  places: {
    given: (n: number) => `Group ${n} is made of delegates, so many for each branch, region or affiliate`,
    heading: (n: number) => `The places in group ${n}`,
    from: 'Whose members are counted for it',
    bodies: {
      branches: 'Places of a branch',
      regions: 'Places of a region as a whole',
      affiliates: 'Places of an affiliate',
      strands: 'Places of a strand, such as youth or women',
    },
    kinds: {
      none: 'None',
      each: 'The same number for each',
      rate: 'By how many members it has',
      named: 'By name, as in the file',
      classes: 'By classes of size, as in the file',
    } as Readonly<Record<string, string>>,
    seats: 'How many places',
    per: 'For how many members each time',
    parts: 'And for the members that are left over',
    partsOf: {
      begun: 'As many places again',
      full: 'No places',
      nearest: 'As many again if they are half of it or more',
    },
    min: 'At least how many places, if it has a member at all',
    max: 'At most how many places',
    maxHint: '0: as many as the members give.',
    outside: 'Members outside branches have places for their region, at the same rate',
  },

  counts: {
    requiredMin: 'How many voters have to be counted together at least, where votes are secret',
    requiredMinHint:
      'With too few voters, the count tells how they voted. A group with fewer on the roll cannot begin to vote. 5 is usual.',
    by: 'Are parts counted apart too?',
    byHint:
      'Then everybody can see the votes of each part. In a part of one mind, that tells how all its members voted.',
    kinds: {
      none: 'No, only each group as a whole',
      region: 'Yes, each region',
      branch: 'Yes, each branch',
    } as Readonly<Record<string, string>>,
    min: 'How many ballots a part needs to be shown',
    minHint: 'Smaller ones are only counted with others, so that they cannot be worked out.',
    most: {
      region: 'How many regions there are at most',
      branch: 'How many branches there are at most',
    },
  },

  when: {
    opens: 'Voting opens',
    opensHint: (zone: string) => `In your own time (${zone}).`,
    closes: 'Voting closes',
    first: 'Say first when voting opens.',
    notice: 'Days of notice between publishing and opening',
    extension: 'By how many hours the officers may put off the end, for example after an outage',
    disputes: 'Days for reporting problems, counted from when the result is declared',
  },

  trustees: {
    text: 'Trustees hold the key together. Choose people who do not all obey one person. Each makes a key on the page for trustees and gives you the public key.',
    page: 'The page where a trustee makes a key',
    none: 'All votes are recorded here, so no key is needed.',
    count: 'How many trustees there are',
    threshold: 'How many of them it takes to open the count',
    agreements: 'How many of them have to agree to the count first',
    key: (n: number) => `Public key of trustee ${n}`,
    named: 'Everybody can read who the trustees are, if you name them: then name all of them.',
    name: (n: number) => `Name of trustee ${n}`,
    contact: (n: number) => `How to reach trustee ${n}, if you like`,
  },

  officers: {
    text: 'You sign with your own key. Other officers may be named too: each of them can then do what officers may do.',
    own: 'Your own public key is put in for you.',
    name: 'Name of the returning officer',
    contact: 'How to reach the returning officer',
    contactHint:
      'For example an address, a telephone number, a mail address: each on a line of its own. Letters and pages show it to everybody.',
    key: (n: number) => `Public key of another officer, ${n}`,
    add: 'Add another officer',
    remove: (n: number) => `Take out officer ${n}`,
    second: 'What two officers have to sign',
    secondHint:
      'One officer signs it first, then it waits for another. Choose few things: they all wait if nobody else is there. Publishing takes you alone: tick “opening the voting” if another officer has to answer for the rules too.',
  },

  observers: {
    text: 'Anybody can recount the election. Observers who are named here can also put the outcome of their recount on record, signed. Each makes a key on the page of a recount and gives you the public key.',
    key: (n: number) => `Public key of observer ${n}`,
    add: 'Add an observer',
    remove: (n: number) => `Take out observer ${n}`,
  },

  witnesses: {
    text: 'A server could show different records to different people. Witnesses are services of others that sign what they see, so that this comes out. Each gives you its key in one line: its name, a plus sign, eight letters or digits, a plus sign, and the key.',
    notAsked:
      'This service does not yet ask witnesses for their signatures, so nothing waits for them. Who is named here can never be changed for this election.',
    key: (n: number) => `Key of witness ${n}, with its name`,
    add: 'Add a witness',
    remove: (n: number) => `Take out witness ${n}`,
    quorum: 'How many of them have to sign',
  },

  earlier: (word: string) => `Name of the earlier election “${word}”, from which this one goes on`,

  preview: { terms: 'Voting', untitled: 'Untitled' },

  missing: {
    title: 'Before it can be published',
    none: 'Nothing is missing. It can be published.',
    some: (n: number) => `${format.counted(n, 'thing is', 'things are')} missing:`,
    key: 'Open your signing key, above',
    electionTitle: 'Give the election a title',
    longIntro: 'Shorten the introduction: it is too long',
    college: (n: number) => `Name group ${n}`,
    question: (n: number) => `Write question ${n}`,
    longText: (n: number) => `Shorten the full text of question ${n}: it is too long`,
    option: (option: number, question: number) => `Fill in option ${option} of question ${question}`,
    inLanguage: (sentence: string, language: string) => `${sentence}, in ${language}`,
    noPlaces: (n: number) => `Say who has places in group ${n}`,
    places: (n: number) => `In group ${n}, the fewest and the most places do not fit`,
    partsMin: (n: number) => `Show only parts with at least ${format.counted(n, 'ballot', 'ballots')}`,
    partsUnused: 'All votes are published, so count no parts apart',
    opens: 'Say when voting opens',
    tooSoon: (days: number) =>
      `Let voting open later: the notice of ${format.counted(days, 'day', 'days')} has to run first`,
    closes: 'Let voting close after it opens',
    notice: 'Give at least one day of notice; only a rehearsal needs none',
    trusteeKey: (n: number) => `Put in the public key of trustee ${n}`,
    trusteeBadKey: (n: number) =>
      `The public key of trustee ${n} is not right: it has 43 letters, digits and signs`,
    officerName: 'Say who the returning officer is, or name nobody at all',
    trusteeName: (n: number) => `Name trustee ${n}, or name nobody at all`,
    trusteeTwice: (n: number) =>
      `The public key of trustee ${n} is there twice: everybody needs a key of their own`,
    threshold: 'It has to take more than half of the trustees to open the count, and no more than there are',
    agreements:
      'At least as many trustees have to agree as it takes to open the count, and no more than there are',
    officerKey: (n: number) =>
      `The public key of officer ${n} is not right: it has 43 letters, digits and signs`,
    secondOfficer: 'Name another officer, or let nothing need two',
    observerKey: (n: number) =>
      `The public key of observer ${n} is not right: it has 43 letters, digits and signs`,
    observerTwice: (n: number) =>
      `The public key of observer ${n} is there twice: everybody needs a key of their own`,
    witnessKey: (n: number) =>
      `The key of witness ${n} is not right: copy the whole line that the witness has made public`,
    witnessTwice: (n: number) => `The key of witness ${n} is there twice: everybody needs a key of their own`,
    witnessQuorum: 'No witness is asked to sign yet, so let 0 of them have to sign',
    officerTwice: 'An officer’s public key is there twice: everybody needs a key of their own',
    earlier: (word: string) => `Put in the name of the earlier election “${word}”`,
    choose: (n: number) => `In question ${n}, the numbers of options that may be chosen do not fit`,
    other: (field: string, why: string) => `The rules do not fit together: ${field}: ${why}`,
  },

  publish: {
    button: 'Publish the election',
    title: 'Publish this election?',
    text: (title: string) =>
      `“${title}” and its rules become public at once, signed with your key. Nobody can change them any more. If it has a mistake, you can only call it off and make another one.`,
    opens: (time: string) => `Voting opens: ${time}.`,
    yes: 'Yes, publish it',
    done: 'The election is published',
    doneText: 'Next: the roll of members, the voting codes, and the trustees’ key.',
    toDesk: 'To the desk of this election',
    toTokens: 'To its roll and voting codes',
  },
};

export type DeskDraftTexts = typeof deskDraft;
