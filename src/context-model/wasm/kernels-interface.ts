// Written by scripts/build-kernels.mjs from the exports of src/context-model/kernels/index.ts.
export interface Kernels {
  /** Exported memory */
  readonly memory: WebAssembly.Memory;
  /**
   * src/context-model/kernels/index/allocate
   * @param bytes `usize`
   * @returns `usize`
   */
  allocate(bytes: number): number;
  /**
   * src/context-model/kernels/index/release
   * @param address `usize`
   */
  release(address: number): void;
  /**
   * src/context-model/kernels/alphabet/setKind
   * @param symbol `i32`
   * @param kind `i32`
   */
  setKind(symbol: number, kind: number): void;
  /**
   * src/context-model/kernels/alphabet/setCharacter
   * @param symbol `i32`
   * @param codePoint `i32`
   */
  setCharacter(symbol: number, codePoint: number): void;
  /**
   * src/context-model/kernels/count-table/createTable
   * @param bits `i32`
   * @param skipped `u32`
   * @returns `usize`
   */
  createTable(bits: number, skipped: number): number;
  /**
   * src/context-model/kernels/count-table/disposeTable
   * @param table `usize`
   */
  disposeTable(table: number): void;
  /**
   * src/context-model/kernels/update-counts/learn
   * @param table `usize`
   * @param text `usize`
   * @param from `i32`
   * @param to `i32`
   */
  learn(table: number, text: number, from: number, to: number): void;
  /**
   * src/context-model/kernels/update-counts/unlearn
   * @param table `usize`
   * @param text `usize`
   * @param from `i32`
   * @param to `i32`
   */
  unlearn(table: number, text: number, from: number, to: number): void;
  /**
   * src/context-model/kernels/candidates/rowOf
   * @param symbol `u32`
   * @returns `i32`
   */
  rowOf(symbol: number): number;
  /**
   * src/context-model/kernels/mixer/createMixer
   * @returns `usize`
   */
  createMixer(): number;
  /**
   * src/context-model/kernels/mixer/copyMixer
   * @param from `usize`
   * @returns `usize`
   */
  copyMixer(from: number): number;
  /**
   * src/context-model/kernels/mixer/disposeMixer
   * @param m `usize`
   */
  disposeMixer(m: number): void;
  /**
   * src/context-model/kernels/mixer/mixerBytes
   * @returns `usize`
   */
  mixerBytes(): number;
  /**
   * src/context-model/kernels/mixer/setRates
   * @param map `f32`
   * @param weight `f32`
   * @param score `f32`
   */
  setRates(map: number, weight: number, score: number): void;
  /**
   * src/context-model/kernels/mixer/predict
   * @param mixerOf `usize`
   * @param workspace `usize`
   * @param document `usize`
   * @param p `usize`
   * @param text `usize`
   * @returns `i32`
   */
  predict(mixerOf: number, workspace: number, document: number, p: number, text: number): number;
  /**
   * src/context-model/kernels/mixer/learnWeights
   * @param symbol `u32`
   */
  learnWeights(symbol: number): void;
  /**
   * src/context-model/kernels/mixer/showPrediction
   */
  showPrediction(): void;
  /**
   * src/context-model/kernels/mixer/joinNetwork
   * @param logs `usize`
   * @param ids `usize`
   * @param size `i32`
   */
  joinNetwork(logs: number, ids: number, size: number): void;
  /**
   * src/context-model/kernels/mixer/rowProbabilities
   * @returns `usize`
   */
  rowProbabilities(): number;
  /**
   * src/context-model/kernels/predict-and-update/readAlong
   * @param mixer `usize`
   * @param workspace `usize`
   * @param document `usize`
   * @param text `usize`
   * @param from `i32`
   * @param to `i32`
   * @param codePoints `usize`
   * @param deltas `usize`
   */
  readAlong(mixer: number, workspace: number, document: number, text: number, from: number, to: number, codePoints: number, deltas: number): void;
  /**
   * src/context-model/kernels/prediction-epoch/revision
   * @returns `u32`
   */
  revision(): number;
  /**
   * src/context-model/kernels/prior/writePrior
   * @param codePoints `usize`
   * @param deltas `usize`
   */
  writePrior(codePoints: number, deltas: number): void;
  /**
   * src/context-model/kernels/network-mixer/learnJoint
   * @param symbol `u32`
   */
  learnJoint(symbol: number): void;
  /**
   * src/context-model/kernels/result/resultCount
   * @returns `i32`
   */
  resultCount(): number;
  /**
   * src/context-model/kernels/result/resultSymbols
   * @returns `usize`
   */
  resultSymbols(): number;
  /**
   * src/context-model/kernels/result/resultProbabilities
   * @returns `usize`
   */
  resultProbabilities(): number;
  /**
   * src/context-model/kernels/result/rest
   * @returns `f32`
   */
  rest(): number;
}
