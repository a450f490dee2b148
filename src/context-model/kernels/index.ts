// What the context model calls. Addresses are byte offsets into the module's own memory, which grows; texts are u16
// symbols, and a position is the address of the symbol to predict.
export {
  BLANK,
  CLOSING,
  COMMA,
  CURSOR,
  describeSymbol,
  FILE_START,
  LINE_END,
  MAX_SYMBOLS,
  OPENING,
  OTHER,
  WORD,
} from './alphabet';
export {
  BLANK_SHAPE,
  FIRST_WORD,
  LINE,
  ORDER_11,
  ORDER_16,
  ORDER_8,
  SHAPE,
  SKIPPED_WORD,
  WINDOW,
  WORD_BIGRAM,
  WORD_BIGRAM_SKIPPING,
  WORD_TRIGRAM,
} from './contexts/contexts';
export {
  candidateRow,
  joinNetwork,
  learnJoint,
  learnWeights,
  predict,
  rowProbabilities,
  setRates,
  showPrediction,
} from './mixing/mixer';
export {
  copyMixer,
  createMixer,
  disposeMixer,
  mixerBytes,
  networkRescoring,
  networkRescoringCount,
  networkWeights,
  networkWeightsCount,
  rescoringCount,
  rescoringWeights,
  resetNetworkWeights,
} from './mixing/mixer-layout';
export { setNetworkRescoringRates } from './mixing/network-rescoring';
export { NETWORK_HIDDEN, NETWORK_POSITION_SETS } from './mixing/network-rescoring-layout';
export { maxNetworkExampleBytes, writeNetworkExample } from './network-teaching-example';
export { RECENT_SYMBOLS } from './inputs/recency';
export { predictionEpoch } from './output/prediction-epoch';
export { PRIOR_SYMBOLS, writePrior } from './output/prior';
export { rest, resultCount, resultProbabilities, resultSymbols } from './output/result';
export { readAlong } from './predict-and-update';
export { HIDDEN, POSITION_SETS } from './rescoring/layout';
export { setRescoringRates } from './rescoring/learn-rescoring';
export { maxExampleBytes, writeExample } from './teaching-example';
export { createTable, disposeTable } from './tables/count-table';
export { decodeShard, encodedShardBytes, encodeShard, shardsOf } from './tables/table-snapshot';
export { learn, unlearn } from './tables/update-counts';

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function release(address: usize): void {
  heap.free(address);
}
