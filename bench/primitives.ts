/** Points, scalars and hashes, one by one: of the kernel, of its twin in bigint, and of @noble. In µs each. */
import { pippenger } from '@noble/curves/abstract/curve.js';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import type { Bytes } from '../src/crypto/bytes.ts';
import { add, encodeElement, G, multiplySecret, multiplyUniform, parseElement } from '../src/crypto/group.ts';
import { bigintKernel } from '../src/crypto/kernel/bigint.ts';
import type { Kernel } from '../src/crypto/kernel/kernel.ts';
import { wasmKernel } from '../src/crypto/kernel/wasm.ts';
import { randomScalar, type Scalar, scalarOf } from '../src/crypto/scalar.ts';
import type { Effort } from './effort.ts';
import { type Case, lazy } from './measure.ts';

/** As many as a decoder is given at once. */
const POINTS = 512;
const MESSAGES = 64;
/** About what a ballot of three options hashes at once. */
const MESSAGE_BYTES = 768;

const half = (): Scalar => scalarOf(randomBytes(16).reduce((sum, byte) => 256n * sum + BigInt(byte), 0n));

/** Points without any pattern, made from their own scalars. */
function encodings(count: number): Bytes {
  const kernel = wasmKernel;
  const points = Array.from({ length: count }, () =>
    kernel.multiplyAndSum(kernel.generator, [randomScalar()]),
  );
  return kernel.encode(kernel.concat(points));
}

function repeated(kernel: Kernel, count: number, few: Bytes) {
  const { points } = kernel.decode(few);
  const parts = Array.from({ length: Math.ceil(count / points.length) }, () => points);
  return kernel.slice(kernel.concat(parts), 0, count);
}

function ofKernel(name: string, kernel: Kernel, sums: readonly number[]): Case[] {
  const given = lazy(() => encodings(POINTS));
  const hints = lazy(() => kernel.makeHints(given()));
  const points = lazy(() => kernel.decode(given()).points);
  const messages = randomBytes(MESSAGES * MESSAGE_BYTES);
  const wide = randomBytes(MESSAGES * 64);
  const many: Case[] = [
    { name: 'decode', per: POINTS, run: () => void kernel.decode(given()) },
    { name: 'decode.hint', per: POINTS, run: () => void kernel.decode(given(), hints()) },
    { name: 'encode', per: POINTS, run: () => void kernel.encode(points()) },
    { name: 'encode.doubles', per: POINTS, run: () => void kernel.encodeDoubles(points()) },
    { name: 'add', per: POINTS, run: () => void kernel.add(points(), points()) },
    {
      name: `hash.${MESSAGE_BYTES}bytes`,
      per: MESSAGES,
      run: () => void kernel.hashEach(messages, MESSAGE_BYTES),
    },
    { name: 'reduce', per: MESSAGES, run: () => void kernel.reduceEach(wide) },
  ];
  const multiplying = sums.flatMap((count) => {
    const all = lazy(() => repeated(kernel, count, given()));
    return [253, 128].map((bits): Case => {
      const scalars = lazy(() =>
        Array.from({ length: count }, () => (bits === 253 ? randomScalar() : half())),
      );
      return {
        name: `sum.${count}x${bits}bits`,
        per: count,
        run: () => void kernel.multiplyAndSum(all(), scalars()),
      };
    });
  });
  return [...many, ...multiplying].map((each) => ({ ...each, name: `${each.name}.${name}` }));
}

function ofNoble(sums: readonly number[]): Case[] {
  const one = encodings(1);
  const P = parseElement(one);
  const s = randomScalar();
  const message = randomBytes(MESSAGE_BYTES);
  const single: Case[] = [
    { name: 'decode', per: 1, run: () => void parseElement(one) },
    { name: 'encode', per: 1, run: () => void encodeElement(add(P, P)) },
    { name: 'add', per: 1, run: () => void add(P, P) },
    { name: 'multiply', per: 1, run: () => void multiplySecret(P, s) },
    { name: 'multiply.base', per: 1, run: () => void multiplyUniform(G, s) },
    { name: `hash.${MESSAGE_BYTES}bytes`, per: 1, run: () => void sha512(message) },
  ];
  const multiplying = sums
    .filter((count) => count > 1)
    .flatMap((count) => {
      const points = lazy(() => {
        const few = encodings(8);
        const own = Array.from({ length: 8 }, (_, i) =>
          ristretto255.Point.fromBytes(few.slice(32 * i, 32 * i + 32)),
        );
        return Array.from({ length: count }, (_, i) => own[i % 8] ?? ristretto255.Point.BASE);
      });
      const scalars = Array.from({ length: count }, () => randomScalar());
      return [
        {
          name: `sum.${count}x253bits`,
          per: count,
          run: () => void pippenger(ristretto255.Point, points(), scalars),
        },
      ];
    });
  return [...single, ...multiplying].map((each) => ({ ...each, name: `${each.name}.noble` }));
}

export function primitives({ sums, slowSums }: Effort): Case[] {
  return [
    ...ofKernel('wasm', wasmKernel, sums),
    ...ofKernel('bigint', bigintKernel, slowSums),
    ...ofNoble(slowSums),
  ];
}
