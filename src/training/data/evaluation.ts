import type { SourceFile, Vocabulary } from '../../corpus/index.ts';
import type { Engine, TrainableNetwork } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { Yielder } from '../../common/yielder.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { EvaluationStreams, WINDOW } from './evaluation-streams.ts';
import { priorsWithoutWorkspace } from './priors/without-workspace.ts';
import { priorLoss } from './priors/sparse-priors.ts';
import type { PackedPriors } from './priors/sparse-priors.ts';

/** What text costs, in bits per character. */
export interface BitsPerCharacter {
  /** With the network, for one with a prior together with the context model. */
  readonly bitsPerCharacter: number;
  /** With the network alone, for one with a prior. */
  readonly bitsPerCharacterAlone?: number;
  /** With the context model alone, for a network with a prior. */
  readonly bitsPerCharacterMemory?: number;
}

export interface EvaluationResult extends BitsPerCharacter {
  readonly characters: number;
  readonly perplexity: number;
  /** Share of the symbols that had the largest probability. */
  readonly accuracy: number;
}

/** Milliseconds of work between two yields to the event loop. */
const YIELD_INTERVAL_MS = 30;

/**
 * Measures how well a network predicts whole files. Each starts from a zero state and the start-of-file symbol, and
 * every character counts. Files over 65,536 symbols are read in parts that warm up on the 256 symbols before them.
 * A character that the network does not know costs what the unknown symbol does.
 * A network with a prior gets that of a context model that knows nothing when a file begins, and adapts to it.
 * @throws UserFacingError when there is no text; the signal's reason when aborted.
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

/** Measures the same files again and again, as a training does; see `evaluateFiles`. */
export class FileEvaluator {
  private readonly network: TrainableNetwork;
  private readonly streams: EvaluationStreams;
  /** The characters of the files. One of Hangul may be several symbols. */
  private readonly characters: number;

  private constructor(network: TrainableNetwork, streams: EvaluationStreams, characters: number) {
    this.network = network;
    this.streams = streams;
    this.characters = characters;
  }

  /**
   * @param priors along each file, for a network with a prior.
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
    const streams = new EvaluationStreams(texts, priors);
    if (streams.windows === 0) {
      throw new UserFacingError(
        message`There is no text to evaluate the model on; \`char-rnn corpus\` shows what was left out, and why.`,
      );
    }
    const limits = { batchSize: streams.batchSize, sequenceLength: WINDOW };
    const characters = files.reduce((total, file) => total + file.characters, 0);
    return new FileEvaluator(await engine.createNetwork(specification, limits), streams, characters);
  }

  async evaluate(weights: Tensors, signal?: AbortSignal): Promise<EvaluationResult> {
    const { network, streams } = this;
    network.setWeights(weights);
    const { vocabularySize, prior } = network.specification;
    const sum = { loss: 0, alone: 0, memory: 0, count: 0, correct: 0 };
    const yielder = new Yielder(signal, YIELD_INTERVAL_MS);
    for (let index = 0; index < streams.windows; index++) {
      signal?.throwIfAborted();
      this.resetStreams(streams.starting(index));
      const window = streams.window(index);
      const alone = network.evaluate(window);
      const { loss, correct } = alone.joint ?? alone;
      sum.loss += loss;
      sum.alone += alone.loss;
      sum.count += alone.count;
      sum.correct += correct;
      if (window.logitBias) sum.memory += priorLoss(window.targets, window.logitBias, vocabularySize);
      if (yielder.isDue) await yielder.yield();
    }
    const bitsOf = (nats: number): number => nats / this.characters / Math.LN2;
    const bitsPerCharacter = bitsOf(sum.loss);
    return {
      characters: this.characters,
      bitsPerCharacter,
      ...(prior && {
        bitsPerCharacterAlone: bitsOf(sum.alone),
        bitsPerCharacterMemory: bitsOf(sum.memory),
      }),
      perplexity: 2 ** bitsPerCharacter,
      accuracy: sum.correct / sum.count,
    };
  }

  dispose(): void {
    this.network.dispose();
  }

  /** Zeroes the carried state [L, B, H] of some streams. */
  private resetStreams(starting: readonly number[]): void {
    if (starting.length === 0) return;
    const { specification, batchSize: B } = this.network;
    const { layers: L, units: H } = specification;
    const state = this.network.state();
    for (const values of state.values()) {
      for (let l = 0; l < L; l++) {
        for (const b of starting) values.fill(0, (l * B + b) * H, (l * B + b + 1) * H);
      }
    }
    this.network.setState(state);
  }
}
