import { UserFacingError } from '../../common/errors.ts';
import { roundUp } from './padding.ts';

/** What kernels/ exports; described there. Pointers are byte offsets, everything else counts floats. */
export interface Kernels {
  dataStart(): number;
  product(
    a: number,
    lda: number,
    panels: number,
    start: number,
    lds: number,
    c: number,
    ldc: number,
    rows: number,
    columns: number,
    depth: number,
  ): void;
  addOuterProducts(
    a: number,
    lda: number,
    m: number,
    b: number,
    second: number,
    ldb: number,
    n: number,
    rows: number,
    sums: number,
    scratch: number,
  ): void;
  storeOuterProducts(sums: number, c: number, second: number, m: number, n: number): void;
  packColumns(b: number, stride: number, panels: number, depth: number, columns: number): void;
  packRows(w: number, stride: number, panels: number, depth: number, columns: number): void;
  lstmForward(
    sums: number,
    gates: number,
    previousCell: number,
    cell: number,
    output: number,
    cellTanh: number,
    rows: number,
    units: number,
  ): void;
  lstmBackward(
    gates: number,
    dSums: number,
    previousCell: number,
    cellTanh: number,
    dOutput: number,
    dRecurrent: number,
    dCell: number,
    rows: number,
    units: number,
  ): void;
  gruForward(
    inputSums: number,
    stateSums: number,
    gates: number,
    previous: number,
    output: number,
    rows: number,
    units: number,
  ): void;
  gruBackward(
    gates: number,
    dInputSums: number,
    dStateSums: number,
    previous: number,
    dOutput: number,
    dRecurrent: number,
    rows: number,
    units: number,
  ): void;
  rnnForward(sums: number, output: number, n: number): void;
  rnnBackward(output: number, dSums: number, dOutput: number, dRecurrent: number, n: number): void;
  crossEntropyAndGradient(
    logits: number,
    targets: number,
    rows: number,
    columns: number,
    scale: number,
  ): number;
  crossEntropyAndHits(logits: number, targets: number, rows: number, columns: number, hits: number): number;
  addPrior(
    logits: number,
    columns: number,
    h: number,
    units: number,
    symbols: number,
    values: number,
    entries: number,
    weight: number,
    gate: number,
    rows: number,
  ): void;
  priorBackward(
    dLogits: number,
    columns: number,
    h: number,
    units: number,
    symbols: number,
    values: number,
    entries: number,
    gate: number,
    rows: number,
    dWeight: number,
    dGate: number,
    dOutput: number,
  ): void;
  sumOfSquares(x: number, n: number): number;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    n: number,
    scale: number,
    beta1: number,
    gain1: number,
    beta2: number,
    gain2: number,
    stepSize: number,
    inverseRoot: number,
    epsilon: number,
  ): void;
  descendByRoot(
    w: number,
    g: number,
    v: number,
    n: number,
    scale: number,
    alpha: number,
    gain: number,
    rate: number,
    epsilon: number,
  ): void;
  descend(w: number, g: number, n: number, rate: number): void;
  add(x: number, y: number, out: number, rows: number, n: number, stride: number): void;
  accumulate(x: number, y: number, n: number): void;
  copy(from: number, to: number, n: number): void;
  clear(x: number, n: number): void;
  multiply(x: number, y: number, out: number, n: number): void;
  addColumnSums(x: number, sums: number, rows: number, n: number): void;
  gatherRows(table: number, ids: number, out: number, count: number, n: number): void;
  scatterAddRows(x: number, ids: number, table: number, count: number, n: number): void;
  lstmStep(
    symbols: number,
    count: number,
    table: number,
    weights: number,
    biases: number,
    h: number,
    c: number,
    outputs: number,
    sums: number,
    layers: number,
    units: number,
  ): void;
  vectorProduct(x: number, panels: number, start: number, out: number, depth: number, columns: number): void;
  addOuterProduct(x: number, y: number, panels: number, depth: number, columns: number): void;
}

/** Floats of the sums of `addOuterProducts`, for each of its matrices: tiles are of 4 or 6 rows. */
export function outerProductSums(m: number, n: number): number {
  return roundUp(m, 12) * n;
}

/** Floats of its scratch. */
export function outerProductScratch(n: number): number {
  return 48 * (256 * 6 + 16) + 256 * 2 * n;
}

/** Kernels on a memory of their own, and views of it. */
export interface Arena {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
}

/** Most bytes a network may take: WebAssembly's addresses end at 4 GiB, and other programs want memory too. */
const MEMORY_LIMIT = 2 ** 31;
const PAGE = 2 ** 16;

/** @throws UserFacingError where so much memory is not to be had. */
export function createArena(module: WebAssembly.Module, size: number): Arena {
  const gibibytes = (size / 2 ** 30).toFixed(1);
  const advice = 'lower the number of units or layers, the batch size or the sequence length';
  if (size > MEMORY_LIMIT) {
    throw new UserFacingError(
      `This network needs ${gibibytes} GiB of memory and the wasm engine has 2 GiB at most; ${advice}.`,
    );
  }
  const pages = Math.ceil(size / PAGE);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw new UserFacingError(
      `This network needs ${gibibytes} GiB of memory, which this machine did not give; close other programs or ${advice}.`,
      { cause: error },
    );
  }
  return arenaOn(module, memory);
}

/** Kernels on a memory that other threads may work on, too. */
export function arenaOn(module: WebAssembly.Module, memory: WebAssembly.Memory): Arena {
  const abort = (): never => {
    throw new Error('a kernel gave up');
  };
  const instance = new WebAssembly.Instance(module, { env: { memory, abort } });
  const kernels = instance.exports as unknown as Kernels;
  const floats = new Float32Array(memory.buffer);
  return { module, memory, kernels, floats, integers: new Int32Array(memory.buffer) };
}
