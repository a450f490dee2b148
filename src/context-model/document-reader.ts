import type { Prediction, Priors, Reader } from './context-model.ts';
import type { NetworkSymbols } from './network-symbols.ts';
import { PriorBuffer } from './leave-one-out.ts';
import type { Shared } from './model-context.ts';
import { BYTES_PER_SYMBOL, place } from './wasm/wasm-text.ts';

/** How far a reader may go. */
const LONGEST = 1_024;

/** Predicts at a place of the kernels' memory in a text beginning there. @returns symbols listed */
type Predict = (place: number, text: number) => number;

export class DocumentReader implements Reader {
  depth = 0;
  private readonly shared: Shared;
  private readonly network: NetworkSymbols | undefined;
  private readonly predictAt: Predict;
  private readonly before: number;
  private readonly text: number;
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
    this.text = place(shared.kernels, before, LONGEST);
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
    if (this.depth === LONGEST)
      throw new RangeError(`a reader goes ${LONGEST} characters forward at the most`);
    const address = this.placeAddress();
    new Uint16Array(this.shared.kernels.memory.buffer, address, 1)[0] = this.shared.alphabet.find(codePoint);
    this.depth++;
    this.move();
  }

  rewind(to = 0): void {
    this.checkOpen();
    if (!(to >= 0 && to <= this.depth)) throw new RangeError(`cannot rewind from ${this.depth} to ${to}`);
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

  private placeAddress(): number {
    return this.text + (this.before + this.depth) * BYTES_PER_SYMBOL;
  }

  private checkOpen(): void {
    if (this.isEnded) throw new Error('this reader has ended; the document has another, or is closed');
  }
}
