import { RandomGenerator } from './random.ts';
import { parameterShapes } from './specification.ts';
import type { NetworkSpecification } from './specification.ts';
import type { Tensors } from './tensors.ts';

/** Initial scale of the logit bias, in every state of the network: the other predictor is nearly trusted as it is. */
const PRIOR_WEIGHT = 0.9;
/** Factor on the initial weights of the joint output layer, so that its noise does not drown the logit bias. */
const JOINT_DECODER_SCALE = 0.1;

/**
 * PyTorch's defaults: embedding N(0, 1), everything of the recurrent layers and the output layers U(±1/√H); and the
 * LSTM's forget gate starts open: bias_ih 1 and bias_hh 0 on its rows (Jozefowicz et al., 2015). A network
 * with a prior has a tenth of that in `prior.decoder.weight`, and begins with `prior.weight` 0.9 and `prior.gate` 0.
 * The same seed gives the same bits on every machine.
 */
export function initialWeights(specification: NetworkSpecification, seed: number): Tensors {
  const { cell, layers, units: H } = specification;
  const random = new RandomGenerator(seed);
  const bound = 1 / Math.sqrt(H);
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(specification)) {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    if (name === 'embedding.weight') {
      for (let i = 0; i < values.length; i++) values[i] = random.nextNormal();
    } else if (name === 'prior.weight') {
      values.fill(PRIOR_WEIGHT);
    } else if (name !== 'prior.gate') {
      const scale = name === 'prior.decoder.weight' ? JOINT_DECODER_SCALE * bound : bound;
      for (let i = 0; i < values.length; i++) values[i] = (2 * random.nextUniform() - 1) * scale;
    }
    weights.set(name, values);
  }
  if (cell === 'lstm') {
    // Gate order i f g o: the forget gate has rows H to 2H.
    for (let l = 0; l < layers; l++) {
      weights.get(`rnn.bias_ih_l${l}`)?.fill(1, H, 2 * H);
      weights.get(`rnn.bias_hh_l${l}`)?.fill(0, H, 2 * H);
    }
  }
  return weights;
}
