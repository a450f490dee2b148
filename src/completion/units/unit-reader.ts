import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import type { Vocabulary } from '../../corpus/index.ts';
import type { Stepper } from '../../engine/index.ts';
import type { NetworkSpecification } from '../../model/index.ts';
import { openingSymbols } from '../../sampling/index.ts';

/** What is needed of a network to see its units. */
export interface UnitNetwork {
  readonly stepper: Stepper;
  readonly vocabulary: Vocabulary;
}

/** Units of all layers. */
export function unitCount({ layers, units }: Pick<NetworkSpecification, 'layers' | 'units'>): number {
  return layers * units;
}

/** That a unit was chosen in a network of another shape. */
export function noSuchUnitError(): UserFacingError {
  return new UserFacingError(message`The network has no such unit any more; choose another one.`);
}

/** The state before a text. @param atFileStart whether the text is the beginning of its file */
export function stateBefore({ stepper, vocabulary }: UnitNetwork, atFileStart: boolean): Float32Array {
  const { specification, stateSize } = stepper;
  const state = new Float32Array(stateSize);
  stepper.feed(
    openingSymbols(vocabulary, atFileStart),
    state,
    new Float32Array(specification.vocabularySize),
  );
  return state;
}

/**
 * Reads a text symbol by symbol and says what each unit holds: tanh of an LSTM's cell value, after Karpathy, Johnson and
 * Li, Visualizing and Understanding Recurrent Networks (2015), or the hidden value of the other cells.
 */
export class UnitReader {
  readonly unitCount: number;
  private readonly network: UnitNetwork;
  /** [stateSize] */
  private readonly current: Float32Array;
  /** The logits, which nobody looks at. */
  private readonly logits: Float32Array;
  private readonly isLstm: boolean;

  /** @param state where reading begins; it is copied. */
  constructor(network: UnitNetwork, state: Float32Array) {
    const { specification } = network.stepper;
    this.network = network;
    this.unitCount = unitCount(specification);
    this.isLstm = specification.cell === 'lstm';
    this.current = state.slice();
    this.logits = new Float32Array(specification.vocabularySize);
  }

  /** A copy of the state, from which can be read on. */
  get state(): Float32Array {
    return this.current.slice();
  }

  /** Reads on. @param text normalised */
  read(text: string): void {
    const { stepper, vocabulary } = this.network;
    stepper.feed(vocabulary.encode(text), this.current, this.logits);
  }

  /** Writes the values of all units, from -1 to 1, to `values` [unitCount]. */
  writeValues(values: Float64Array): void {
    const { current, unitCount, isLstm } = this;
    // The state of an LSTM is h, then c.
    for (let unit = 0; unit < unitCount; unit++) {
      values[unit] = isLstm ? Math.tanh(current[unitCount + unit]) : current[unit];
    }
  }
}
