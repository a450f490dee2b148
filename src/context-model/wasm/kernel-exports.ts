import { Alphabet } from './alphabet.ts';

/** What kernels/ exports; described there. Addresses are byte offsets into its memory. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(address: number): void;
  setKind(symbol: number, kind: number): void;
  setCharacter(symbol: number, codePoint: number): void;
  createTable(shardBits: number, skippedContexts: number): number;
  disposeTable(table: number): void;
  learn(table: number, text: number, from: number, to: number): void;
  unlearn(table: number, text: number, from: number, to: number): void;
  createMixer(): number;
  copyMixer(mixer: number): number;
  disposeMixer(mixer: number): void;
  mixerBytes(): number;
  setRates(maps: number, weights: number, scores: number): void;
  rowOf(symbol: number): number;
  rowProbabilities(): number;
  predict(mixer: number, workspace: number, document: number, place: number, text: number): number;
  learnWeights(symbol: number): void;
  readAlong(
    mixer: number,
    workspace: number,
    document: number,
    text: number,
    from: number,
    to: number,
    codePoints: number,
    deltas: number,
  ): void;
  revision(): number;
  showPrediction(): void;
  writePrior(codePoints: number, deltas: number): void;
  joinNetwork(logProbabilities: number, symbols: number, size: number): void;
  learnJoint(symbol: number): void;
  resultSymbols(): number;
  resultProbabilities(): number;
  resultCount(): number;
  rest(): number;
}

const compiled = new WeakMap<Uint8Array, Promise<WebAssembly.Module>>();

/** The kernels of a program on a memory of their own, which grows as it must, up to 4 GiB. */
export async function createKernels(program: Uint8Array<ArrayBuffer>): Promise<Kernels> {
  const module = compiled.get(program) ?? WebAssembly.compile(program);
  compiled.set(program, module);
  const abort = (): never => {
    throw new RangeError('no more memory for what the workspace says');
  };
  const instance = new WebAssembly.Instance(await module, { env: { abort } });
  return instance.exports as unknown as Kernels;
}

/** The alphabet that tells the kernels of its symbols. */
export function alphabetOf(kernels: Kernels): Alphabet {
  return new Alphabet((symbol, codePoint, kind) => {
    kernels.setKind(symbol, kind);
    kernels.setCharacter(symbol, codePoint);
  });
}
