/**
 * Every domain tag of the protocol, in one place (docs/protocol.md §2).
 * A tag is the first framed input of a hash, the DST of a hash to a scalar or to the group, the prefix of
 * signed bytes, or the HKDF info; no two uses share one.
 */
export const TAGS = {
  entrySignature: 'teller/v1/entry-signature',
  credential: 'teller/v1/credential',
  tokenCheck: 'teller/v1/token-check',
  ballotClauses: 'teller/v1/ballot-clauses',
  ballotStatement: 'teller/v1/ballot-statement',
  ballotCommitments: 'teller/v1/ballot-commitments',
  ballotChallenge: 'teller/v1/ballot-challenge',
  ballotFingerprint: 'teller/v1/ballot-fingerprint',
  checkChallenge: 'teller/v1/check-challenge',
  replacementChallenge: 'teller/v1/replacement-challenge',
  nonce: 'teller/v1/nonce',
  ceremonyCommit: 'teller/v1/ceremony-commit',
  ceremonyTranscript: 'teller/v1/ceremony-transcript',
  ceremonyWords: 'teller/v1/ceremony-words',
  countLeaf: 'teller/v1/count-leaf',
  countNode: 'teller/v1/count-node',
  lotPoint: 'teller/v1/lot-point',
  lotValue: 'teller/v1/lot-value',
  lotCommitment: 'teller/v1/lot-commitment',
  lotSeed: 'teller/v1/lot-seed',
  lotOrder: 'teller/v1/lot-order',
  sharesChallenge: 'teller/v1/shares-challenge',
} as const;
