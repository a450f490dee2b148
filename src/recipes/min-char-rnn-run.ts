import { readFile } from 'node:fs/promises';
import { Vocabulary } from '../corpus/index.ts';
import type { Stepper } from '../engine/index.ts';
import { UserFacingError } from '../common/errors.ts';
import { Yielder } from '../common/yielder.ts';
import { checkSpecification, MAX_SAMPLES, writeModel } from '../model/index.ts';
import type { NetworkSpecification, Tensors, WritingSample } from '../model/index.ts';
import { sample } from '../sampling/index.ts';
import type { TrainingOptions } from '../training/index.ts';
import { MinCharRnn, plainParameters, SmoothLoss, Windows } from './min-char-rnn.ts';

/** What the loop reports every `sampleEvery` steps. */
export interface MinCharRnnProgress extends WritingSample {
  /** Loss of a window in nats, as the original prints it. */
  readonly smoothLoss: number;
}

/** Milliseconds of work between two yields to the event loop. */
const STRETCH_MS = 50;
const SAMPLE_LENGTH = 200;

/**
 * Runs the classic loop on a text until the first of its limits, and saves what it learnt as a model like any other.
 * @returns steps taken and the smooth loss.
 * @throws UserFacingError where the text is too short or the file cannot be written.
 */
export async function runMinCharRnn(
  corpusPath: string,
  modelPath: string,
  options: TrainingOptions,
  signal: AbortSignal,
  onProgress: (progress: MinCharRnnProgress) => void,
): Promise<{ readonly steps: number; readonly smoothLoss: number }> {
  const text = await readFile(corpusPath, 'utf8');
  const vocabulary = Vocabulary.fromTexts([text]);
  const symbols = vocabulary.encode(text);
  const { units: H, sequenceLength: T } = options;
  if (symbols.length < T + 2) {
    throw new UserFacingError(
      `The text has ${symbols.length} characters, too few for windows of ${T}; name more text, or lower --sequence-length.`,
    );
  }
  const network = new MinCharRnn(plainParameters(vocabulary.size, H, options.seed));
  const smooth = new SmoothLoss(vocabulary.size, T);
  const windows = new Windows(symbols, T);
  const { epochs, steps: maxSteps = Infinity, minutes = Infinity, sampleEvery = Infinity } = options;
  const specification = checkSpecification({
    cell: 'rnn',
    layers: 1,
    units: H,
    embedding: 0,
    dropout: 0,
    vocabularySize: vocabulary.size,
  });
  const samples: WritingSample[] = [];
  const begin = performance.now();
  const yielder = new Yielder(undefined, STRETCH_MS);
  let steps = 0;
  for (;;) {
    const { inputs, targets, begins } = windows.next();
    const isOver =
      steps >= maxSteps ||
      windows.epochs >= epochs ||
      performance.now() - begin > minutes * 60_000 ||
      signal.aborted;
    if (steps % sampleEvery === 0 || isOver) {
      const epoch = (steps * T) / symbols.length;
      const written = write(stepperOf(network, specification), vocabulary, options);
      samples.push({ step: steps, epoch, loss: smooth.value / T, text: written });
      if (samples.length > MAX_SAMPLES) samples.splice(1, 1);
      onProgress({ ...samples[samples.length - 1], smoothLoss: smooth.value });
    }
    if (isOver) break;
    if (begins) network.reset();
    const loss = network.step(inputs, targets, options.learningRate);
    smooth.add(loss);
    steps++;
    if (yielder.isDue) await yielder.yield();
  }
  const { optimizer, learningRate, learningRateDecay, batchSize, sequenceLength, seed } = options;
  await writeModel(modelPath, {
    specification,
    vocabulary: vocabulary.symbols,
    weights: tensorsOf(network),
    optimizer: null,
    state: null,
    training: {
      steps,
      epochs: windows.epochs,
      characters: steps * T,
      seconds: (performance.now() - begin) / 1000,
      optimizer,
      learningRate,
      learningRateDecay,
      batchSize,
      sequenceLength,
      seed,
      engine: 'min-char-rnn',
      engineReason: 'the recipe',
      savedAt: new Date().toISOString(),
      losses: samples.map(({ step, loss }) => ({ step, loss })),
      validations: [],
      samples,
      resume: null,
    },
  });
  return { steps, smoothLoss: smooth.value };
}

/** The parameters as PyTorch names and lays them out; the second of its two biases is zero. */
function tensorsOf({ parameters: { Wxh, Whh, Why, bh, by } }: MinCharRnn): Tensors {
  return new Map([
    ['rnn.weight_ih_l0', Float32Array.from(Wxh)],
    ['rnn.weight_hh_l0', Float32Array.from(Whh)],
    ['rnn.bias_ih_l0', Float32Array.from(bh)],
    ['rnn.bias_hh_l0', new Float32Array(bh.length)],
    ['decoder.weight', Float32Array.from(Why)],
    ['decoder.bias', Float32Array.from(by)],
  ]);
}

function write(
  stepper: Stepper,
  vocabulary: Vocabulary,
  { samplePrime: prime = '', sampleTemperature: temperature = 1, seed }: TrainingOptions,
): string {
  return [...sample(stepper, vocabulary, { prime, temperature, seed, length: SAMPLE_LENGTH })].join('');
}

/** A stepper that always reads with the network's current weights. */
function stepperOf(network: MinCharRnn, specification: NetworkSpecification): Stepper {
  return {
    specification,
    stateSize: specification.units,
    feed(symbols, state, logits) {
      for (let i = 0; i < symbols.length; i++) state.set(network.advance(state, symbols[i]));
      logits?.set(network.logits(state));
    },
    dispose: () => undefined,
  };
}
