/**
 * Builds src/crypto/kernel/kernel-wasm.ts from the AssemblyScript in src/crypto/kernel/asm: `npm run kernel`. The
 * result is a function of the sources and of the compiler's version; `--check` compares it with the file.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

const FOLDER = new URL('../src/crypto/kernel/', import.meta.url);
const TARGET = new URL('kernel-wasm.ts', FOLDER);
const LIMBS = 12;

const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);
const load = (base: string, limb: number): string => `v128.load(${base}, ${16 * limb})`;

/**
 * The carries after a product, whose columns are less than 2^53 units: three chains side by side, since each step
 * waits for the one before. The second time round, what leaves limbs 3, 7 and 11 is less than 2^11 units.
 */
const CARRIES = [3, 7, 11, 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11];

function writeCarries(): string[] {
  return CARRIES.flatMap((k, step) => {
    const next = (k + 1) % LIMBS;
    const round = load('ROUND', k);
    const carried = next === 0 ? `f64x2.mul(c${step}, wrap)` : `c${step}`;
    return [
      `const c${step} = f64x2.sub(f64x2.add(r${k}, ${round}), ${round});`,
      `r${k} = f64x2.sub(r${k}, c${step});`,
      `r${next} = f64x2.add(r${next}, ${carried});`,
    ];
  });
}

/** A line of code that begins a row, or a product's factors and the column that it belongs to. */
type Step = string | readonly [column: number, a: string, b: string];

/** How a product is added to a column. All is exact (asm/field.ts), so that it does not matter where it is rounded. */
type AddProduct = (column: string, a: string, b: string) => string;
const inTwo: AddProduct = (column, a, b) => `f64x2.add(${column}, f64x2.mul(${a}, ${b}))`;
/** As one instruction, where the processor has it: WebAssembly's relaxed SIMD. */
const fused: AddProduct = (column, a, b) => `f64x2.relaxed_madd(${a}, ${b}, ${column})`;

const toWhole = (limb: number): string[] => [`v128.store(o, r${limb}, ${16 * limb});`];
/** Each half to a pair of its own. */
const toHalves = (limb: number): string[] => [
  `v128.store64_lane(first, r${limb}, 0, ${16 * limb});`,
  `v128.store64_lane(second, r${limb}, 1, ${16 * limb});`,
];

/** One function whose columns r0 … r11 sum the products, in order, carry, and go where `store` says. */
function writeFunction(
  head: string,
  before: readonly string[],
  steps: readonly Step[],
  addProduct: AddProduct,
  store = toWhole,
): string {
  const seen = new Set<number>();
  const sums = steps.map((step) => {
    if (typeof step === 'string') return step;
    const [k, a, b] = step;
    if (seen.has(k)) return `r${k} = ${addProduct(`r${k}`, a, b)};`;
    seen.add(k);
    return `let r${k} = f64x2.mul(${a}, ${b});`;
  });
  const stores = numbers(LIMBS).flatMap(store);
  const lines = ['const wrap = f64x2.splat(WRAP);', ...before, ...sums, ...writeCarries(), ...stores];
  return [`export function ${head}: void {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');
}

/**
 * product.ts: the products written out, row by row, so that the columns stay in registers. A product that belongs
 * to limb k + 12 goes to column k, times 19·2^−255.
 */
function writeProducts(addProduct: AddProduct): string {
  const wrapped = numbers(LIMBS - 1, 1).map(
    (j) => `v128.store(WRAPPED, f64x2.mul(wrap, ${load('b', j)}), ${16 * j});`,
  );
  const products = numbers(LIMBS).flatMap((i): Step[] => [
    `const a${i} = ${load('a', i)};`,
    ...numbers(LIMBS).map((k): Step => {
      const other = k >= i ? load('b', k - i) : load('WRAPPED', k - i + LIMBS);
      return [k, `a${i}`, other];
    }),
  ]);
  const multiply = writeFunction('multiply(o: usize, a: usize, b: usize)', wrapped, products, addProduct);
  const multiplyApart = writeFunction(
    'multiplyApart(first: usize, second: usize, a: usize, b: usize)',
    wrapped,
    products,
    addProduct,
    toHalves,
  );
  const square = writeFunction(
    'square(o: usize, a: usize)',
    numbers(LIMBS).flatMap((j) => [
      `v128.store(DOUBLED, f64x2.add(${load('a', j)}, ${load('a', j)}), ${16 * j});`,
      ...(j < LIMBS / 2 ? [] : [`v128.store(WRAPPED, f64x2.mul(wrap, ${load('a', j)}), ${16 * j});`]),
    ]),
    numbers(LIMBS).flatMap((i): Step[] => [
      `const d${i} = ${load('DOUBLED', i)};`,
      ...numbers(LIMBS - i, i).map((j): Step => {
        const other = i + j < LIMBS ? load('a', j) : load('WRAPPED', j);
        return [(i + j) % LIMBS, i === j ? load('a', i) : `d${i}`, other];
      }),
    ]),
    addProduct,
  );
  return [
    "import { ROUND, WRAP } from './field';",
    'const WRAPPED = memory.data(192, 16);',
    'const DOUBLED = memory.data(192, 16);',
    multiply,
    multiplyApart,
    square,
  ].join('\n');
}

/** The limbs of two elements, or of one twice, in the two halves. */
const gather = (first: string, second: string, at: number): string =>
  `v128.load64_lane(${second}, v128.load64_zero(${first}, ${at}), 1, ${at})`;

/**
 * bucket.ts: what of a mixed addition is no product, written out, so that no address is calculated. Limb k of bucket
 * and table: see asm/pippenger.ts. As in addPoints (asm/edwards.ts), E and H are 2-folds, F and G 3-folds.
 */
function writeBucket(): string {
  const [SINGLE, PAIR] = [8 * LIMBS, 16 * LIMBS];
  const before = numbers(LIMBS).flatMap((k) => [
    `const x${k} = ${gather('bucket1', 'bucket2', 16 * k)};`,
    `const y${k} = ${gather('bucket1', 'bucket2', PAIR + 16 * k)};`,
    `v128.store(A, f64x2.sub(y${k}, x${k}), ${16 * k});`,
    `v128.store(B, f64x2.add(y${k}, x${k}), ${16 * k});`,
    `v128.store(C, v128.xor(${gather('bucket1', 'bucket2', 3 * PAIR + 16 * k)}, sign), ${16 * k});`,
    `v128.store(MINUS, ${gather('minus1', 'minus2', 8 * k)}, ${16 * k});`,
    `v128.store(PLUS, ${gather('plus1', 'plus2', 8 * k)}, ${16 * k});`,
    `v128.store(FACTOR, v128.load64_splat(niels, ${2 * SINGLE + 8 * k}), ${16 * k});`,
  ]);
  const after = numbers(LIMBS).flatMap((k) => [
    `const a${k} = ${load('A', k)};`,
    `const b${k} = ${load('B', k)};`,
    `const c${k} = ${load('C', k)};`,
    `const z${k} = ${gather('bucket1', 'bucket2', 2 * PAIR + 16 * k)};`,
    `const d${k} = f64x2.add(z${k}, z${k});`,
    `v128.store(E, f64x2.sub(b${k}, a${k}), ${16 * k});`,
    `v128.store(F, f64x2.sub(d${k}, c${k}), ${16 * k});`,
    `v128.store(G, f64x2.add(d${k}, c${k}), ${16 * k});`,
    `v128.store(H, f64x2.add(b${k}, a${k}), ${16 * k});`,
  ]);
  return [
    "import { A, B, C, E, F, G, H } from './edwards';",
    ...['MINUS', 'PLUS', 'FACTOR'].map((name) => `export const ${name} = memory.data(192, 16);`),
    'export function beginAddition(bucket1: usize, bucket2: usize, minus1: usize, minus2: usize,',
    'plus1: usize, plus2: usize, niels: usize, sign: v128): void {',
    ...before,
    '}',
    'export function endAddition(bucket1: usize, bucket2: usize): void {',
    ...after,
    '}',
  ].join('\n');
}

/**
 * @param isFused whether it needs relaxed SIMD.
 * @param entry text of another index.ts, for tests of what the kernel does not export.
 */
export async function compileKernel(isFused: boolean, entry?: string): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  // Above -O1 the sums of products are reordered, which makes them half as slow again.
  const options = ['-O1', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];
  if (isFused) options.push('--enable', 'relaxed-simd');
  const complaints: string[] = [];
  const { error } = await main(['index.ts', '--outFile', 'kernel.wasm', ...options], {
    readFile: async (name) => {
      if (name === 'product.ts') return writeProducts(isFused ? fused : inTwo);
      if (name === 'bucket.ts') return writeBucket();
      if (name === 'index.ts' && entry !== undefined) return entry;
      return await readFile(new URL(`asm/${name}`, FOLDER), 'utf8').catch(() => null);
    },
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm' && typeof contents !== 'string') wasm = contents;
    },
    stderr: {
      write: (text) => {
        complaints.push(String(text));
      },
    },
  });
  if (error !== null || wasm === undefined) throw new Error(complaints.join(''), { cause: error });
  return wasm;
}

if (import.meta.main) {
  const [plain, withFused] = [await compileKernel(false), await compileKernel(true)].map((wasm) =>
    Buffer.from(wasm).toString('base64'),
  );
  const text = `/** Made by scripts/build-kernel.ts from asm/. */
export const KERNEL_WASM =
  '${plain}';

/** The same with fused products, for engines that have relaxed SIMD. */
export const FUSED_KERNEL_WASM =
  '${withFused}';
`;
  if (!process.argv.includes('--check')) await writeFile(TARGET, text);
  else if ((await readFile(TARGET, 'utf8')) !== text)
    throw new Error('kernel-wasm.ts is not what asm/ compiles to');
}
