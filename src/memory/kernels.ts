import bytes from '../../dist/memory.wasm';

/** What kernels/ exports; described there. Addresses are byte offsets into its memory. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(bytes: number): number;
  release(address: number): void;
  setKind(symbol: number, kind: number): void;
  setCharacter(symbol: number, codePoint: number): void;
  createTable(shardBits: number): number;
  disposeTable(table: number): void;
  learn(table: number, text: number, from: number, to: number): void;
  unlearn(table: number, text: number, from: number, to: number): void;
  createMixer(): number;
  copyMixer(mixer: number): number;
  disposeMixer(mixer: number): void;
  predict(mixer: number, workspace: number, document: number, place: number, text: number): number;
  learnWeights(symbol: number): void;
  joinNetwork(logProbabilities: number, symbols: number, size: number): void;
  learnJoint(symbol: number): void;
  resultSymbols(): number;
  resultProbabilities(): number;
  resultCount(): number;
  rest(): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernels on a memory of their own, which grows as it must, up to 4 GiB. */
export async function createKernels(): Promise<Kernels> {
  compiled ??= WebAssembly.compile(bytes);
  const abort = (): never => {
    throw new RangeError('no more memory for what the workspace says');
  };
  const instance = new WebAssembly.Instance(await compiled, { env: { abort } });
  return instance.exports as unknown as Kernels;
}
