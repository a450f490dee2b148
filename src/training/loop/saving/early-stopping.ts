import type { Model } from '../../../model/index.ts';
import type { BitsPerCharacter } from '../../data/evaluation.ts';

/** Measures in a row without a gain after which none is to be expected. */
const PATIENCE = 4;
/** Part by which the cost has to fall to count as a gain: the noise of measures must not keep a training from ending. */
const MIN_GAIN = 0.0005;
/**
 * Weight of the network alone beside both together. Samples come from the network alone, which goes on learning when
 * both together, as they are measured here, have long been at their best; and these overstate what is lost by it, since
 * the editor's predictor learns while it is used how far to believe either. In the editor's shape, from the best step
 * together to a later one: gin 1.10 (Go), steps 473 and 2,600, together 11 % worse, alone 10 % better, the editor's
 * predictor 1.9 % better, `evaluate` without a workspace 19 % better; @tanstack/query-core 5.59 (TypeScript), steps
 * 900 and 2,200, together 3 % worse, alone 4 % better, the editor's predictor 1.1 % worse.
 */
const ALONE_WEIGHT = 1;
/** However well the network writes alone, both together may cost this times the fewest bits at the most. */
const MAX_TOGETHER_FACTOR = 1.08;
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
  private resumed: Model | undefined;
  private candidate: Candidate | undefined;
  /** Cost of the last measure that was a gain. */
  private reference = Infinity;
  private measuresWithoutGain = 0;
  /** The most bits that a candidate may cost: a resumed model's own, and little more than the fewest so far. */
  private maxBits = Infinity;

  /** @param resumed the model that is measured first, and that no later one may be worse than. */
  constructor(resumed?: Model) {
    this.resumed = resumed;
  }

  /** The resumed model until it is measured. */
  get unmeasured(): Model | undefined {
    return this.resumed;
  }

  /** The model to keep: the best one, the resumed one before any is measured; undefined without either. */
  get kept(): Model | undefined {
    return this.candidate?.model ?? this.resumed;
  }

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
    const isFirst = this.candidate === undefined;
    const slack = this.resumed ? 1 : MAX_TOGETHER_FACTOR;
    this.resumed = undefined;
    this.maxBits = Math.min(this.maxBits, slack * bitsPerCharacter);
    const cost = costOf(measure);
    if (isFirst || (bitsPerCharacter <= this.maxBits && cost < costOf(this.candidate!.measure))) {
      this.candidate = { measure, model: snapshot() };
    }
    if (cost < this.reference - MIN_GAIN) {
      this.reference = cost;
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

/** What is minimised: ln of the bits together, and where a network was trained jointly that of its own, weighed. */
function costOf({ bitsPerCharacter, bitsPerCharacterAlone: alone }: BitsPerCharacter): number {
  return Math.log(bitsPerCharacter) + (alone === undefined ? 0 : ALONE_WEIGHT * Math.log(alone));
}
