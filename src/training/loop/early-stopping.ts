import type { Model } from '../../model/index.ts';
import type { BitsPerCharacter } from '../data/evaluation.ts';

/** Measures in a row without a gain after which none is to be expected. */
const PATIENCE = 4;
/** Bits per character that count as a gain, so that the noise of measures does not keep a training from ending. */
const MIN_GAIN = 0.001;
/**
 * A measure of so many times the best one's bits is no overfitting any more: one with a learning rate of 3 came to
 * ten times, the worst overfitting that was seen to less than twice.
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
    if (bitsPerCharacter < this.reference - MIN_GAIN) {
      this.reference = bitsPerCharacter;
      this.measuresWithoutGain = 0;
    } else {
      this.measuresWithoutGain++;
    }
    if (!this.candidate || bitsPerCharacter < this.candidate.measure.bitsPerCharacter) {
      this.candidate = { measure, model: snapshot() };
    }
  }

  /** Whether a measure is so far above the best one that the training has diverged. */
  isDiverged({ bitsPerCharacter }: BitsPerCharacter): boolean {
    const best = this.candidate?.measure.bitsPerCharacter ?? Infinity;
    return !Number.isFinite(bitsPerCharacter) || bitsPerCharacter > DIVERGED_FACTOR * best;
  }
}
