/** Attacks on what is in the record after the closing, each with the check that finds it, and where. */
import { encodeCanonical, type Json } from '../../src/codec/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../src/crypto/bytes.ts';
import { proveShares } from '../../src/crypto/decryption-shares.ts';
import { addScalars, ONE } from '../../src/crypto/scalar.ts';
import {
  type EntryOf,
  type Role,
  type SharesDocument,
  sharesDocument,
  type TallyDocument,
  tallyDocument,
} from '../../src/record/entries.ts';
import { parseDocument } from '../../src/record/envelope.ts';
import { type ResultDocument, resultDocument } from '../../src/record/outcome-document.ts';
import { type RecordSource, readBlob } from '../../src/record/record-source.ts';
import { encryptedCells, sharesDocumentOf } from '../../src/tally/decryption.ts';
import { split } from '../../src/tally/sums.ts';
import type { BuiltElection } from '../elections/built-election.ts';
import { electionOf, STANDARD } from '../elections/plans.ts';
import { publishedFiles, sourceOf } from '../elections/publish.ts';
import type { Attack } from './attack.ts';
import { type Draft, draftOf, forge, placeOf } from './forge.ts';

const standard = () => electionOf(STANDARD);
const EVERY_ROLE: readonly Role[] = ['officer', 'registrar', 'box', 'trustee'];

async function tallyOf({ record, box }: BuiltElection): Promise<TallyDocument> {
  const blob = box.state.tallies[0]?.body.blob;
  if (blob === undefined) throw new Error('no tally');
  return parseDocument(tallyDocument, await readBlob(record, blob));
}

async function sharesOf({ record, box }: BuiltElection, n = 0): Promise<SharesDocument> {
  const blob = box.state.shares[n]?.body.blob;
  if (blob === undefined) throw new Error('no shares');
  return parseDocument(sharesDocument, await readBlob(record, blob));
}

/** The tally with one change, agreed to and declared by everybody: box, trustees and officer conspire. */
async function withTally(edit: (tally: TallyDocument) => void): Promise<RecordSource> {
  const built = await standard();
  const tally = structuredClone(await tallyOf(built));
  edit(tally);
  return await forge(built, EVERY_ROLE, (drafts, record) => {
    const draft = draftOf(drafts, 'tally');
    draft.entry.body.blob = record.addBlob(encodeCanonical(tally));
    draft.keepsBlob = true;
  });
}

/** The n-th shares with one change, signed by their trustee. */
async function withShares(edit: (shares: SharesDocument) => void, n = 0): Promise<RecordSource> {
  const built = await standard();
  const shares = structuredClone(await sharesOf(built, n));
  edit(shares);
  return await forge(built, ['trustee'], (drafts, record) => {
    draftOf(drafts, 'shares', n).entry.body.blob = record.addBlob(encodeCanonical(shares));
  });
}

/** The result with one change, signed by the officer. */
async function withResult(
  edit: (document: ResultDocument, body: EntryOf<'result'>['body']) => void,
): Promise<RecordSource> {
  const built = await standard();
  const blob = built.box.state.result?.body.blob;
  if (blob === undefined) throw new Error('no result');
  const document = parseDocument(resultDocument, await readBlob(built.record, blob));
  return await forge(built, ['officer'], (drafts, record) => {
    const { body } = draftOf(drafts, 'result').entry;
    edit(document, body);
    body.blob = record.addBlob(encodeCanonical(document));
  });
}

/** A published blob edited in place. */
async function withBlob(
  name: (built: BuiltElection) => string | undefined,
  edit: (document: Record<string, Json>) => void,
): Promise<RecordSource> {
  const built = await standard();
  const files = await publishedFiles(built.record);
  const path = `blob/${name(built) ?? ''}`;
  const document = JSON.parse(new TextDecoder().decode(files.get(path))) as Record<string, Json>;
  edit(document);
  files.set(path, encodeCanonical(document));
  return sourceOf(files);
}

/** The parts of a field in another order: every one of them decodes, and none is at its place. */
function rotated(text: string): string {
  const parts = split(fromBase64Url(text), 32);
  return toBase64Url(Uint8Array.from([...parts.slice(1), ...parts.slice(0, 1)].flatMap((part) => [...part])));
}

const cellOf = <C extends { readonly id: string }>(cells: readonly C[], id: string): C => {
  const cell = cells.find((one) => one.id === id);
  if (cell === undefined) throw new Error(`no cell ${id}`);
  return cell;
};

/** The drafts without the n-th entry of a type. */
const without = (type: Draft['entry']['type'], n: number) => (drafts: Draft[]) => {
  drafts.splice(placeOf(drafts, type, n), 1);
};

const MEMBERS = 'motion/members/1';

const tallies: readonly Attack[] = [
  {
    name: 'an aggregate is altered in the published file',
    fails: 'count-tree',
    at: 'blob/',
    make: () =>
      withBlob(
        ({ box }) => box.state.tallies[0]?.body.blob.sha256,
        (tally) => (tally['v'] = 2),
      ),
  },
  {
    name: 'an aggregate is altered, with everybody’s signature',
    fails: 'count-tree',
    at: `tally ${MEMBERS} sums`,
    make: () =>
      withTally(({ cells }) => {
        const cell = cellOf(cells, MEMBERS);
        if (cell.mode === 'secret') cell.sums = rotated(cell.sums);
      }),
  },
  {
    name: 'a recorded count is altered in the tally, with everybody’s signature',
    fails: 'count-tree',
    at: 'tally motion/board/1 sums',
    make: () =>
      withTally(({ cells }) => {
        const cell = cellOf(cells, 'motion/board/1');
        if (cell.mode === 'recorded') cell.counts = [2, 0, 0];
      }),
  },
  {
    name: 'the root of a count tree is altered, with everybody’s signature',
    fails: 'count-tree',
    at: `tally ${MEMBERS} root`,
    make: () =>
      withTally(
        ({ cells }) => (cellOf(cells, MEMBERS).root = cellOf(cells, 'motion/board/1').root) && undefined,
      ),
  },
  {
    name: 'T8: a ballot more is said to be in a cell',
    fails: 'cells',
    at: `tally ${MEMBERS} ballots`,
    make: () => withTally(({ cells }) => (cellOf(cells, MEMBERS).ballots += 1) && undefined),
  },
  {
    name: 'T8: a cell is left out of the tally',
    fails: 'cells',
    at: 'tally cells',
    make: () => withTally(({ cells }) => cells.pop() && undefined),
  },
  {
    name: 'the tally is of another opening',
    fails: 'context',
    at: 'tally ctx',
    make: () => withTally((tally) => (tally.ctx = tally.closing) && undefined),
  },
  {
    name: 'a tally that does not keep to its form',
    fails: 'encoding',
    at: 'blob/',
    make: () =>
      withTally((tally) => {
        Object.assign(tally, { note: 'hello' });
      }),
  },
];

const shares: readonly Attack[] = [
  {
    name: 'T7: shares of a tally that only one trustee has agreed to',
    fails: 'agreement',
    at: 'entry 41 body.tally',
    make: async () => forge(await standard(), ['trustee', 'officer'], without('agreement', 1)),
  },
  {
    name: 'T7: a trustee agrees twice',
    fails: 'agreement',
    at: 'entry 41 body.i',
    make: async () =>
      forge(await standard(), ['trustee', 'officer'], (drafts) => {
        const place = placeOf(drafts, 'agreement');
        const again = structuredClone(draftOf(drafts, 'agreement'));
        drafts.splice(place + 1, 0, { ...again, leaf: null });
      }),
  },
  {
    name: 'a share is altered in the published file',
    fails: 'shares',
    at: 'blob/',
    make: () =>
      withBlob(
        ({ box }) => box.state.shares[0]?.body.blob.sha256,
        (document) => (document['i'] = 2),
      ),
  },
  {
    name: 'a share is altered, and its trustee signs it',
    fails: 'shares',
    at: 'entry 42 trustee 1 W',
    make: () =>
      withShares((document) => {
        document.lot.D = document.W;
      }),
  },
  {
    name: 'the shares of two options are exchanged',
    fails: 'shares',
    at: 'entry 43 trustee 3 W',
    make: () =>
      withShares(({ cells }) => {
        const [cell] = cells;
        if (cell !== undefined) cell.D = rotated(cell.D);
      }, 1),
  },
  {
    name: 'T5: shares under another secret than that of the ceremony',
    fails: 'shares',
    at: 'entry 42 trustee 1',
    make: async () => {
      const built = await standard();
      const tally = await tallyOf(built);
      const leaf = built.box.state.tallies[0]?.leaf ?? '';
      const [secret = ONE] = built.secrets;
      const statement = {
        ctx: built.context.ctxBytes,
        tally: fromBase64Url(leaf),
        i: 1,
        shareKey: fromBase64Url(built.box.state.ceremony.confirmable?.shares[0] ?? ''),
        cells: encryptedCells(tally),
      };
      const forged = sharesDocumentOf(leaf, 1, proveShares(statement, addScalars(secret, ONE)));
      return withShares((document) => {
        Object.assign(document, forged);
      });
    },
  },
  {
    name: 'the shares of a cell are left out',
    fails: 'shares',
    at: 'entry 42 trustee 1 cells',
    make: () => withShares(({ cells }) => cells.pop() && undefined),
  },
  {
    name: 'shares that another trustee gave',
    fails: 'shares',
    at: 'entry 42 trustee 1',
    make: async () => {
      const other = await sharesOf(await standard(), 1);
      return withShares((document) => {
        Object.assign(document, other);
      });
    },
  },
  {
    name: 'the result is declared after one share',
    fails: 'shares',
    at: 'entry 43 body.tally',
    make: async () => forge(await standard(), ['officer'], without('shares', 1)),
  },
];

const results: readonly Attack[] = [
  {
    name: 'a count is altered: a vote more, and one less for another option',
    fails: 'totals',
    at: `entry 44 ${MEMBERS}`,
    make: () =>
      withResult(({ counts }) => {
        const count = counts.find(({ cell }) => cell === MEMBERS)?.counts;
        if (count !== undefined) [count[0], count[1]] = [(count[0] ?? 0) - 1, (count[1] ?? 0) + 1];
      }),
  },
  {
    name: 'a count is altered beyond the ballots',
    fails: 'totals',
    at: 'entry 44 committee/delegates/1',
    make: () =>
      withResult(({ counts }) => {
        const count = counts.find(({ cell }) => cell === 'committee/delegates/1')?.counts;
        if (count !== undefined) count[0] = 1000;
      }),
  },
  {
    name: 'a recorded count is altered',
    fails: 'totals',
    at: 'entry 44 motion/board/1',
    make: () =>
      withResult(({ counts }) => {
        const count = counts.find(({ cell }) => cell === 'motion/board/1');
        if (count !== undefined) count.counts = [2, 0, 0];
      }),
  },
  {
    name: 'the number of ballots is altered',
    fails: 'totals',
    at: 'entry 44 committee/delegates/1',
    make: () =>
      withResult(({ counts }) => {
        const count = counts.find(({ cell }) => cell === 'committee/delegates/1');
        if (count !== undefined) count.ballots += 1;
      }),
  },
  {
    name: 'a cell is left out of the counts',
    fails: 'totals',
    at: 'entry 44 counts',
    make: () => withResult(({ counts }) => counts.pop() && undefined),
  },
  {
    name: 'the seed of the lot is chosen',
    fails: 'lot',
    at: 'entry 44 body.seed',
    make: () => withResult((_, body) => (body.seed = body.tally) && undefined),
  },
  {
    name: 'the seed of the lot is left out',
    fails: 'lot',
    at: 'entry 44 body.seed',
    make: () =>
      withResult((_, body) => {
        body.seed = null;
      }),
  },
  {
    name: 'C1: a motion that is carried is declared lost',
    fails: 'outcome',
    at: 'entry 44 outcome[0]',
    make: () =>
      withResult(({ outcome }) => {
        const [first] = outcome;
        if (first?.kind === 'motion') first.carried = !first.carried;
      }),
  },
  {
    name: 'the loser of the lot is declared elected',
    fails: 'outcome',
    at: 'entry 44 outcome[1]',
    make: () =>
      withResult(({ outcome }) => {
        const second = outcome[1];
        if (second?.kind === 'seats') {
          second.tied = second.tied.toReversed();
          second.elected = ['ada', ...second.tied.slice(0, 1)];
        }
      }),
  },
  {
    name: 'a decision is left out',
    fails: 'outcome',
    at: 'entry 44 outcome',
    make: () => withResult(({ outcome }) => outcome.pop() && undefined),
  },
  {
    name: 'two results',
    fails: 'grammar',
    at: 'entry 45 type',
    make: async () =>
      forge(await standard(), ['officer'], (drafts) => {
        drafts.push({ ...structuredClone(draftOf(drafts, 'result')), leaf: null });
      }),
  },
];

export const COUNT_ATTACKS: readonly Attack[] = [...tallies, ...shares, ...results];
