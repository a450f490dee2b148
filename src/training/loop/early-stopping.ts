import type { Model } from '../../model/index.ts';
import type { BitsPerCharacter } from '../data/evaluation.ts';

/** Measures in a row without a gain after which none is to be expected. */
const PATIENCE = 4;
/** Bits per character that count as a gain, so that the noise of measures does not keep a training from ending. */
const MIN_GAIN = 0.001;
/**
 * Suggestions come from network and context model together, so that is what a joint training goes by. Samples come from
 * the network alone, so a model is rejected for which it costs more than this times what it costs for the best one.
 * Measured on 362,428 characters of TypeScript (@tanstack/query-core 5.17), both together are best first (step 972:
 * together 0.692 bits, network alone 1.392) and the network alone later (step 2268: 0.716 and 1.339), so a rejection
 * is an exception.
 */
const MAX_ALONE_FACTOR = 1.01;
/**
 * A measure of more than this times the best one's bits means that the training diverges. Measured: overfitting cost up
 * to 1.2 times the best bits (1.499 after 1.290), a learning rate of 3 cost 10 times (38.9 after 3.78) and more.
 */
const DIVERGED_FACTOR = 3;

/** A model and what the held-out files cost with its weights. */
export interface Candidate {
  readonly measure: BitsPerCharacter;
  readonly model: Model;
}

/**
 * Keeps the model that predicted the held-out files best so far, and says when there is nothing more to expect
 * ("early stopping": Prechelt, 1998): a small corpus is soon known by heart, and what is learnt from then on makes
 * everything else worse.
 */
export class EarlyStopping {
  private candidate: Candidate | undefined;
  /** Bits of the last measure that was a gain. */
  private reference = Infinity;
  private measuresWithoutGain = 0;

  /** The best candidate so far; undefined before the first. */
  get best(): Candidate | undefined {
    return this.candidate;
  }

  /** Whether the held-out files have not been predicted better for a while. */
  get isExhausted(): boolean {
    return this.measuresWithoutGain >= PATIENCE;
  }

  /** @param snapshot copies the model as it was measured; called where it is the best. */
  add(measure: BitsPerCharacter, snapshot: () => Model): void {
    const { bitsPerCharacter } = measure;
    const isBest = !this.candidate || isBetter(measure, this.candidate.measure);
    if (isBest) this.candidate = { measure, model: snapshot() };
    if (isBest && bitsPerCharacter < this.reference - MIN_GAIN) {
      this.reference = bitsPerCharacter;
      this.measuresWithoutGain = 0;
    } else {
      this.measuresWithoutGain++;
    }
  }

  /** Whether a measure is so far above the best one that the training has diverged. */
  isDiverged({ bitsPerCharacter }: BitsPerCharacter): boolean {
    const best = this.candidate?.measure.bitsPerCharacter ?? Infinity;
    return !Number.isFinite(bitsPerCharacter) || bitsPerCharacter > DIVERGED_FACTOR * best;
  }
}

function isBetter(measure: BitsPerCharacter, best: BitsPerCharacter): boolean {
  const { bitsPerCharacterAlone: alone = 0 } = measure;
  const maxAlone = MAX_ALONE_FACTOR * (best.bitsPerCharacterAlone ?? Infinity);
  return measure.bitsPerCharacter < best.bitsPerCharacter && alone <= maxAlone;
}
