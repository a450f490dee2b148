import type { Correlations } from './correlations.ts';
import { FEATURE_NAMES, type FeatureName } from './features.ts';

/** A unit of which can be said what it follows. */
export interface NamedUnit {
  /** Its index among the units of all layers, the first layer's first. */
  readonly unit: number;
  readonly feature: FeatureName;
  /** r of the unit's value and the feature, from -1 to 1. */
  readonly correlation: number;
}

/** A weaker correlation is hardly seen when the unit colours a text. */
const MIN_CORRELATION = 0.3;
const MAX_UNITS_PER_FEATURE = 3;

/**
 * The units that follow a feature best, each with the feature that it follows best, the strongest first.
 * @param correlations of `unitCount` units with the features of `featuresOf`
 */
export function namedUnits(correlations: Correlations, unitCount: number): NamedUnit[] {
  const units = Array.from({ length: unitCount }, (_, unit) => bestOf(correlations, unit))
    .filter(({ correlation }) => Math.abs(correlation) >= MIN_CORRELATION)
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.unit - b.unit);
  const taken = new Map<FeatureName, number>();
  return units.filter(({ feature }) => {
    const count = (taken.get(feature) ?? 0) + 1;
    taken.set(feature, count);
    return count <= MAX_UNITS_PER_FEATURE;
  });
}

function bestOf(correlations: Correlations, unit: number): NamedUnit {
  return FEATURE_NAMES.map((feature, at) => ({
    unit,
    feature,
    correlation: correlations.between(unit, at),
  })).reduce((best, each) => (Math.abs(each.correlation) > Math.abs(best.correlation) ? each : best));
}
