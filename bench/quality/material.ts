import { resolve } from 'node:path';
import { chooseFiles, readCorpus, splitFiles, Vocabulary } from '../../src/corpus/index.ts';
import type { CorpusOptions, SourceFile } from '../../src/corpus/index.ts';
import { trainingSymbols } from '../../src/training/parts.ts';

/** Limit on the held-out characters: enough for two digits, and measured in less than a second. */
const MAX_HELD_OUT = 100_000;

/** The material that all trainees learn and are measured on, as in the editor. */
export interface Material {
  readonly corpus: CorpusOptions;
  readonly vocabulary: Vocabulary;
  /** [N] */
  readonly symbols: Awaited<ReturnType<typeof trainingSymbols>>;
  readonly heldOut: readonly SourceFile[];
  readonly heldOutCharacters: number;
}

export async function readMaterial(
  paths: readonly string[],
  split: { readonly validationFraction: number; readonly seed: number },
  maxCharacters: number,
): Promise<Material> {
  const corpus = { roots: paths.map((path) => resolve(path)), include: [], exclude: [], maxCharacters };
  const { files } = await readCorpus(corpus);
  const { training, validation } = await splitFiles(files, split.validationFraction, split.seed);
  const heldOut = chooseFiles(validation, MAX_HELD_OUT);
  if (heldOut.length === 0) throw new Error(`nothing can be held out of ${paths.join(', ')}`);
  const vocabulary = Vocabulary.fromTexts(training.map(({ text }) => text));
  return {
    corpus,
    vocabulary,
    symbols: await trainingSymbols(training, vocabulary),
    heldOut,
    heldOutCharacters: heldOut.reduce((sum, { characters }) => sum + characters, 0),
  };
}
