import { createTensorFlowEngine, findTensorFlow, threadsFor } from '../../src/engine/tensorflow/index.ts';
import type { Contender } from '../contender.ts';
import { specificationFor } from '../sizes.ts';
import { engineContender } from './engine.ts';
import { tfLayers } from './tf-layers.ts';

/** Our engine on TensorFlow, with as many threads as it takes by itself, where TensorFlow is installed. */
export function tensorFlowEngine(): Contender[] {
  if (findTensorFlow() === undefined) return [];
  return [
    engineContender('tensorflow engine', (sizes) =>
      createTensorFlowEngine(threadsFor(specificationFor(sizes), sizes)),
    ),
  ];
}

/** The obvious way on the same TensorFlow. */
export function layersOfTensorFlow(): Contender[] {
  return findTensorFlow() === undefined ? [] : [tfLayers];
}
