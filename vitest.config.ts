import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const ALL = 'test/**/*.test.ts';
/** Those that replace a module need it unloaded; all others share what is loaded, which halves the work of small files. */
const replacing = globSync(ALL).filter((file) => /\bvi\.(?:mock|doMock)\(/.test(readFileSync(file, 'utf8')));

export default defineConfig({
  test: {
    // A whole election with real proofs takes tens of seconds on a small machine; no test asserts a time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What a page shows is asked for until it does.
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: '100%',
    projects: [
      { extends: true, test: { name: 'shared', include: [ALL], exclude: replacing, isolate: false } },
      { extends: true, test: { name: 'replacing', include: replacing } },
    ],
  },
});
