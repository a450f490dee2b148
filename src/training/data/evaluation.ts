import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import type { Engine, TrainableNetwork } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { Yielder } from '../../common/yielder.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { lanesBeginning, lanesFor, WINDOW, windowOf, windowsOf } from './evaluation-batches.ts';
import type { Lanes } from './evaluation-batches.ts';
import { priorsWithoutWorkspace } from './priors/without-workspace.ts';
import type { PackedPriors } from './priors/sparse-priors.ts';

export interface EvaluationResult {
  readonly characters: number;
  readonly bitsPerCharacter: number;
  readonly perplexity: number;
  /** Part of the symbols that were the most likely one. */
  readonly accuracy: number;
}

/** Milliseconds of work between two yields to the event loop. */
const STRETCH_MS = 30;

/**
 * How well a network predicts whole files: each starts from a zero state and the start-of-file symbol, and every
 * character counts. Files over 65,536 symbols are read in parts that warm up on the 256 symbols before them.
 * A character the network does not know counts with the probability of the unknown symbol.
 * A network with a prior gets that of a memory that begins each file knowing nothing and adapts to it.
 * Throws the signal's reason when aborted, and a `UserFacingError` when there is no text.
 */
export async function evaluateFiles(
  engine: Engine,
  specification: NetworkSpecification,
  weights: Tensors,
  vocabulary: Vocabulary,
  files: readonly SourceFile[],
  signal?: AbortSignal,
): Promise<EvaluationResult> {
  const priors = specification.prior ? await priorsWithoutWorkspace(files, vocabulary, signal) : undefined;
  const evaluator = await FileEvaluator.create(engine, specification, vocabulary, files, priors);
  try {
    return await evaluator.evaluate(weights, signal);
  } finally {
    evaluator.dispose();
  }
}

/** Evaluates the same files again and again, as training does; see `evaluateFiles`. */
export class FileEvaluator {
  private readonly network: TrainableNetwork;
  private readonly lanes: Lanes;
  /** Of the files; a character of Hangul may be several symbols. */
  private readonly characters: number;

  private constructor(network: TrainableNetwork, lanes: Lanes, characters: number) {
    this.network = network;
    this.lanes = lanes;
    this.characters = characters;
  }

  /**
   * @param priors what a memory expects along each file, for a network with a prior.
   * @throws UserFacingError when the files hold no text or the engine cannot run the network.
   */
  static async create(
    engine: Engine,
    specification: NetworkSpecification,
    vocabulary: Vocabulary,
    files: readonly SourceFile[],
    priors?: readonly PackedPriors[],
  ): Promise<FileEvaluator> {
    const texts = files.map(({ text }) => vocabulary.encode(text));
    const lanes = lanesFor(texts, priors);
    if (lanes.length === 0) {
      throw new UserFacingError(
        'There is no text to evaluate the model on; `char-rnn corpus` shows what was left out, and why.',
      );
    }
    const limits = { batchSize: lanes.length, sequenceLength: WINDOW };
    const characters = files.reduce((total, file) => total + file.characters, 0);
    return new FileEvaluator(await engine.createNetwork(specification, limits), lanes, characters);
  }

  async evaluate(weights: Tensors, signal?: AbortSignal): Promise<EvaluationResult> {
    const { network, lanes } = this;
    network.setWeights(weights);
    const sum = { loss: 0, count: 0, correct: 0 };
    const yielder = new Yielder(signal, STRETCH_MS);
    for (let index = 0; index < windowsOf(lanes); index++) {
      signal?.throwIfAborted();
      this.resetLanes(lanesBeginning(lanes, index));
      const alone = network.evaluate(windowOf(lanes, index));
      const { loss, correct } = alone.joint ?? alone;
      sum.loss += loss;
      sum.count += alone.count;
      sum.correct += correct;
      if (yielder.isDue) await yielder.yield();
    }
    const bitsPerCharacter = sum.loss / this.characters / Math.LN2;
    return {
      characters: this.characters,
      bitsPerCharacter,
      perplexity: 2 ** bitsPerCharacter,
      accuracy: sum.correct / sum.count,
    };
  }

  dispose(): void {
    this.network.dispose();
  }

  /** Zeroes the carried state [L, B, H] of some lanes. */
  private resetLanes(beginning: readonly number[]): void {
    if (beginning.length === 0) return;
    const { specification, batchSize: B } = this.network;
    const { layers: L, units: H } = specification;
    const state = this.network.state();
    for (const values of state.values()) {
      for (let l = 0; l < L; l++) {
        for (const b of beginning) values.fill(0, (l * B + b) * H, (l * B + b + 1) * H);
      }
    }
    this.network.setState(state);
  }
}
