import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Vocabulary } from '../../../src/corpus/index.ts';
import type { Batch, Engine } from '../../../src/engine/index.ts';
import { createTensorFlowEngine } from '../../../src/engine/tensorflow/index.ts';
import { createWasmEngine } from '../../../src/engine/wasm/index.ts';
import { initialWeights } from '../../../src/model/index.ts';
import { adamUpdate } from '../networks.ts';
import { describeWithTensorFlow } from './available.ts';

const streams = 16;
const length = 32;
const steps = 300;

/** Window number `index` of B streams through the text. */
function windowOf(text: Int32Array, index: number): Batch {
  const stream = Math.floor(text.length / streams);
  const values = (shift: number) =>
    Int32Array.from({ length: length * streams }, (_, i) => {
      const [t, b] = [Math.floor(i / streams), i % streams];
      return text[(b * stream + index * length + t + shift) % text.length];
    });
  return { sequenceLength: length, inputs: values(0), targets: values(1) };
}

describeWithTensorFlow('learning', () => {
  // Takes some seconds: rounding grows with the steps, so only many of them show that the engines learn alike.
  it('goes the same way with both engines for 300 steps', async () => {
    const folder = path.resolve(import.meta.dirname, '..');
    const text = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    const vocabulary = Vocabulary.fromTexts([text]);
    const symbols = vocabulary.encode(text);
    const specification = {
      cell: 'lstm',
      layers: 2,
      units: 48,
      embedding: 48,
      dropout: 0,
      vocabularySize: vocabulary.size,
    } as const;
    const lossesOf = async (engine: Engine) => {
      const limits = { batchSize: streams, sequenceLength: length };
      const network = await engine.createNetwork(specification, limits);
      network.setWeights(initialWeights(specification, 0));
      const losses: number[] = [];
      for (let step = 0; step <= steps; step++) {
        losses.push(network.trainStep(windowOf(symbols, step), adamUpdate(0.002, 5)).loss);
      }
      network.dispose();
      return losses;
    };
    const wasm = await lossesOf(await createWasmEngine());
    const tensorflow = await lossesOf(await createTensorFlowEngine());
    expect(wasm[steps]).toBeLessThan(0.8 * wasm[0]);
    for (let step = 0; step <= steps; step += 50) {
      expect(Math.abs(tensorflow[step] / wasm[step] - 1), `at step ${step}`).toBeLessThan(0.005);
    }
  });
});
