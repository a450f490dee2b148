/** The parts of this room that bench/ measures by themselves. The program imports `index.ts` only. */
export { TypedThrough } from './client/typed-through.ts';
export type { Question } from './client/typed-through.ts';
export { automaticThresholds, bestBeginning } from './decode/display-policy.ts';
export type { Eagerness, Thresholds } from './decode/display-policy.ts';
export { Suggester, asShown, isLongEnough, limitOf, worthShowing } from './decode/suggest.ts';
export type { Proposal, SuggestionRequest } from './decode/suggest.ts';
export { MemoryPredictor } from './predict/memory-predictor.ts';
export { NetworkPredictor } from './predict/network-predictor.ts';
export type { Predictor } from './predict/predictor.ts';
export { windowStart } from './predict/prefix-window.ts';
export { loadNetwork } from './worker/load-network.ts';
export type { Network } from './worker/load-network.ts';
