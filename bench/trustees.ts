/** What the trustees' part costs, in one process: a ceremony of all of them, and decrypting many totals. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Bytes, concat, toBase64Url } from '../src/crypto/bytes.ts';
import { proveShares } from '../src/crypto/decryption-shares.ts';
import { makeDiscreteLog } from '../src/crypto/discrete-log.ts';
import {
  type Ceremony,
  commitHash,
  dealShares,
  finishDealing,
  startDealing,
  verifyReveal,
} from '../src/crypto/dkg.ts';
import { encodeCiphertext, encrypt } from '../src/crypto/elgamal.ts';
import { encodeElement, G, multiplySecret, parseElement } from '../src/crypto/group.ts';
import type { Kernel } from '../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { randomScalar, ZERO } from '../src/crypto/scalar.ts';
import { shareOf } from '../src/crypto/shamir.ts';
import { combineShares, type VerifiedShares, verifyShares } from '../src/crypto/threshold.ts';
import { decryptShare, encryptShare } from '../src/record/share-file.ts';
import type { Effort } from './effort.ts';
import { type Case, lazy } from './measure.ts';

const THRESHOLD = 3;
const COUNT = 5;
const BALLOTS = 10_000;

const election = new Uint8Array(32).fill(5);
const places = Array.from({ length: COUNT }, (_, at) => at + 1);

/** Five trustees, each doing all its client does but HTTP and its key file. */
async function holdCeremony(): Promise<void> {
  const ceremony: Ceremony = { election, attempt: 1, count: COUNT, threshold: THRESHOLD };
  const identities = await Promise.all(places.map(() => generateX25519Identity()));
  const recipients = await Promise.all(identities.map((identity) => identityToRecipient(identity)));
  const dealings = places.map((i) => startDealing(ceremony, i));
  const reveals = dealings.map(({ round1 }) => round1);
  const hashes = dealings.map(({ i, round1 }) => commitHash(ceremony, i, round1));
  const mail: Bytes[][] = [];
  for (const [at, dealing] of dealings.entries()) {
    reveals.forEach((round1, from) => verifyReveal(ceremony, from + 1, round1, hashes[from] ?? election));
    const dealt = dealShares(dealing, reveals);
    mail.push(
      await Promise.all(
        dealt.map((share, to) => encryptShare(address(at + 1, to + 1), share, recipients[to] ?? '')),
      ),
    );
  }
  for (const [at, dealing] of dealings.entries()) {
    const received = await Promise.all(
      mail.map((letters, from) =>
        decryptShare(address(from + 1, at + 1), letters[at] ?? election, identities[at] ?? ''),
      ),
    );
    finishDealing(dealing, reveals, received);
  }
}

const address = (from: number, to: number) => ({ election: toBase64Url(election), attempt: 1, from, to });

interface Decryption {
  readonly share: () => void;
  readonly count: () => void;
}

/** @param totals one cell each, of a contest with one option. */
function decryption(kernel: Kernel, totals: number): Decryption {
  const coefficients = Array.from({ length: THRESHOLD }, () => randomScalar());
  const Y = encodeElement(multiplySecret(G, coefficients[0] ?? ZERO));
  const sums = Array.from({ length: totals }, (_, m) =>
    encodeCiphertext(encrypt(parseElement(Y), m % BALLOTS, randomScalar())),
  );
  const cells = sums.map((sum, at) => ({ id: `question/college-${at}/1`, alphas: sum.slice(0, 32) }));
  const about = (i: number) => {
    const secret = shareOf(coefficients, i);
    const shareKey = encodeElement(multiplySecret(G, secret));
    return { secret, statement: { ctx: election, tally: election, i, shareKey, cells } };
  };
  const trustees = places.slice(0, THRESHOLD).map((i) => about(i));
  const shares: VerifiedShares[] = trustees.map(({ secret, statement }) => ({
    i: statement.i,
    shares: proveShares(statement, secret),
  }));
  const log = makeDiscreteLog(kernel);
  const [first] = trustees;
  return {
    share: () => void (first && proveShares(first.statement, first.secret)),
    count: () => {
      trustees.forEach(({ statement }, at) => {
        const given = shares[at];
        if (given !== undefined) verifyShares(kernel, statement, given.shares);
      });
      const betas = sums.map((sum) => sum.slice(32));
      const opened = concat(...combineShares(kernel, betas, shares).cells);
      for (let m = 0; m < totals; m += 1) {
        if (log.find(opened.subarray(32 * m, 32 * m + 32), BALLOTS) !== m % BALLOTS)
          throw new TypeError('a wrong total');
      }
    },
  };
}

/** A ceremony of all trustees; of a decryption, one trustee's shares, and all that comes after the last of them. */
export function trustees({ totals }: Effort): Case[] {
  return [
    { name: `ceremony.${THRESHOLD}of${COUNT}`, per: 1, run: holdCeremony },
    ...totals.flatMap((count): Case[] => {
      const both = lazy(() => decryption(wasmKernel, count));
      return [
        { name: `decrypt.share.${count}totals`, per: 1, run: () => both().share() },
        { name: `decrypt.count.${count}totals`, per: 1, run: () => both().count() },
      ];
    }),
  ];
}
