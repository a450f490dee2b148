export { SuggestionClient } from './client.ts';
export type { WorkerStatus } from './client.ts';
export type { Eagerness } from './confidence.ts';
export { NetworkPredictor } from './network-predictor.ts';
export type { ModelSummary } from './protocol.ts';
export { sample } from '../sampling/index.ts';
export type { SampleOptions } from '../sampling/index.ts';
export { Suggester } from './suggest.ts';
export type { Suggestion, SuggestionRequest } from './suggest.ts';
