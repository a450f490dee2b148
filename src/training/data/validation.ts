import { chooseFiles } from '../../corpus/index.ts';
import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { FileEvaluator } from './evaluation.ts';
import type { PackedPriors } from './priors/sparse-priors.ts';

/** Enough for two digits of the figure, and a few seconds of work. */
const MOST_CHARACTERS = 200_000;
const SECONDS_BETWEEN = 60;
/** Somebody is watching and wants to know. */
const SECONDS_BEFORE_FIRST = 20;
const SECONDS_BETWEEN_EPOCH_ENDS = 5;
/** Part of a run's time that validation may take. */
const SHARE_OF_TIME = 0.1;
/** Forward alone takes about this part of a training step. */
const FORWARD_SHARE = 1 / 3;

/** Measures held-out bits per character now and then, within its share of the time. */
export class Validator {
  private readonly evaluator: FileEvaluator;
  private readonly characters: number;
  /** Seconds since the run's begin. */
  private lastAt = 0;
  private spent = 0;
  private lastTook: number | undefined;

  private constructor(evaluator: FileEvaluator, characters: number) {
    this.evaluator = evaluator;
    this.characters = characters;
  }

  /**
   * @param files as `validationFiles` chose them; undefined where they are none.
   * @param priors what a memory of the training files expects along each of them, for a network with a prior.
   */
  static async create(
    engine: Engine,
    specification: NetworkSpecification,
    vocabulary: Vocabulary,
    files: readonly SourceFile[],
    priors?: readonly PackedPriors[],
  ): Promise<Validator | undefined> {
    const characters = files.reduce((sum, file) => sum + file.characters, 0);
    if (characters === 0) return undefined;
    const evaluator = await FileEvaluator.create(engine, specification, vocabulary, files, priors);
    return new Validator(evaluator, characters);
  }

  /** Whether it is time, at `elapsed` seconds of the run, for a network that trains at `charactersPerSecond`. */
  isDue(elapsed: number, epochEnded: boolean, charactersPerSecond: number): boolean {
    const between = this.lastTook === undefined ? SECONDS_BEFORE_FIRST : SECONDS_BETWEEN;
    if (elapsed - this.lastAt < (epochEnded ? SECONDS_BETWEEN_EPOCH_ENDS : between)) return false;
    const willTake = this.lastTook ?? (this.characters / charactersPerSecond) * FORWARD_SHARE;
    return this.spent + willTake <= SHARE_OF_TIME * elapsed;
  }

  /** @returns bits per character. Throws the signal's reason when aborted. */
  async measure(weights: Tensors, elapsed: number, signal: AbortSignal): Promise<number> {
    const start = performance.now();
    const { bitsPerCharacter } = await this.evaluator.evaluate(weights, signal);
    this.lastTook = (performance.now() - start) / 1000;
    this.spent += this.lastTook;
    this.lastAt = elapsed;
    return bitsPerCharacter;
  }

  dispose(): void {
    this.evaluator.dispose();
  }
}

/** Those of the held-out files that a training is measured on. */
export function validationFiles(heldOut: readonly SourceFile[]): readonly SourceFile[] {
  return chooseFiles(heldOut, MOST_CHARACTERS);
}
