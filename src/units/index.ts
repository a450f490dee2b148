export { Correlations } from './correlations.ts';
export { FEATURE_NAMES, featuresOf } from './features.ts';
export type { FeatureName, TextPosition } from './features.ts';
export { namedUnits } from './named-units.ts';
export type { NamedUnit } from './named-units.ts';
export { dequantized, quantized } from './quantized.ts';
