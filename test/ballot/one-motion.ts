/** One motion put to one college, which a majority of the votes cast for and against it carries. */
import type { ManifestBody } from '../../src/ballot/manifest.ts';

type Parts = Pick<ManifestBody, 'colleges' | 'contests' | 'rules'>;

export function oneMotion(college: string, mode: 'secret' | 'recorded'): Parts {
  const threshold = { compare: 'more-than', p: 1, q: 2, of: 'for-and-against' } as const;
  return {
    colleges: [{ id: college, mode, weights: [1], entitlement: null }],
    contests: [
      {
        id: 'motion',
        colleges: [college],
        options: ['for', 'against'],
        shape: { kind: 'choose', min: 1, max: 1, blank: false },
      },
    ],
    rules: [
      {
        id: 'motion',
        kind: 'motion',
        contest: 'motion',
        for: 'for',
        against: 'against',
        colleges: [{ college, threshold, quorum: { p: 0, q: 1 }, share: null }],
        combine: { kind: 'each', divided: { kind: 'falls' } },
        tie: 'falls',
      },
    ],
  };
}
