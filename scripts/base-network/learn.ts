import { existsSync } from 'node:fs';
import { createWasmEngine } from '../../src/engine/index.ts';
import type { TrainableNetwork, Update } from '../../src/engine/index.ts';
import { initialWeights, readModel, writeModel } from '../../src/model/index.ts';
import type { Model, NetworkSpecification } from '../../src/model/index.ts';
import { Streams } from '../../src/training/parts.ts';

/** How the base network is trained. */
export interface Plan {
  /** Optimizer steps; the learning rate falls to zero over the last `decaySteps` of them. */
  readonly steps: number;
  readonly decaySteps: number;
  /** Threads to compute with; another number gives other bits. */
  readonly threads: number;
}

export const BATCH_SIZE = 32;
export const SEQUENCE_LENGTH = 64;
const LEARNING_RATE = 0.002;
const WARM_UP_STEPS = 500;
const CLIP_NORM = 1;
const SEED = 13;
const STEPS_BETWEEN_REPORTS = 500;
const STEPS_BETWEEN_CHECKPOINTS = 1000;

/**
 * Trains a network on symbols, or goes on from the checkpoint where there is one, which gives the same bits.
 * @param symbols [N]
 */
export async function learn(
  specification: NetworkSpecification,
  vocabulary: readonly string[],
  symbols: Uint16Array,
  plan: Plan,
  checkpoint: string,
): Promise<Model> {
  const streams = new Streams(symbols, { batchSize: BATCH_SIZE, sequenceLength: SEQUENCE_LENGTH });
  const engine = await createWasmEngine({ kernels: 'wide', threads: plan.threads });
  const network = await engine.createNetwork(specification, streams);
  let step = await resume(network, specification, checkpoint);
  let nats = 0;
  const begin = performance.now();
  const firstStep = step;
  while (step < plan.steps) {
    const batch = streams.window(step % streams.windows);
    const { loss } = network.trainStep(batch, updateAt(step, plan));
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss} after ${step} steps`);
    nats += loss;
    step++;
    if (step % streams.windows === 0) network.resetState();
    if (step % STEPS_BETWEEN_REPORTS === 0) {
      const speed = ((step - firstStep) * BATCH_SIZE * SEQUENCE_LENGTH * 1000) / (performance.now() - begin);
      const bits = nats / STEPS_BETWEEN_REPORTS / Math.LN2;
      console.log(
        `${new Date().toISOString().slice(11, 19)} step ${step}, epoch ${(step / streams.windows).toFixed(3)}: ${bits.toFixed(3)} bits, ${speed.toFixed(0)} characters/s`,
      );
      nats = 0;
    }
    if (step % STEPS_BETWEEN_CHECKPOINTS === 0) {
      await writeModel(checkpoint, modelOf(network, specification, vocabulary, step));
    }
  }
  const model = modelOf(network, specification, vocabulary, step);
  network.dispose();
  await writeModel(checkpoint, model);
  return model;
}

/** @returns the steps done so far. */
async function resume(
  network: TrainableNetwork,
  specification: NetworkSpecification,
  checkpoint: string,
): Promise<number> {
  if (!existsSync(checkpoint)) {
    network.setWeights(initialWeights(specification, SEED));
    return 0;
  }
  const { weights, optimizer, state, training } = await readModel(checkpoint);
  network.setWeights(weights);
  network.setOptimizerState(optimizer!);
  network.setState(state!);
  return training.steps;
}

/** Linear warm-up, then a constant rate, then a linear fall to zero. */
function updateAt(step: number, { steps, decaySteps }: Plan): Update {
  const factor = Math.min(1, (step + 1) / WARM_UP_STEPS, (steps - step) / decaySteps);
  return {
    optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    learningRate: LEARNING_RATE * factor,
    clipNorm: CLIP_NORM,
  };
}

function modelOf(
  network: TrainableNetwork,
  specification: NetworkSpecification,
  vocabulary: readonly string[],
  steps: number,
): Model {
  return {
    specification,
    vocabulary,
    weights: network.weights(),
    optimizer: network.optimizerState(),
    state: network.state(),
    training: {
      steps,
      epochs: 0,
      characters: steps * BATCH_SIZE * SEQUENCE_LENGTH,
      seconds: 0,
      optimizer: 'adam',
      learningRate: LEARNING_RATE,
      learningRateDecay: 1,
      batchSize: BATCH_SIZE,
      sequenceLength: SEQUENCE_LENGTH,
      seed: SEED,
      engine: 'wasm',
      engineReason: 'asked for',
      // The same bits whenever it is trained.
      savedAt: '2000-01-01T00:00:00Z',
      losses: [],
      validations: [],
      samples: [],
      resume: null,
    },
  };
}

/** Bits a character that a network needs for symbols [N], read as one stream. */
export async function bitsPerCharacter(
  specification: NetworkSpecification,
  weights: Model['weights'],
  symbols: Uint16Array,
): Promise<number> {
  const streams = new Streams(symbols, { batchSize: BATCH_SIZE, sequenceLength: SEQUENCE_LENGTH });
  const network = await (await createWasmEngine()).createNetwork(specification, streams);
  network.setWeights(weights);
  let nats = 0;
  let characters = 0;
  for (let window = 0; window < streams.windows; window++) {
    const { loss, count } = network.evaluate(streams.window(window));
    nats += loss;
    characters += count;
  }
  network.dispose();
  return nats / characters / Math.LN2;
}
