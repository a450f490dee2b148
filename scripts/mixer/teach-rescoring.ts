import { RandomGenerator } from '../../src/model/index.ts';
import type { Examples } from './examples.ts';
import { RescoringGradient, type RescoringShape } from './rescoring-gradient.ts';

/** How often all examples are read, in another order each time. */
const EPOCHS = 2;
const BATCH = 256;
/** The rate rises to this in the first steps, or the first eighth of few, and then falls to 0. */
const RATE = 0.002;
const WARM_UP_STEPS = 100;
/** Of Adam (Kingma and Ba, 2015). */
const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;

/**
 * Teaches the weights of the hidden layer by Adam on shuffled examples. Read file by file, with a step for each
 * symbol, it needs several times as many to come as far.
 * @param report receives the mean of ln 1 / p of the examples of an eighth of the work
 */
export function teachRescoring(
  examples: Examples,
  weights: Float32Array,
  shape: RescoringShape,
  report: (loss: number) => void,
  epochs = EPOCHS,
): void {
  const gradient = new RescoringGradient(weights, shape);
  const means = new Float64Array(weights.length);
  const squares = new Float64Array(weights.length);
  const order = Uint32Array.from({ length: examples.count }, (_, i) => i);
  const random = new RandomGenerator(1);
  const perEpoch = Math.floor(order.length / BATCH);
  const steps = perEpoch * epochs;
  const warmUp = Math.min(WARM_UP_STEPS, steps / 8);
  let loss = 0;
  let unreported = 0;
  for (let step = 1; step <= steps; step++) {
    const batch = (step - 1) % perEpoch;
    if (batch === 0) shuffle(order, random);
    for (const index of order.subarray(batch * BATCH, (batch + 1) * BATCH)) {
      loss += gradient.add(examples.at(index));
    }
    const rate = RATE * Math.min(1, step / warmUp) * (1 - step / steps);
    move(gradient, means, squares, step, rate);
    unreported += BATCH;
    if (step % Math.ceil(steps / 8) !== 0 && step !== steps) continue;
    report(loss / unreported);
    loss = 0;
    unreported = 0;
  }
}

/** One step of Adam; empties the gradient. */
function move(
  { weights, sum }: RescoringGradient,
  means: Float64Array,
  squares: Float64Array,
  step: number,
  rate: number,
): void {
  const scale = (rate * Math.sqrt(1 - SQUARE_DECAY ** step)) / (1 - MEAN_DECAY ** step);
  for (let i = 0; i < weights.length; i++) {
    const g = sum[i] / BATCH;
    const mean = MEAN_DECAY * means[i] + (1 - MEAN_DECAY) * g;
    const square = SQUARE_DECAY * squares[i] + (1 - SQUARE_DECAY) * g * g;
    means[i] = mean;
    squares[i] = square;
    weights[i] -= (scale * mean) / (Math.sqrt(square) + EPSILON);
    sum[i] = 0;
  }
}

/** Fisher and Yates. */
function shuffle(order: Uint32Array, random: RandomGenerator): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.nextUniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}
