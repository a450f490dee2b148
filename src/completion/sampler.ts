export { sample } from '../sampling/index.ts';
export type { SampleOptions } from '../sampling/index.ts';
