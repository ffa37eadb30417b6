/**
 * Builds src/web/style/teller.css from teller.scss and govuk-frontend: `npm run style`. The result is a function of
 * the sources and of the versions of both; `--check` compares it with the file.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';

const FOLDER = new URL('../src/web/style/', import.meta.url);
const TARGET = new URL('teller.css', FOLDER);

/**
 * What names left and right, in words that follow the direction of writing (CSS Logical Properties). Shorthands of
 * four values have no such words and stay.
 */
const DIRECTIONS: readonly (readonly [RegExp, string])[] = [
  [/(?<=[{;])(margin|padding|border)-left(?=[-:])/g, '$1-inline-start'],
  [/(?<=[{;])(margin|padding|border)-right(?=[-:])/g, '$1-inline-end'],
  [/(?<=[{;])left:/g, 'inset-inline-start:'],
  [/(?<=[{;])right:/g, 'inset-inline-end:'],
  [/(?<=[{;])(float|text-align|clear):left/g, '$1:inline-start'],
  [/(?<=[{;])(float|text-align|clear):right/g, '$1:inline-end'],
  [/text-align:inline-/g, 'text-align:'],
];

function build(): string {
  const { css } = compile(fileURLToPath(new URL('teller.scss', FOLDER)), {
    loadPaths: [fileURLToPath(new URL('../node_modules', import.meta.url))],
    style: 'compressed',
    charset: false,
  });
  const turned = DIRECTIONS.reduce((text, [from, to]) => text.replaceAll(from, to), css);
  return `/* Built by scripts/build-style.ts; with govuk-frontend, MIT, © Crown copyright (Government Digital Service). */\n${turned}\n`;
}

const css = build();
if (!process.argv.includes('--check')) await writeFile(TARGET, css);
else if (css !== (await readFile(TARGET, 'utf8'))) {
  process.stderr.write('teller.css is not what its sources give: npm run style\n');
  process.exitCode = 1;
}
