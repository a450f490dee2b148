import { stateNames } from '../../model/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import type { Stepper } from '../engine.ts';
import { biasScaleOf } from '../bias-scale.ts';
import { ReferenceNetwork } from './network.ts';

/** Reads one stream through a network of batch 1 in windows of one symbol. The state is h [L, H], then c of an LSTM. */
export class ReferenceStepper implements Stepper {
  readonly specification: NetworkSpecification;
  readonly stateSize: number;
  readonly biasScale: Stepper['biasScale'];
  private readonly network: ReferenceNetwork;
  private readonly decoder: Float32Array;
  private readonly bias: Float32Array;

  constructor(specification: NetworkSpecification, weights: Tensors) {
    this.specification = specification;
    this.stateSize = stateNames(specification.cell).length * specification.layers * specification.units;
    this.biasScale = biasScaleOf(specification, weights);
    this.network = new ReferenceNetwork(specification, { batchSize: 1, sequenceLength: 1 });
    this.network.setWeights(weights);
    this.decoder = weights.get('decoder.weight') ?? new Float32Array();
    this.bias = weights.get('decoder.bias') ?? new Float32Array();
  }

  feed(symbols: ArrayLike<number>, state: Float32Array, logits?: Float32Array): void {
    const { units: H, layers: L } = this.specification;
    const half = L * H;
    this.network.setState(
      new Map([
        ['h', state.subarray(0, half)],
        ['c', state.subarray(half)],
      ]),
    );
    for (const symbol of Array.from(symbols)) {
      this.network.logits({
        sequenceLength: 1,
        inputs: Int32Array.of(symbol),
        targets: Int32Array.of(-1),
      });
    }
    const next = this.network.state();
    state.set(next.get('h') ?? [], 0);
    state.set(next.get('c') ?? [], half);
    if (!logits) return;
    this.bias.forEach((bias, v) => {
      let sum = bias;
      for (let k = 0; k < H; k++) sum += this.decoder[v * H + k] * state[half - H + k];
      logits[v] = sum;
    });
  }

  dispose(): void {
    this.network.dispose();
  }
}
