/** The benchmark runs, and its report has the form that docs/performance.md is made from. How fast is not asked. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LEAST } from '../../bench/effort.ts';
import { goalRows } from '../../bench/goals.ts';
import { measureAll, type Report } from '../../bench/run.ts';
import { withFigures } from '../../bench/write-doc.ts';

const report = z.strictObject({
  machine: z.string().min(10),
  figures: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i),
      unit: z.enum(['µs', 'ms', 's', '1/s', 'MB', 'kB']),
      value: z.number().positive(),
      runs: z.int().positive(),
    }),
  ),
});

async function measured(...parts: string[]): Promise<Map<string, string>> {
  const lines: string[] = [];
  const { figures, machine } = await measureAll(LEAST, (line) => lines.push(line), parts);
  report.parse(JSON.parse(JSON.stringify({ machine, figures })));
  for (const { name } of figures) expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1);
  return new Map(figures.map(({ name, unit }) => [name, unit]));
}

describe('the benchmark', () => {
  test('recounts whole records in processes of their own', async () => {
    const figures = await measured('recounts');
    const bound = process.platform === 'linux' ? ['nohints.1cpu'] : [];
    for (const way of ['nohints.1core', ...bound, 'hints.2cores', 'bigint.1core']) {
      const name = `recount.40x3.${way}`;
      expect(figures.get(name)).toBe('µs');
      expect(figures.get(`${name}.seconds`)).toBe('s');
      expect(figures.get(`${name}.rss_mb`)).toBe('MB');
    }
  });

  test('measures primitives, with those of the twin and of @noble, and batches', async () => {
    const figures = await measured('primitives', 'ballots', 'trustees');
    for (const kernel of ['wasm', 'bigint', 'noble']) expect(figures.get(`decode.${kernel}`)).toBe('µs');
    for (const way of ['hints', 'nohints']) {
      for (const kernel of ['wasm', 'bigint']) expect(figures.get(`batch.2x12.${way}.${kernel}`)).toBe('µs');
    }
  });

  if (process.env['SLOW'] === '1') {
    test('casts over HTTP', async () => {
      const figures = await measured('casting');
      expect([...figures]).toEqual([
        ['cast.http.per_second', '1/s'],
        ['cast.http.p50_ms', 'ms'],
        ['cast.http.p99_ms', 'ms'],
        ['cast.http.max_ms', 'ms'],
      ]);
    });
  }

  test('lists how much every page with a script loads', async () => {
    const figures = await measured('bundles');
    for (const part of ['vote', 'check', 'my-vote', 'dispute', 'scanner'])
      expect(figures.get(`bundle.member-islands.${part}.gzip_kb`)).toBe('kB');
  });
});

describe('docs/performance.md', () => {
  const figure = (name: string, value: number) => ({ name, unit: 'µs', value, runs: 1 }) as const;
  const given: Report = {
    machine: 'a machine',
    figures: [
      figure('recount.20000x3.nohints.1core', 250),
      figure('recount.20000x3.bigint.1core', 1750),
      figure('add.wasm', 0.25),
    ],
  };

  test('says which goals are reached, and which not', () => {
    const rows = goalRows(given).map(([, needed, own, reached]) => [needed, own, reached]);
    expect(rows.filter(([, own]) => own === 'not measured').length).toBe(rows.length - 2);
    expect(rows.filter(([, own]) => own !== 'not measured')).toEqual([
      ['at most 300 µs per ballot', '250 µs per ballot', 'yes'],
      ['at least 8 times', '7.00 times', '**no**'],
    ]);
  });

  test('has its tables written in place of older ones', () => {
    const document = 'Before\n<!-- figures: bench/write-doc.ts -->\nold\n<!-- end of figures -->\nAfter\n';
    const written = withFigures(document, given);
    expect(written).toContain('| `add.wasm` | 0.25 µs | 1 |');
    expect(written).not.toContain('old');
    expect(withFigures(written, given)).toBe(written);
    expect(() => withFigures('nothing', given)).toThrow('no place');
  });
});
