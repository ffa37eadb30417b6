/** How Node is to be started for a recount of a million ballots: what it can only be told at its start. */
export const FRUGAL = {
  /** Megabytes for the youngest objects of the first thread, which else has room for four times as many, and the buffers that they hold. */
  flags: ['--max-semi-space-size=4'],
  /** Of glibc: threads that each keep what they have freed to themselves keep megabytes. */
  environment: { MALLOC_ARENA_MAX: '1' },
} as const;
