export { addPrior, besideFor, idsByCodePoint, TextMemory } from './beside.ts';
export type { Beside } from './beside.ts';
export { chooseSymbol, logProbability, temperedWeights } from './distribution.ts';
export { normalized, openingSymbols } from './opening.ts';
export { sample } from './sampler.ts';
export type { SampleOptions } from './sampler.ts';
