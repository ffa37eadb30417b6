/** An instance of the kernel's WebAssembly module, which asm/ is compiled to, with its memory as views. */
import { fromBase64 } from '../bytes.ts';
import { FUSED_KERNEL_WASM, KERNEL_WASM } from './kernel-wasm.ts';
import { ENCODED_BYTES } from './lengths.ts';

/** What asm/index.ts exports. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly CHUNK: WebAssembly.Global<'i32'>;
  readonly CAPACITY: WebAssembly.Global<'i32'>;
  readonly DIGITS_CAPACITY: WebAssembly.Global<'i32'>;
  readonly LEAST_DIGIT_BITS: WebAssembly.Global<'i32'>;
  readonly MOST_DIGIT_BITS: WebAssembly.Global<'i32'>;
  readonly bytesArea: WebAssembly.Global<'i32'>;
  readonly hintsArea: WebAssembly.Global<'i32'>;
  readonly scalarsArea: WebAssembly.Global<'i32'>;
  readonly flagsArea: WebAssembly.Global<'i32'>;
  readonly pointsArea: WebAssembly.Global<'i32'>;
  readonly morePointsArea: WebAssembly.Global<'i32'>;
  readonly roomArea: WebAssembly.Global<'i32'>;
  readonly ROOM_BYTES: WebAssembly.Global<'i32'>;
  decode(n: number, hinted: boolean): void;
  encode(n: number): void;
  encodeDoubles(n: number): void;
  add(n: number): void;
  equal(n: number): void;
  isIdentity(n: number): void;
  hash512(o: number, messages: number, length: number, n: number, short: boolean): void;
  hash256(o: number, messages: number, length: number, n: number): void;
  reduce(o: number, wide: number, n: number): void;
  sumProducts(
    o: number,
    n: number,
    steps: number,
    stepCount: number,
    weights: number,
    weightCount: number,
    scalars: number,
    scalarCount: number,
    sums: number,
    sumCount: number,
    shared: number,
  ): void;
  begin(lowBits: number, highBits: number, terms: number): void;
  push(n: number): void;
  pushDecoded(n: number, hinted: boolean): void;
  finish(): void;
}

/** f64 in a point: X, Y, Z, T of 12 limbs. */
export const LIMBS = 48;

/** An instance of the module, and its areas as views. */
export interface Machine {
  readonly run: Exports;
  readonly chunk: number;
  readonly capacity: number;
  readonly bytes: Uint8Array;
  readonly hints: Uint8Array;
  readonly scalars: Uint8Array;
  readonly flags: Uint8Array;
  readonly points: Float64Array;
  readonly morePoints: Float64Array;
  readonly room: Uint8Array;
}

const bytesOf = (wasm: string): Uint8Array<ArrayBuffer> => Uint8Array.from(fromBase64(wasm, 'KERNEL_WASM'));

/** The faster of the two modules where the engine knows its instructions. They give the same results. */
function bestModule(): Uint8Array<ArrayBuffer> {
  const fused = bytesOf(FUSED_KERNEL_WASM);
  return WebAssembly.validate(fused) ? fused : bytesOf(KERNEL_WASM);
}

/** Takes 20 MB, once: the memory does not grow. @param wasm one of the two, in base64; otherwise the best is taken. */
export function start(wasm?: string): Machine {
  const module = new WebAssembly.Module(wasm === undefined ? bestModule() : bytesOf(wasm));
  const run = new WebAssembly.Instance(module).exports as unknown as Exports;
  const { buffer } = run.memory;
  const chunk = run.CHUNK.value;
  return {
    run,
    chunk,
    capacity: run.CAPACITY.value,
    bytes: new Uint8Array(buffer, run.bytesArea.value, chunk * ENCODED_BYTES),
    hints: new Uint8Array(buffer, run.hintsArea.value, chunk * ENCODED_BYTES),
    scalars: new Uint8Array(buffer, run.scalarsArea.value, chunk * ENCODED_BYTES),
    flags: new Uint8Array(buffer, run.flagsArea.value, chunk),
    points: new Float64Array(buffer, run.pointsArea.value, chunk * LIMBS),
    morePoints: new Float64Array(buffer, run.morePointsArea.value, chunk * LIMBS),
    room: new Uint8Array(buffer, run.roomArea.value, run.ROOM_BYTES.value),
  };
}
