/** The ids of fields of a draft that have no name in its problems. */
export const ids = {
  threshold: (contest: string, college: string) => `threshold-${contest}-${college}`,
  quorum: (contest: string, college: string) => `quorum-${contest}-${college}`,
  tie: (contest: string) => `tie-${contest}`,
  shape: (contest: string, name: string) => `shape-${contest}-${name}`,
  seats: (contest: string) => `seats-${contest}`,
} as const;
