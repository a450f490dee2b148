import type { TrainableNetwork } from '../../engine/index.ts';
import type { OptimizerState, Tensors } from '../../model/index.ts';

/** Held-out measures without a gain after which there is nothing more to expect. */
const PATIENCE = 4;
/** Bits per character that count as a gain. */
const LEAST_GAIN = 0.001;

type Trained = Pick<
  TrainableNetwork,
  'weights' | 'setWeights' | 'optimizerState' | 'setOptimizerState' | 'resetState'
>;

/**
 * The weights that predicted the held-out files best so far ("early stopping": Prechelt, 1998): a small corpus is
 * soon known by heart, and what is learnt from then on makes everything else worse.
 */
export class BestWeights {
  private best:
    | { readonly bitsPerCharacter: number; readonly weights: Tensors; readonly optimizer: OptimizerState }
    | undefined;
  private last = Infinity;
  private measuresWithoutGain = 0;

  /** @param network as it was measured. */
  add(bitsPerCharacter: number, network: Trained): void {
    this.last = bitsPerCharacter;
    if (this.best && bitsPerCharacter > this.best.bitsPerCharacter - LEAST_GAIN) {
      this.measuresWithoutGain++;
      return;
    }
    this.measuresWithoutGain = 0;
    this.best = { bitsPerCharacter, weights: network.weights(), optimizer: network.optimizerState() };
  }

  get isExhausted(): boolean {
    return this.measuresWithoutGain >= PATIENCE;
  }

  /** Gives the network the best weights back. @returns their bits per character; undefined where it has them. */
  restore(network: Trained): number | undefined {
    if (!this.best || this.last <= this.best.bitsPerCharacter) return undefined;
    network.setWeights(this.best.weights);
    network.setOptimizerState(this.best.optimizer);
    network.resetState();
    this.last = this.best.bitsPerCharacter;
    return this.last;
  }
}
