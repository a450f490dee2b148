import type { Prediction, Priors, Reader } from './context-model.ts';
import type { NetworkSymbols } from './network-symbols.ts';
import { PriorBuffer } from './wasm/prior-buffer.ts';
import type { ModelContext } from './model-context.ts';
import { BYTES_PER_SYMBOL, copyToWasm, RECENT_SYMBOLS } from './wasm/wasm-text.ts';

/** Symbols that a reader has room for ahead of its start; when it has gone so far, only what predictions depend on stays. */
const ROOM_SYMBOLS = 1_024;

/** Predicts at an address of the kernels' memory in the text that begins at `text`. */
type Predict = (address: number, text: number) => void;

export class DocumentReader implements Reader {
  depth = 0;
  private readonly context: ModelContext;
  private readonly network: NetworkSymbols | undefined;
  private readonly predictAt: Predict;
  /** Symbols kept of what stands before the position the reader can go back to. */
  private before: number;
  /** Symbols advanced since that position. */
  private ahead = 0;
  private readonly text: number;
  /** Symbols there is room for. */
  private readonly capacity: number;
  private readonly priors: PriorBuffer;
  /** Whether the last prediction at this position was with the network. */
  private isJoint = false;
  /** The kernels' epoch in which this position was predicted; -1 if it was not. */
  private epoch = -1;
  private isEnded = false;

  /** @param before symbols before the position, at least the last `RECENT_SYMBOLS` + 1 */
  constructor(
    context: ModelContext,
    before: Uint16Array,
    network: NetworkSymbols | undefined,
    predictAt: Predict,
  ) {
    this.context = context;
    this.network = network;
    this.predictAt = predictAt;
    this.before = before.length;
    this.capacity = Math.max(before.length, RECENT_SYMBOLS + 1) + ROOM_SYMBOLS;
    this.text = copyToWasm(context.kernels, before, this.capacity - before.length);
    this.priors = new PriorBuffer(context.kernels, 1);
  }

  predict(): Prediction {
    this.predictHere();
    return this.context.results.read();
  }

  prior(): Priors {
    this.predictHere();
    this.context.kernels.writePrior(this.priors.codePoints, this.priors.deltas);
    return this.priors.read(1);
  }

  join(logProbabilities: Float32Array): Prediction {
    if (!this.network) throw new Error('no network has been joined to this document');
    this.predictHere();
    this.network.write(logProbabilities);
    this.network.join();
    this.isJoint = true;
    return this.context.results.read();
  }

  advance(codePoint: number): void {
    this.checkOpen();
    if (this.before + this.ahead === this.capacity) this.forgetFarthest();
    const address = this.address();
    new Uint16Array(this.context.kernels.memory.buffer, address, 1)[0] =
      this.context.alphabet.find(codePoint);
    this.ahead++;
    this.depth++;
    this.move();
  }

  rewind(to = 0): void {
    this.checkOpen();
    if (!(to >= this.depth - this.ahead && to <= this.depth))
      throw new RangeError(`cannot rewind from ${this.depth} to ${to}`);
    this.ahead -= this.depth - to;
    this.depth = to;
    this.move();
  }

  learn(codePoint: number): void {
    this.checkOpen();
    if (this.depth !== 0) throw new Error('only what was really typed can be learnt');
    const symbol = this.context.alphabet.idOf(codePoint);
    const { kernels } = this.context;
    const joined = this.isJoint ? this.network : undefined;
    this.predictHere();
    if (joined) {
      joined.join();
      kernels.learnJoint(symbol);
    }
    kernels.learnWeights(symbol);
  }

  end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.context.kernels.release(this.text);
    this.priors.dispose();
  }

  /** Makes this position the kernels' last prediction, without a network: another document may have asked meanwhile. */
  private predictHere(): void {
    this.checkOpen();
    const { kernels } = this.context;
    if (this.epoch !== kernels.predictionEpoch()) {
      this.predictAt(this.address(), this.text);
      this.epoch = kernels.predictionEpoch();
    } else if (this.isJoint) kernels.showPrediction();
    this.isJoint = false;
  }

  private move(): void {
    this.isJoint = false;
    this.epoch = -1;
  }

  /** Makes room: only the symbols that predictions depend on stay, and the reader cannot go back any more. */
  private forgetFarthest(): void {
    const count = this.before + this.ahead;
    const symbols = new Uint16Array(this.context.kernels.memory.buffer, this.text, count);
    const kept = Math.min(count, RECENT_SYMBOLS + 1);
    symbols.copyWithin(0, count - kept);
    this.before = kept;
    this.ahead = 0;
  }

  private address(): number {
    return this.text + (this.before + this.ahead) * BYTES_PER_SYMBOL;
  }

  private checkOpen(): void {
    if (this.isEnded) throw new Error('this reader has ended; the document has another, or is closed');
  }
}
