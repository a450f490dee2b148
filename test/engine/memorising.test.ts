import { describe, expect, it } from 'vitest';
import { createTensorFlowEngine } from '../../src/engine/tensorflow/index.ts';
import { createWasmEngine } from '../../src/engine/wasm/index.ts';
import { initialWeights } from '../../src/model/index.ts';
import type { Cell, Optimizer } from '../../src/model/index.ts';
import { cells, optimizers } from './networks.ts';
import { describeWithTensorFlow } from './tensorflow/available.ts';

const text = `for (let row = 0; row < rows.length; row++) {
  const { name, size } = rows[row];
  if (size > limit) throw new RangeError(\`too big: \${name}\`);
  total += size * weights.get(name);
}
return total / n;`;
const symbols = [...new Set(text)];
const ids = Int32Array.from(text, (symbol) => symbols.indexOf(symbol));
const length = ids.length - 1;

/** Learning rate, and the loss in nats that is reached within `mostSteps`. */
const goals: Readonly<Record<Optimizer, { readonly rate: number; readonly loss: number }>> = {
  adam: { rate: 0.02, loss: 0.02 },
  rmsprop: { rate: 0.003, loss: 0.02 },
  adagrad: { rate: 0.05, loss: 0.02 },
  sgd: { rate: 1, loss: 0.45 },
};
const mostSteps = 400;

for (const { name, create, suite } of [
  { name: 'wasm', create: createWasmEngine, suite: describe },
  { name: 'tensorflow', create: createTensorFlowEngine, suite: describeWithTensorFlow },
]) {
  suite(`the ${name} engine learns ${text.length} characters by heart`, () => {
    for (const cell of cells) {
      for (const kind of Object.keys(goals) as Optimizer[]) {
        it(`with ${cell} and ${kind}`, () => memorise(create, cell, kind));
      }
    }
  });
}

async function memorise(
  create: typeof createWasmEngine | typeof createTensorFlowEngine,
  cell: Cell,
  kind: Optimizer,
) {
  const engine = await create();
  const specification = {
    cell,
    layers: 1,
    units: 64,
    embedding: 32,
    dropout: 0,
    vocabularySize: symbols.length,
  };
  const { rate, loss: goal } = goals[kind];
  const network = await engine.createNetwork(specification, { batchSize: 1, sequenceLength: length });
  network.setWeights(initialWeights(specification, 0));
  const batch = { sequenceLength: length, inputs: ids.subarray(0, -1), targets: ids.subarray(1) };
  const update = { optimizer: optimizers[kind], learningRate: rate, clipNorm: 1 };
  let loss = Infinity;
  for (let step = 0; step < mostSteps && loss > goal; step++) {
    network.resetState();
    ({ loss } = network.trainStep(batch, update));
  }
  expect(loss).toBeLessThanOrEqual(goal);
  if (kind !== 'sgd') {
    const stepper = await engine.createStepper(specification, network.weights());
    const state = new Float32Array(stepper.stateSize);
    const logits = new Float32Array(symbols.length);
    let written = text[0];
    while (written.length < text.length) {
      stepper.feed([symbols.indexOf(written.at(-1)!)], state, logits);
      written += symbols[logits.indexOf(Math.max(...logits))];
    }
    expect(written).toBe(text);
    stepper.dispose();
  }
  network.dispose();
}
