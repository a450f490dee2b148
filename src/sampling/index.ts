export { addPrior, besideFor, idsByCodePoint, TextMemory } from './prior-provider.ts';
export type { Beside } from './prior-provider.ts';
export { chooseSymbol, logProbability, temperedWeights } from './distribution.ts';
export { openingSymbols } from './prime.ts';
export { sample } from './sampler.ts';
export type { SampleOptions } from './sampler.ts';
