/** Who may know whom: docs/architecture.md says why. */
const rooms = (...names) => `^src/(${names.join('|')})/`;
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }, 'Rooms and files form a tree.'),
    forbid(
      'crypto-knows-noble-only',
      { path: rooms('crypto') },
      { pathNot: ['^src/crypto/', 'node_modules/@noble/'] },
      'It runs in a browser, a worker and a server alike.',
    ),
    forbid(
      'kernel-knows-no-secret',
      { path: '^src/crypto/kernel/' },
      { path: '^src/', pathNot: '^src/crypto/(kernel/|bytes\\.ts|errors\\.ts|scalar\\.ts|transcript\\.ts)' },
      'Public data only, in variable time: it meets keys, tokens, votes and nonces nowhere.',
    ),
    forbid(
      'secrets-know-no-kernel',
      {
        path: '^src/(crypto/(group|elgamal|hedged-nonce|shamir|dkg|decryption-shares|ed25519)|crypto/proofs/(prove-ballot|possession|check-proof|knowledge-proof|replacement-proof)|ballot/(credential|token|choices|opened-code|prepare-ballot)|trustee/key-file)\\.ts$',
      },
      { path: '^src/crypto/kernel/' },
      'What holds a secret computes with @noble/curves.',
    ),
    forbid(
      'trustees-are-handed-a-kernel',
      { path: rooms('trustee') },
      { path: '^src/crypto/kernel/', dependencyTypesNot: ['type-only'] },
      'A trustee has its share at hand: it passes a kernel on to what verifies, and calls none itself.',
    ),
    forbid(
      'board-knows-crypto',
      { path: rooms('board') },
      { path: '^src/', pathNot: rooms('board', 'crypto') },
    ),
    forbid(
      'codec-knows-crypto',
      { path: rooms('codec') },
      { path: '^src/', pathNot: rooms('codec', 'crypto') },
    ),
    forbid(
      'roll-knows-below',
      { path: rooms('roll') },
      { path: '^src/', pathNot: rooms('roll', 'codec', 'board', 'crypto') },
      'The roll is a tree of its own, so it borrows the board for its head.',
    ),
    forbid(
      'ballot-knows-below',
      { path: rooms('ballot') },
      { path: '^src/', pathNot: rooms('ballot', 'roll', 'codec', 'board', 'crypto') },
    ),
    forbid(
      'record-knows-below',
      { path: rooms('record') },
      { path: rooms('tally', 'trustee', 'officer', 'api', 'cli', 'web') },
    ),
    forbid(
      'tally-knows-below',
      { path: rooms('tally') },
      { path: rooms('trustee', 'officer', 'api', 'cli', 'web') },
    ),
    forbid(
      'trustee-knows-below',
      { path: rooms('trustee') },
      { path: rooms('officer', 'api', 'cli', 'web') },
    ),
    forbid('officer-knows-below', { path: rooms('officer') }, { path: rooms('api', 'cli', 'web') }),
    forbid(
      'pure-rooms-know-no-node',
      {
        path: rooms('board', 'roll', 'ballot', 'record', 'tally', 'trustee', 'officer'),
        pathNot: '^src/tally/workers/',
      },
      { dependencyTypes: ['core'] },
      'Files, sockets and SQL come in through small interfaces.',
    ),
    forbid(
      'pure-rooms-know-no-server',
      { path: rooms('board', 'roll', 'ballot', 'record', 'tally', 'trustee', 'officer') },
      { path: 'node_modules/(hono|@hono|drizzle-orm|better-sqlite3|commander)/' },
    ),
    forbid(
      'only-demonstrations-simulate',
      { path: '^src/', pathNot: '^src/(simulation/|cli/demo)' },
      { path: rooms('simulation') },
      'It treats secrets as public data: no booth and no server may come near it.',
    ),
    forbid(
      'simulation-knows-below',
      { path: rooms('simulation') },
      { path: rooms('trustee', 'officer', 'api', 'cli', 'web') },
    ),
    forbid(
      'islands-run-in-browsers',
      { path: '^src/web/((trustee|member|desk)/island|recount|keys)/' },
      {
        path: [
          '^src/(api|cli)/',
          '^src/web/(?!(trustee|member|desk)/island/|recount/|keys/|texts/|(result|rules|places)-in-words|trusted-script)',
          'node_modules/(hono|@hono|drizzle-orm|better-sqlite3|commander)/',
        ],
      },
    ),
    forbid(
      'islands-know-no-node',
      { path: '^src/web/((trustee|member|desk)/island|recount|keys)/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'only-store-knows-drizzle',
      { path: '^src/', pathNot: '^src/api/(store|(registrar|officers)/store)/' },
      { path: 'node_modules/(drizzle-orm|better-sqlite3)/' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // AssemblyScript, which scripts/build-kernel.ts compiles.
    exclude: { path: '^src/crypto/kernel/asm/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
