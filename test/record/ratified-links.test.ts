/** docs/protocol.md §5.2 (3), §10: what is to be ratified is a motion; otherwise nothing would follow from the result. */
import { expect, test } from 'vitest';
import { manifestBody } from '../../src/ballot/manifest.ts';
import type { DecisionOutcome } from '../../src/record/entries.ts';
import { examineResults } from '../../src/record/link-rules.ts';
import { manifest } from '../ballot/manifests.ts';
import { hashOf } from './elections.ts';

const EARLIER = hashOf('an earlier election');
const ratifying = manifestBody.parse({
  ...manifest,
  links: [{ relation: 'follows', manifest: EARLIER, rule: 'change' }],
  rules: [
    ...manifest.rules,
    {
      id: 'both',
      kind: 'ratify',
      own: 'motion',
      link: EARLIER,
      rule: 'change',
      text: hashOf('text'),
      divided: 'own',
    },
  ],
});

test.each<[string, DecisionOutcome, string[]]>([
  [
    'a motion',
    {
      id: 'change',
      kind: 'motion',
      carried: true,
      divided: false,
      reballot: false,
      tie: null,
      colleges: [],
    },
    [],
  ],
  ['a consultation', { id: 'change', kind: 'consultative', colleges: [] }, ['unfounded-link']],
  [
    'another ratification',
    { id: 'change', kind: 'ratify', carried: true, divided: false, earlier: true, own: true },
    ['unfounded-link'],
  ],
])('%s to be ratified', (_, decision, codes) => {
  const results = [{ manifest: EARLIER, result: hashOf('result'), decision }];
  const problems = examineResults({ manifest: ratifying }, {
    results,
  } as unknown as Parameters<typeof examineResults>[1]);
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
