// A training step in the obvious way with TensorFlow.js's operations on its WebAssembly backend. Prints its name;
// then answers each line of standard input, a JSON object with the sizes, with the seconds that a step took and
// the symbols in it.
import { createInterface } from 'node:readline';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/** Each step of time costs the same, so a short window is enough. */
const LONGEST_WINDOW = 20;

// The backend looks for its files in its own folder, which a bundle does not have.
globalThis.__dirname = '.';
setWasmPaths('bench/peers/tfjs-wasm/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
await tf.setBackend('wasm');

/** @returns a function that takes a step and returns the symbols in it. */
function prepare({ units, embedding: E, layers, batchSize: B, sequenceLength, symbols: V }) {
  const T = Math.min(sequenceLength, LONGEST_WINDOW);
  const bound = 1 / Math.sqrt(units);
  const uniform = (...shape) => tf.variable(tf.randomUniform(shape, -bound, bound));
  const embedding = uniform(V, E);
  const cells = Array.from({ length: layers }, (_, layer) => ({
    weights: uniform((layer > 0 ? units : E) + units, 4 * units),
    bias: uniform(4 * units),
  }));
  const decoder = { weights: uniform(units, V), bias: uniform(V) };
  const optimizer = tf.train.adam(0.002);
  const forgetBias = tf.scalar(1);
  const [x, y] = [0, 1].map(() => tf.randomUniform([T * B], 0, V, 'int32'));

  const loss = () => {
    const state = cells.map(() => ({ c: tf.zeros([B, units]), h: tf.zeros([B, units]) }));
    // A product with one-hot rows: the backend lacks the gradient of a gather.
    const embedded = tf.reshape(tf.matMul(tf.oneHot(x, V), embedding), [T, B, units]);
    const outputs = tf.unstack(embedded).map((input) =>
      cells.reduce((below, { weights, bias }, l) => {
        const [c, h] = tf.basicLSTMCell(forgetBias, weights, bias, below, state[l].c, state[l].h);
        state[l] = { c, h };
        return h;
      }, input),
    );
    const logits = tf.add(tf.matMul(tf.concat(outputs), decoder.weights), decoder.bias);
    const logProbabilities = tf.sum(tf.mul(tf.oneHot(y, V), tf.logSoftmax(logits)), 1);
    return tf.neg(tf.mean(logProbabilities));
  };
  return () => {
    const value = optimizer.minimize(loss, true);
    value.dataSync();
    value.dispose();
    return T * B;
  };
}

console.log(`tfjs-backend-wasm ${tf.version_core}`);
let prepared;
let step;
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== prepared) {
    prepared = line;
    step = prepare(JSON.parse(line));
  }
  const start = performance.now();
  const symbols = step();
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, symbols }));
}
