import { createRequire } from 'node:module';
import { findTensorFlow } from '../../../src/engine/parts.ts';
import type { Candidate, Prepared } from '../candidate.ts';
import type { Sizes } from '../sizes.ts';
import { SYMBOLS } from '../text.ts';

interface Tensor {
  flatten(): Tensor;
  reshape(shape: number[]): Tensor;
  dataSync(): Float32Array;
  dispose(): void;
}

/** The part of tfjs-node that is used here. */
interface TfjsNode {
  readonly layers: Record<'embedding' | 'lstm' | 'dense' | 'timeDistributed', (options: object) => object>;
  readonly train: {
    adam(rate: number): { minimize(loss: () => Tensor, returnCost: true): Tensor };
  };
  readonly losses: { softmaxCrossEntropy(labels: Tensor, logits: Tensor): Tensor };
  sequential(): { add(layer: object): void; apply(x: Tensor, options: object): Tensor; dispose(): void };
  oneHot(numbers: Tensor, depth: number): Tensor;
  randomUniform(shape: number[], from: number, to: number, type: 'int32'): Tensor;
}

/** A training step in the obvious way with TensorFlow.js's layers; it does not clip, which would be more work. */
export const tfLayers: Candidate = {
  name: 'tf.layers.lstm on tfjs-node',
  ours: false,
  prepare: (_work, sizes) => Promise.resolve(prepare(sizes)),
  close: () => undefined,
};

function prepare({ units, embedding = units, layers, batchSize, sequenceLength }: Sizes): Prepared {
  const place = findTensorFlow();
  if (place === undefined) throw new Error('TensorFlow is not installed');
  const tf = createRequire(place.module)(place.module) as TfjsNode;
  const model = tf.sequential();
  model.add(tf.layers.embedding({ inputDim: SYMBOLS, outputDim: embedding, inputLength: sequenceLength }));
  for (let layer = 0; layer < layers; layer++) {
    // The default, orthogonal, takes minutes to draw.
    model.add(tf.layers.lstm({ units, returnSequences: true, recurrentInitializer: 'glorotUniform' }));
  }
  model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: SYMBOLS }) }));
  const optimizer = tf.train.adam(0.002);
  const symbols = batchSize * sequenceLength;
  const [x, y] = [0, 1].map(() => tf.randomUniform([batchSize, sequenceLength], 0, SYMBOLS, 'int32'));
  return {
    run: () => {
      const start = performance.now();
      const loss = optimizer.minimize(() => {
        const logits = model.apply(x, { training: true }).reshape([symbols, SYMBOLS]);
        return tf.losses.softmaxCrossEntropy(tf.oneHot(y.flatten(), SYMBOLS), logits);
      }, true);
      loss.dataSync();
      loss.dispose();
      return Promise.resolve((performance.now() - start) / 1000 / symbols);
    },
    dispose: () => model.dispose(),
  };
}
