import type { Prediction, Priors, Reader } from './context-model.ts';
import type { NetworkSymbols } from './network-symbols.ts';
import { PriorBuffer } from './leave-one-out.ts';
import type { Shared } from './model-context.ts';
import { BYTES_PER_SYMBOL, place, WINDOW } from './wasm/wasm-text.ts';

/** Symbols that a reader has room for ahead of its place; when it has gone so far, the window before it is kept. */
const ROOM = 1_024;

/** Predicts at a place of the kernels' memory in a text beginning there. @returns symbols listed */
type Predict = (place: number, text: number) => number;

export class DocumentReader implements Reader {
  depth = 0;
  private readonly shared: Shared;
  private readonly network: NetworkSymbols | undefined;
  private readonly predictAt: Predict;
  /** Symbols kept of what stands before the place the reader can go back to. */
  private before: number;
  /** Symbols gone forward since that place. */
  private ahead = 0;
  private readonly text: number;
  /** Symbols there is room for. */
  private readonly capacity: number;
  private readonly priors: PriorBuffer;
  /** Whether the last prediction at this place was with the network. */
  private isJoint = false;
  /** The kernels' revision in which this place was predicted; -1 if it was not. */
  private revision = -1;
  private isEnded = false;

  /** @param before symbols before the place, `WINDOW` + 1 of them if there are */
  constructor(shared: Shared, before: Uint16Array, network: NetworkSymbols | undefined, predictAt: Predict) {
    this.shared = shared;
    this.network = network;
    this.predictAt = predictAt;
    this.before = before.length;
    this.capacity = Math.max(before.length, WINDOW + 1) + ROOM;
    this.text = place(shared.kernels, before, this.capacity - before.length);
    this.priors = new PriorBuffer(shared.kernels, 1);
  }

  predict(): Prediction {
    this.predictHere();
    return this.shared.results.read();
  }

  prior(): Priors {
    this.predictHere();
    this.shared.kernels.writePrior(this.priors.codePoints, this.priors.deltas);
    return this.priors.read(1);
  }

  join(logProbabilities: Float32Array): Prediction {
    if (!this.network) throw new Error('no network has been joined to this document');
    this.predictHere();
    this.network.write(logProbabilities);
    this.network.join();
    this.isJoint = true;
    return this.shared.results.read();
  }

  advance(codePoint: number): void {
    this.checkOpen();
    if (this.before + this.ahead === this.capacity) this.forgetFarthest();
    const address = this.placeAddress();
    new Uint16Array(this.shared.kernels.memory.buffer, address, 1)[0] = this.shared.alphabet.find(codePoint);
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
    const symbol = this.shared.alphabet.idOf(codePoint);
    const { kernels } = this.shared;
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
    this.shared.kernels.release(this.text);
    this.priors.dispose();
  }

  /** Has the kernels' last prediction be the memory's of this place; another document may have asked in between. */
  private predictHere(): void {
    this.checkOpen();
    const { kernels } = this.shared;
    if (this.revision !== kernels.revision()) {
      this.predictAt(this.placeAddress(), this.text);
      this.revision = kernels.revision();
    } else if (this.isJoint) kernels.showPrediction();
    this.isJoint = false;
  }

  private move(): void {
    this.isJoint = false;
    this.revision = -1;
  }

  /** Makes room: only the symbols that contexts reach back to stay, and the reader cannot go back any more. */
  private forgetFarthest(): void {
    const count = this.before + this.ahead;
    const symbols = new Uint16Array(this.shared.kernels.memory.buffer, this.text, count);
    const kept = Math.min(count, WINDOW + 1);
    symbols.copyWithin(0, count - kept);
    this.before = kept;
    this.ahead = 0;
  }

  private placeAddress(): number {
    return this.text + (this.before + this.ahead) * BYTES_PER_SYMBOL;
  }

  private checkOpen(): void {
    if (this.isEnded) throw new Error('this reader has ended; the document has another, or is closed');
  }
}
