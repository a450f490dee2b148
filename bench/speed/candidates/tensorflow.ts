import { createTensorFlowEngine, findTensorFlow, threadsFor } from '../../../src/engine/parts.ts';
import type { Candidate } from '../candidate.ts';
import { specificationFor } from '../sizes.ts';
import { engineCandidate } from './engine.ts';
import { tfLayers } from './tf-layers.ts';

/** Our engine on TensorFlow, with as many threads as it takes by itself, where TensorFlow is installed. */
export function tensorFlowEngine(): Candidate[] {
  if (findTensorFlow() === undefined) return [];
  return [
    engineCandidate('tensorflow engine', (sizes) =>
      createTensorFlowEngine(threadsFor(specificationFor(sizes), sizes)),
    ),
  ];
}

/** TensorFlow.js's own layers on the same TensorFlow. */
export function layersOfTensorFlow(): Candidate[] {
  return findTensorFlow() === undefined ? [] : [tfLayers];
}
