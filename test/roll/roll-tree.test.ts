import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { treeHead } from '../../src/board/merkle.ts';
import { fromBase64Url } from '../../src/crypto/bytes.ts';
import { hashLine, proveLine, rollTree, verifyLine } from '../../src/roll/roll-tree.ts';
import { document, entryOf } from './rolls.ts';

const tree = rollTree(document);
const root = fromBase64Url(entryOf(document).body.root);
const size = document.lines.length;
const lineAt = (voter: number) => {
  const line = document.lines[voter - 1];
  if (!line) throw new Error(`no voter ${voter}`);
  return line;
};

test('the root is the RFC 6962 tree head over the lines', () => {
  expect(treeHead(document.lines.map(hashLine))).toEqual(root);
});

test('every line is proved at its voter number, and at no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: size }), fc.integer({ min: 1, max: size }), (voter, other) => {
      const proof = proveLine(tree, voter);
      verifyLine(lineAt(voter), voter, { root, size }, proof);
      if (other !== voter)
        expect(() => verifyLine(lineAt(voter), other, { root, size }, proof)).toThrow('proof');
    }),
    { numRuns: 50 },
  );
});

test('an altered line is refused', () => {
  const altered = { ...lineAt(7), weight: 2 };
  expect(() => verifyLine(altered, 7, { root, size }, proveLine(tree, 7))).toThrow('leads to another root');
});

test.each([0, size + 1, 1.5])('there is no voter number %d', (voter) => {
  expect(() => proveLine(tree, voter)).toThrow(expect.objectContaining({ code: 'no-such-line' }) as Error);
});
