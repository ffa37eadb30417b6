/** What is fixed for every ballot (docs/protocol.md §1, §6.1), for its schema and for who reads it without one. */

export const SUITE = 'ristretto255-SHA512';
/** A hundred options in a hundred places, and blank. */
export const MAX_VALUES = 10_001;
export const MAX_CONTESTS = 1000;
/** Of the ciphertexts of a contest, and of a proof. */
export const MAX_FIELD_BYTES = 49_000;
