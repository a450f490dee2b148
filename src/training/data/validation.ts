import { chooseFiles } from '../../corpus/index.ts';
import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { orAborted } from './or-aborted.ts';
import { FileEvaluator } from './evaluation.ts';
import type { BitsPerCharacter } from './evaluation.ts';
import type { PackedPriors } from './priors/sparse-priors.ts';

/** Enough for two digits of the figure, and a few seconds of work. */
const MAX_CHARACTERS = 200_000;

/** Measures how well weights predict the held-out files. */
export class Validator {
  /** Of the files that are measured. */
  readonly characters: number;
  private readonly evaluator: Promise<FileEvaluator>;
  private hasSettled = false;

  private constructor(evaluator: Promise<FileEvaluator>, characters: number) {
    this.evaluator = evaluator;
    this.characters = characters;
    // Whoever measures sees a failure.
    const settle = () => (this.hasSettled = true);
    evaluator.then(settle, settle);
  }

  /**
   * @param files as `validationFiles` chose them; without text in them there is nothing to measure.
   * @param priors of each file from a context model of the training files, for a network with a prior. They may come
   * later: only measures wait for them.
   */
  static async create(
    engine: Engine,
    specification: NetworkSpecification,
    vocabulary: Vocabulary,
    files: readonly SourceFile[],
    priors?: Promise<readonly PackedPriors[]>,
  ): Promise<Validator | undefined> {
    const characters = files.reduce((sum, file) => sum + file.characters, 0);
    if (characters === 0) {
      // Nobody is left to handle their failure.
      priors?.catch(() => undefined);
      return undefined;
    }
    const create = (known?: readonly PackedPriors[]) =>
      FileEvaluator.create(engine, specification, vocabulary, files, known);
    const validator = new Validator(priors ? priors.then(create) : create(), characters);
    if (!priors) await validator.evaluator;
    return validator;
  }

  /** Whether a measure would not have to wait for priors, because they are there or because they failed. */
  get isReady(): boolean {
    return this.hasSettled;
  }

  /**
   * Waits until a measure can begin.
   * @throws UserFacingError when there can be none; the signal's reason when aborted.
   */
  async ready(signal: AbortSignal): Promise<void> {
    await orAborted(this.evaluator, signal);
  }

  /** Throws the signal's reason when aborted. */
  async measure(weights: Tensors, signal: AbortSignal): Promise<BitsPerCharacter> {
    const evaluator = await orAborted(this.evaluator, signal);
    const { bitsPerCharacter, bitsPerCharacterAlone, bitsPerCharacterMemory } = await evaluator.evaluate(
      weights,
      signal,
    );
    return bitsPerCharacterAlone === undefined
      ? { bitsPerCharacter }
      : { bitsPerCharacter, bitsPerCharacterAlone, bitsPerCharacterMemory };
  }

  dispose(): void {
    void this.evaluator.then(
      (evaluator) => evaluator.dispose(),
      () => undefined,
    );
  }
}

/** Those of the held-out files that a training is measured on. */
export function validationFiles(heldOut: readonly SourceFile[]): readonly SourceFile[] {
  return chooseFiles(heldOut, MAX_CHARACTERS);
}
