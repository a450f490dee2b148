import type { NetworkSpecification } from './specification.ts';
import type { Tensors } from './tensors.ts';

/**
 * PyTorch's defaults: embedding N(0, 1), everything of the recurrent layers and the decoder U(±1/√H); and the
 * LSTM's forget gate biased to remember: bias_ih 1, bias_hh 0 on its rows (Jozefowicz et al., 2015).
 * The same seed gives the same bits on every machine.
 */
export function initialWeights(_specification: NetworkSpecification, _seed: number): Tensors {
  throw new Error('in progress');
}
