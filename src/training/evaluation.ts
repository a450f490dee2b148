import type { SourceFile, Vocabulary } from '../corpus/index.ts';
import type { Engine } from '../engine/index.ts';
import type { NetworkSpecification, Tensors } from '../model/index.ts';

export interface EvaluationResult {
  readonly characters: number;
  readonly bitsPerCharacter: number;
  readonly perplexity: number;
  /** Part of the characters that were the most likely one. */
  readonly accuracy: number;
}

/**
 * How well a network predicts whole files: each starts from a zero state and the start-of-file symbol, and every
 * character counts. Files over 65,536 symbols are read in parts that warm up on the 256 symbols before them.
 */
export function evaluateFiles(
  _engine: Engine,
  _specification: NetworkSpecification,
  _weights: Tensors,
  _vocabulary: Vocabulary,
  _files: readonly SourceFile[],
  _signal?: AbortSignal,
): Promise<EvaluationResult> {
  throw new Error('in progress');
}
