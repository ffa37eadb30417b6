/** The style sheet is what its sources give, and fits either direction of writing. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('is built from its sources', () => {
  expect(() =>
    execFileSync(process.execPath, ['scripts/build-style.ts', '--check'], { stdio: 'pipe' }),
  ).not.toThrow();
});

test('names no left and no right but in shorthands, and nothing from elsewhere', () => {
  const css = readFileSync('src/web/style/teller.css', 'utf8');
  expect(/[{;](?:(?:margin|padding|border)-(?:left|right)|left|right)[-:]/.exec(css)).toBeNull();
  expect(/url\((?!#)|@import|@font-face|GDS Transport/.exec(css)).toBeNull();
});
