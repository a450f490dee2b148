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
  /** src/context-model/kernels/alphabet/BLANK */
  readonly BLANK: { readonly value: number };
  /** src/context-model/kernels/alphabet/CLOSING */
  readonly CLOSING: { readonly value: number };
  /** src/context-model/kernels/alphabet/COMMA */
  readonly COMMA: { readonly value: number };
  /** src/context-model/kernels/alphabet/CURSOR */
  readonly CURSOR: { readonly value: number };
  /**
   * src/context-model/kernels/alphabet/describeSymbol
   * @param symbol `i32`
   * @param codePoint `i32`
   * @param kind `i32`
   */
  describeSymbol(symbol: number, codePoint: number, kind: number): void;
  /** src/context-model/kernels/alphabet/FILE_START */
  readonly FILE_START: { readonly value: number };
  /** src/context-model/kernels/alphabet/LINE_END */
  readonly LINE_END: { readonly value: number };
  /** src/context-model/kernels/alphabet/MAX_SYMBOLS */
  readonly MAX_SYMBOLS: { readonly value: number };
  /** src/context-model/kernels/alphabet/OPENING */
  readonly OPENING: { readonly value: number };
  /** src/context-model/kernels/alphabet/OTHER */
  readonly OTHER: { readonly value: number };
  /** src/context-model/kernels/alphabet/WORD */
  readonly WORD: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/BLANK_SHAPE */
  readonly BLANK_SHAPE: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/FIRST_WORD */
  readonly FIRST_WORD: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/LINE */
  readonly LINE: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/ORDER_11 */
  readonly ORDER_11: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/ORDER_16 */
  readonly ORDER_16: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/ORDER_8 */
  readonly ORDER_8: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/SHAPE */
  readonly SHAPE: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/SKIPPED_WORD */
  readonly SKIPPED_WORD: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/WINDOW */
  readonly WINDOW: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/WORD_BIGRAM */
  readonly WORD_BIGRAM: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/WORD_BIGRAM_SKIPPING */
  readonly WORD_BIGRAM_SKIPPING: { readonly value: number };
  /** src/context-model/kernels/contexts/contexts/WORD_TRIGRAM */
  readonly WORD_TRIGRAM: { readonly value: number };
  /**
   * src/context-model/kernels/mixing/mixer/candidateRow
   * @param symbol `u32`
   * @returns `i32`
   */
  candidateRow(symbol: number): number;
  /**
   * src/context-model/kernels/mixing/mixer/joinNetwork
   * @param logProbabilities `usize`
   * @param ids `usize`
   * @param size `i32`
   */
  joinNetwork(logProbabilities: number, ids: number, size: number): void;
  /**
   * src/context-model/kernels/mixing/mixer/learnJoint
   * @param symbol `u32`
   */
  learnJoint(symbol: number): void;
  /**
   * src/context-model/kernels/mixing/mixer/learnWeights
   * @param symbol `u32`
   */
  learnWeights(symbol: number): void;
  /**
   * src/context-model/kernels/mixing/mixer/predict
   * @param mixer `usize`
   * @param workspace `usize`
   * @param document `usize`
   * @param p `usize`
   * @param text `usize`
   * @param before `u32`
   * @returns `i32`
   */
  predict(mixer: number, workspace: number, document: number, p: number, text: number, before: number): number;
  /**
   * src/context-model/kernels/mixing/mixer/rowProbabilities
   * @returns `usize`
   */
  rowProbabilities(): number;
  /**
   * src/context-model/kernels/mixing/mixer/setRates
   * @param map `f32`
   * @param weight `f32`
   * @param score `f32`
   */
  setRates(map: number, weight: number, score: number): void;
  /**
   * src/context-model/kernels/mixing/mixer/showPrediction
   */
  showPrediction(): void;
  /**
   * src/context-model/kernels/mixing/mixer-layout/copyMixer
   * @param from `usize`
   * @returns `usize`
   */
  copyMixer(from: number): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/createMixer
   * @returns `usize`
   */
  createMixer(): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/disposeMixer
   * @param mixer `usize`
   */
  disposeMixer(mixer: number): void;
  /**
   * src/context-model/kernels/mixing/mixer-layout/mixerBytes
   * @returns `usize`
   */
  mixerBytes(): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/networkRescoring
   * @param mixer `usize`
   * @returns `usize`
   */
  networkRescoring(mixer: number): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/networkRescoringCount
   * @returns `i32`
   */
  networkRescoringCount(): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/networkWeights
   * @param mixer `usize`
   * @returns `usize`
   */
  networkWeights(mixer: number): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/networkWeightsCount
   * @returns `i32`
   */
  networkWeightsCount(): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/rescoringCount
   * @returns `i32`
   */
  rescoringCount(): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/rescoringWeights
   * @param mixer `usize`
   * @returns `usize`
   */
  rescoringWeights(mixer: number): number;
  /**
   * src/context-model/kernels/mixing/mixer-layout/resetNetworkWeights
   * @param mixer `usize`
   */
  resetNetworkWeights(mixer: number): void;
  /**
   * src/context-model/kernels/mixing/network-rescoring/setNetworkRescoringRates
   * @param input `f32`
   * @param vector `f32`
   */
  setNetworkRescoringRates(input: number, vector: number): void;
  /** src/context-model/kernels/mixing/network-rescoring-layout/NETWORK_HIDDEN */
  readonly NETWORK_HIDDEN: { readonly value: number };
  /** src/context-model/kernels/mixing/network-rescoring-layout/NETWORK_POSITION_SETS */
  readonly NETWORK_POSITION_SETS: { readonly value: number };
  /**
   * src/context-model/kernels/network-teaching-example/maxNetworkExampleBytes
   * @returns `usize`
   */
  maxNetworkExampleBytes(): number;
  /**
   * src/context-model/kernels/network-teaching-example/writeNetworkExample
   * @param symbol `u32`
   * @param to `usize`
   * @returns `usize`
   */
  writeNetworkExample(symbol: number, to: number): number;
  /** src/context-model/kernels/inputs/recency/RECENT_SYMBOLS */
  readonly RECENT_SYMBOLS: { readonly value: number };
  /**
   * src/context-model/kernels/output/prediction-epoch/predictionEpoch
   * @returns `u32`
   */
  predictionEpoch(): number;
  /** src/context-model/kernels/output/prior/PRIOR_SYMBOLS */
  readonly PRIOR_SYMBOLS: { readonly value: number };
  /**
   * src/context-model/kernels/output/prior/writePrior
   * @param codePoints `usize`
   * @param deltas `usize`
   */
  writePrior(codePoints: number, deltas: number): void;
  /**
   * src/context-model/kernels/output/result/rest
   * @returns `f32`
   */
  rest(): number;
  /**
   * src/context-model/kernels/output/result/resultCount
   * @returns `i32`
   */
  resultCount(): number;
  /**
   * src/context-model/kernels/output/result/resultProbabilities
   * @returns `usize`
   */
  resultProbabilities(): number;
  /**
   * src/context-model/kernels/output/result/resultSymbols
   * @returns `usize`
   */
  resultSymbols(): number;
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
  /** src/context-model/kernels/rescoring/layout/HIDDEN */
  readonly HIDDEN: { readonly value: number };
  /** src/context-model/kernels/rescoring/layout/POSITION_SETS */
  readonly POSITION_SETS: { readonly value: number };
  /**
   * src/context-model/kernels/rescoring/learn-rescoring/setRescoringRates
   * @param input `f32`
   * @param vector `f32`
   */
  setRescoringRates(input: number, vector: number): void;
  /**
   * src/context-model/kernels/teaching-example/maxExampleBytes
   * @returns `usize`
   */
  maxExampleBytes(): number;
  /**
   * src/context-model/kernels/teaching-example/writeExample
   * @param symbol `u32`
   * @param to `usize`
   * @returns `usize`
   */
  writeExample(symbol: number, to: number): number;
  /**
   * src/context-model/kernels/tables/count-table/createTable
   * @param bits `i32`
   * @param skipped `u32`
   * @returns `usize`
   */
  createTable(bits: number, skipped: number): number;
  /**
   * src/context-model/kernels/tables/count-table/disposeTable
   * @param table `usize`
   */
  disposeTable(table: number): void;
  /**
   * src/context-model/kernels/tables/table-snapshot/decodeShard
   * @param table `usize`
   * @param index `i32`
   * @param from `usize`
   * @param end `usize`
   * @returns `usize`
   */
  decodeShard(table: number, index: number, from: number, end: number): number;
  /**
   * src/context-model/kernels/tables/table-snapshot/encodedShardBytes
   * @param table `usize`
   * @param index `i32`
   * @returns `usize`
   */
  encodedShardBytes(table: number, index: number): number;
  /**
   * src/context-model/kernels/tables/table-snapshot/encodeShard
   * @param table `usize`
   * @param index `i32`
   * @param to `usize`
   * @returns `usize`
   */
  encodeShard(table: number, index: number, to: number): number;
  /**
   * src/context-model/kernels/tables/table-snapshot/shardsOf
   * @param table `usize`
   * @returns `i32`
   */
  shardsOf(table: number): number;
  /**
   * src/context-model/kernels/tables/update-counts/learn
   * @param table `usize`
   * @param text `usize`
   * @param from `i32`
   * @param to `i32`
   * @param before `u32`
   */
  learn(table: number, text: number, from: number, to: number, before: number): void;
  /**
   * src/context-model/kernels/tables/update-counts/unlearn
   * @param table `usize`
   * @param text `usize`
   * @param from `i32`
   * @param to `i32`
   * @param before `u32`
   */
  unlearn(table: number, text: number, from: number, to: number, before: number): void;
}
