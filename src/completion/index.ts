export { SuggestionClient } from './client.ts';
export type { WorkerStatus } from './client.ts';
export type { ModelSummary } from './protocol.ts';
export { sample } from './sampler.ts';
export type { SampleOptions } from './sampler.ts';
export { Suggester } from './suggest.ts';
export type { Suggestion, SuggestionRequest } from './suggest.ts';
