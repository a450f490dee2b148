import manifest from '../../package.json';
import type { TrainingOptions } from '../../src/training/index.ts';

const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Record<string, { readonly default: unknown }>;

/** What a setting is where nobody set it; `key` without `charRnn.`. */
export function usual<T>(key: string): T {
  return properties[`charRnn.${key}`].default as T;
}

/** How the editor trains where nobody set anything, but for what ends it. */
export function usualTraining(): Omit<TrainingOptions, 'minutes' | 'steps'> {
  const embedding = usual<number | null>('model.embedding');
  return {
    cell: usual('model.cell'),
    layers: usual('model.layers'),
    units: usual('model.units'),
    ...(embedding === null ? {} : { embedding }),
    dropout: usual('model.dropout'),
    batchSize: usual('training.batchSize'),
    sequenceLength: usual('training.sequenceLength'),
    epochs: usual('training.epochs'),
    optimizer: usual('training.optimizer'),
    learningRate: usual('training.learningRate'),
    learningRateDecay: usual('training.learningRateDecay'),
    clipNorm: usual('training.clipNorm'),
    validationFraction: usual('training.validationFraction'),
    seed: usual('training.seed'),
  };
}
