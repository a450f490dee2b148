import { chooseFiles } from '../../corpus/index.ts';
import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { FileEvaluator } from './evaluation.ts';
import type { BitsPerCharacter } from './evaluation.ts';
import type { PackedPriors } from './priors/sparse-priors.ts';

/** Enough for two digits of the figure, and a few seconds of work. */
const MAX_CHARACTERS = 200_000;

/** Measures how well weights predict the held-out files. */
export class Validator {
  /** Of the files that are measured. */
  readonly characters: number;
  private readonly evaluator: FileEvaluator;

  private constructor(evaluator: FileEvaluator, characters: number) {
    this.evaluator = evaluator;
    this.characters = characters;
  }

  /**
   * @param files as `validationFiles` chose them; without text in them there is nothing to measure.
   * @param priors of each file from a context model of the training files, for a network with a prior.
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

  /** Throws the signal's reason when aborted. */
  async measure(weights: Tensors, signal: AbortSignal): Promise<BitsPerCharacter> {
    const { bitsPerCharacter, bitsPerCharacterAlone, bitsPerCharacterMemory } = await this.evaluator.evaluate(
      weights,
      signal,
    );
    return bitsPerCharacterAlone === undefined
      ? { bitsPerCharacter }
      : { bitsPerCharacter, bitsPerCharacterAlone, bitsPerCharacterMemory };
  }

  dispose(): void {
    this.evaluator.dispose();
  }
}

/** Those of the held-out files that a training is measured on. */
export function validationFiles(heldOut: readonly SourceFile[]): readonly SourceFile[] {
  return chooseFiles(heldOut, MAX_CHARACTERS);
}
