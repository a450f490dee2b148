export { chooseSymbol } from './distribution.ts';
export { samplePredictions } from './predicted-sample.ts';
export { openingSymbols } from './prime.ts';
export { sample } from './sampler.ts';
export type { SampleOptions } from './sampler.ts';
