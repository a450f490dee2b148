import { setImmediate } from 'node:timers/promises';
import { Vocabulary } from '../corpus/index.ts';
import type { SourceFile } from '../corpus/index.ts';
import type { Batch, Engine, TrainableNetwork } from '../engine/index.ts';
import { UserFacingError } from '../errors.ts';
import type { NetworkSpecification, Tensors } from '../model/index.ts';

export interface EvaluationResult {
  readonly characters: number;
  readonly bitsPerCharacter: number;
  readonly perplexity: number;
  /** Part of the characters that were the most likely one. */
  readonly accuracy: number;
}

/** Files longer than this are read in parts, so that one of them does not keep all lanes but one idle. */
const PART_LENGTH = 65_536;
const WARM_UP = 256;
const MOST_LANES = 32;
const WINDOW = 200;
/** Milliseconds of work between two looks at the signal. */
const BREAK_AFTER_MS = 30;

/**
 * How well a network predicts whole files: each starts from a zero state and the start-of-file symbol, and every
 * character counts. Files over 65,536 symbols are read in parts that warm up on the 256 symbols before them.
 * A character the network does not know counts with the probability of the unknown symbol.
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
  const evaluator = await FileEvaluator.create(engine, specification, vocabulary, files);
  try {
    return await evaluator.evaluate(weights, signal);
  } finally {
    evaluator.dispose();
  }
}

/** Evaluates the same files again and again, as training does; see `evaluateFiles`. */
export class FileEvaluator {
  private readonly network: TrainableNetwork;
  /** Longest first, so that those read side by side are of about one length. */
  private readonly parts: readonly Part[];

  private constructor(network: TrainableNetwork, parts: readonly Part[]) {
    this.network = network;
    this.parts = parts;
  }

  /** @throws UserFacingError when the files hold no text or the engine cannot run the network. */
  static async create(
    engine: Engine,
    specification: NetworkSpecification,
    vocabulary: Vocabulary,
    files: readonly SourceFile[],
  ): Promise<FileEvaluator> {
    const parts = files.flatMap(({ text }) => partsOf(vocabulary.encode(text)));
    const [longest] = parts.sort((a, b) => b.length - a.length);
    if (!longest) {
      throw new UserFacingError(
        'There is no text to evaluate the model on; `char-rnn corpus` shows what was left out, and why.',
      );
    }
    const network = await engine.createNetwork(specification, {
      batchSize: Math.min(MOST_LANES, parts.length),
      sequenceLength: Math.min(WINDOW, longest.length),
    });
    return new FileEvaluator(network, parts);
  }

  async evaluate(weights: Tensors, signal?: AbortSignal): Promise<EvaluationResult> {
    const { network, parts } = this;
    network.setWeights(weights);
    const sum = { loss: 0, count: 0, correct: 0 };
    let lastBreak = performance.now();
    for (let first = 0; first < parts.length; first += network.batchSize) {
      const lanes = parts.slice(first, first + network.batchSize);
      network.resetState();
      for (let start = 0; start < lanes[0].length; start += WINDOW) {
        signal?.throwIfAborted();
        const result = network.evaluate(windowOf(lanes, start, network.batchSize));
        sum.loss += result.loss;
        sum.count += result.count;
        sum.correct += result.correct;
        if (performance.now() - lastBreak > BREAK_AFTER_MS) {
          await setImmediate();
          lastBreak = performance.now();
        }
      }
    }
    const bitsPerCharacter = sum.loss / sum.count / Math.LN2;
    return {
      characters: sum.count,
      bitsPerCharacter,
      perplexity: 2 ** bitsPerCharacter,
      accuracy: sum.correct / sum.count,
    };
  }

  dispose(): void {
    this.network.dispose();
  }
}

/** A stretch of one file: reads `inputs`, and counts the predictions from number `warmUp` on. */
interface Part {
  readonly inputs: Int32Array;
  /** The symbol after each input. */
  readonly targets: Int32Array;
  readonly warmUp: number;
  readonly length: number;
}

function partsOf(characters: Int32Array): Part[] {
  const symbols = new Int32Array(characters.length + 1);
  symbols[0] = Vocabulary.startOfFile;
  symbols.set(characters, 1);
  const parts: Part[] = [];
  for (let start = 0; start < characters.length; start += PART_LENGTH) {
    const from = Math.max(0, start - WARM_UP);
    const end = Math.min(start + PART_LENGTH, characters.length);
    parts.push({
      inputs: symbols.subarray(from, end),
      targets: symbols.subarray(from + 1, end + 1),
      warmUp: start - from,
      length: end - from,
    });
  }
  return parts;
}

/** Symbols `start` to `start + WINDOW` of each lane; what lies beyond a part's end, or warms up, does not count. */
function windowOf(lanes: readonly Part[], start: number, B: number): Batch {
  const T = Math.min(WINDOW, lanes[0].length - start);
  const inputs = new Int32Array(T * B);
  const targets = new Int32Array(T * B).fill(-1);
  lanes.forEach((lane, b) => {
    for (let t = 0; t < Math.min(T, lane.length - start); t++) {
      inputs[t * B + b] = lane.inputs[start + t]!;
      if (start + t >= lane.warmUp) targets[t * B + b] = lane.targets[start + t]!;
    }
  });
  return { sequenceLength: T, inputs, targets };
}
