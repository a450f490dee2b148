export { chooseSymbol, logProbability, temperedWeights } from '../sampling/index.ts';
