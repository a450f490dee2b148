import { PRIOR_SYMBOLS, type Prediction, type Priors, type Reader } from './memory.ts';
import type { NetworkSymbols } from './network-symbols.ts';
import { priorsOf } from './priors.ts';
import { readResult } from './result.ts';
import type { Shared } from './shared.ts';
import { BYTES_PER_SYMBOL, place } from './texts.ts';

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
  /** Whether the last prediction at this place was with the network. */
  private isJoint = false;
  private isEnded = false;

  /** @param before symbols before the place, `WINDOW` + 1 of them if there are */
  constructor(shared: Shared, before: Uint16Array, network: NetworkSymbols | undefined, predictAt: Predict) {
    this.shared = shared;
    this.network = network;
    this.predictAt = predictAt;
    this.before = before.length;
    this.text = place(shared.kernels, before, LONGEST);
  }

  predict(): Prediction {
    this.predictHere();
    return readResult(this.shared);
  }

  prior(): Priors {
    this.predictHere();
    const codePoints = new Int32Array(PRIOR_SYMBOLS);
    const deltas = new Float32Array(PRIOR_SYMBOLS);
    priorsOf(this.shared, codePoints, deltas, 0);
    return { places: 1, codePoints, deltas };
  }

  join(logProbabilities: Float32Array): Prediction {
    if (!this.network) throw new Error('no network has been joined to this document');
    this.predictHere();
    this.network.write(logProbabilities);
    this.network.join();
    this.isJoint = true;
    return readResult(this.shared);
  }

  advance(codePoint: number): void {
    this.checkOpen();
    if (this.depth === LONGEST)
      throw new RangeError(`a reader goes ${LONGEST} characters forward at the most`);
    const address = this.placeAddress();
    new Uint16Array(this.shared.kernels.memory.buffer, address, 1)[0] = this.shared.alphabet.find(codePoint);
    this.depth++;
    this.isJoint = false;
  }

  rewind(to = 0): void {
    this.checkOpen();
    if (!(to >= 0 && to <= this.depth)) throw new RangeError(`cannot rewind from ${this.depth} to ${to}`);
    this.depth = to;
    this.isJoint = false;
  }

  learn(codePoint: number): void {
    this.checkOpen();
    if (this.depth !== 0) throw new Error('only what was really typed can be learnt');
    const symbol = this.shared.alphabet.idOf(codePoint);
    const { kernels } = this.shared;
    const joined = this.isJoint ? this.network : undefined;
    // Made again: another document may have asked in between.
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
  }

  private predictHere(): void {
    this.checkOpen();
    this.predictAt(this.placeAddress(), this.text);
    this.isJoint = false;
  }

  private placeAddress(): number {
    return this.text + (this.before + this.depth) * BYTES_PER_SYMBOL;
  }

  private checkOpen(): void {
    if (this.isEnded) throw new Error('this reader has ended; the document has another, or is closed');
  }
}
