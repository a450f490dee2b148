import { idsByCodePoint, Vocabulary } from '../../corpus/index.ts';
import type { AdaptiveOutput, Stepper } from '../../engine/index.ts';
import type { DocumentModel, Prediction, Priors, Reader } from '../../context-model/index.ts';
import type { TextBefore } from './predictor.ts';
import { DocumentStates, type Reading } from './hidden-state-cache.ts';
import { windowOf } from './prefix-window.ts';

/** A network as it joins the memory. */
export interface JoinedNetwork {
  readonly stepper: Stepper;
  /** Learns from each document as it is typed; left out: the output layer stays as it was trained. A network trained
   * with the context model needs it: it is the joint output layer, and the stepper gives the alone layer's logits. */
  readonly output?: AdaptiveOutput;
  readonly vocabulary: Vocabulary;
  /** Where its mixing with the context model begins; left out: as for a network trained with one. */
  readonly mixingWeights?: Float32Array;
}

/** Rates of learning for the output layer, with and without a prior: as measured on code that was not judged on. */
const rates = { withPrior: 0.01, alone: 0.02 };
/** Bytes of output layers to keep. */
const DEFAULT_BUDGET_BYTES = 64 * 2 ** 20;

/** The network's side of a joined prediction: its states along each document, and its output layer for each. */
export class NetworkSession {
  private readonly network: JoinedNetwork;
  private readonly states: DocumentStates;
  private readonly ids: ReadonlyMap<number, number>;
  /** Of the documents that are not the current one, in the order of their last use. */
  private readonly outputs = new Map<string, Float32Array>();
  private current: string | undefined;
  private readonly budget: number;

  /** @param budget bytes of output layers to keep; the least recently used documents go first. */
  constructor(network: JoinedNetwork, budget = DEFAULT_BUDGET_BYTES) {
    if (network.stepper.biasScale && !network.output) {
      throw new RangeError(
        'a network trained with the context model is joined to it by its joint output layer',
      );
    }
    this.network = network;
    this.budget = budget;
    this.states = new DocumentStates(network.stepper, network.vocabulary);
    this.ids = idsByCodePoint(network.vocabulary.symbols);
  }

  /** Has a document's model expect this network. */
  joinTo(model: DocumentModel): void {
    model.joinNetwork(this.network.vocabulary.symbols, this.network.mixingWeights);
  }

  /** @param prefix normalised. */
  read(
    { document, atFileStart }: TextBefore,
    prefix: string,
    isCancelled: () => boolean,
  ): Reading | undefined {
    const window = windowOf(prefix, atFileStart);
    return this.states.read(document, window.text, window.atFileStart, isCancelled);
  }

  /** On from a reading of `document`. */
  positionAfter(document: string, { state, logits }: Reading): NetworkPosition {
    const useOutput = () => this.use(document);
    useOutput();
    return new NetworkPosition(this.network, this.ids, state.slice(), logits.slice(), useOutput);
  }

  forget(document: string): void {
    this.states.forget(document);
    this.outputs.delete(document);
    if (this.current !== document) return;
    this.network.output?.reset();
    this.current = undefined;
  }

  /** Has the output layer be the one of `document`. */
  private use(document: string): void {
    const { output } = this.network;
    if (!output || this.current === document) return;
    if (this.current !== undefined) this.outputs.set(this.current, output.snapshot());
    const kept = this.outputs.get(document);
    if (kept) output.restore(kept);
    else output.reset();
    this.outputs.delete(document);
    this.current = document;
    this.shrink();
  }

  private shrink(): void {
    let bytes = 0;
    for (const [document, { byteLength }] of [...this.outputs].reverse()) {
      bytes += byteLength;
      if (bytes > this.budget) this.outputs.delete(document);
    }
  }
}

/** The network's state at a position of a text, which only moves forward. */
export class NetworkPosition {
  private readonly network: JoinedNetwork;
  private readonly ids: ReadonlyMap<number, number>;
  private readonly state: Float32Array;
  /** [V] of the network as it was trained; where its output layer learns, only room for that one's. */
  private readonly logits: Float32Array;
  /** Restores this document's output layer, which another document may have replaced in the meantime. */
  private readonly useOutput: () => void;

  constructor(
    network: JoinedNetwork,
    ids: ReadonlyMap<number, number>,
    state: Float32Array,
    logits: Float32Array,
    useOutput: () => void,
  ) {
    this.useOutput = useOutput;
    this.network = network;
    this.ids = ids;
    this.state = state;
    this.logits = logits;
  }

  /** The mixed prediction at this position, which must be the reader's too. */
  predict(reader: Reader): Prediction {
    const logits = this.biasedLogits(reader);
    this.logSoftmax(logits);
    return reader.join(logits);
  }

  /** Trains the output layer and the mixing weights on a typed code point; the reader must not have advanced. */
  learn(reader: Reader, codePoint: number): void {
    const logits = this.biasedLogits(reader);
    const logProbabilities = logits.slice();
    this.logSoftmax(logProbabilities);
    reader.join(logProbabilities);
    reader.learn(codePoint);
    const { output, stepper } = this.network;
    const rate = stepper.biasScale ? rates.withPrior : rates.alone;
    output?.learn(this.state, logits, this.ids.get(codePoint) ?? Vocabulary.unknown, rate);
  }

  advance(codePoint: number): void {
    const { stepper, output } = this.network;
    const logits = output ? undefined : this.logits;
    stepper.feed([this.ids.get(codePoint) ?? Vocabulary.unknown], this.state, logits);
  }

  private logSoftmax(logits: Float32Array): void {
    const { output } = this.network;
    if (output) output.logSoftmax(logits);
    else logSoftmax(logits);
  }

  /** The network's logits [V], with the context model's bias where the network was trained with it. */
  private biasedLogits(reader: Reader): Float32Array {
    const { output, stepper } = this.network;
    this.useOutput();
    const logits = this.logits.slice();
    output?.logits(this.state, logits);
    addLogitBias(logits, stepper, this.state, reader, this.ids);
    return logits;
  }
}

/** Adds (w + g·h) d of what the context model expects to logits [V]; nothing for a network trained without one. */
function addLogitBias(
  logits: Float32Array,
  { biasScale }: Stepper,
  state: Float32Array,
  reader: Reader,
  ids: ReadonlyMap<number, number>,
): void {
  if (!biasScale) return;
  const scale = biasScale(state);
  const { codePoints, deltas }: Priors = reader.prior();
  for (const [index, codePoint] of codePoints.entries()) {
    const id = ids.get(codePoint);
    if (id !== undefined) logits[id] += scale * deltas[index];
  }
}

/** Replaces logits [V] by the natural logarithms of softmax(logits). */
function logSoftmax(logits: Float32Array): void {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - largest);
  const shift = largest + Math.log(total);
  for (let id = 0; id < logits.length; id++) logits[id] -= shift;
}
