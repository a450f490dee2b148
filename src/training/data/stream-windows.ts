import type { Batch } from '../../engine/index.ts';
import { packWindow } from './pack-window.ts';

/** The layout of symbols that B streams read side by side. */
export interface StreamLayout {
  /** B. */
  readonly batchSize: number;
  /** T: predictions that a stream makes in a window. */
  readonly sequenceLength: number;
}

/**
 * N symbols cut into B parallel streams of equal length, read in windows of T: stream b predicts the symbols
 * b·S + 1 to (b + 1)·S of the text, S = floor((N - 1) / B); a remainder of fewer than B symbols is not read.
 * The last window may be shorter than the others.
 */
export class StreamWindows implements StreamLayout {
  readonly batchSize: number;
  readonly sequenceLength: number;
  /** 0 where there are too few symbols for all streams. */
  readonly windows: number;
  /** [N], as given. */
  readonly symbols: Uint16Array | Int32Array;
  /** S: the predictions that each stream makes. */
  readonly streamLength: number;

  /** @param symbols [N], N at least 1. */
  constructor(symbols: Uint16Array | Int32Array, { batchSize, sequenceLength }: StreamLayout) {
    this.symbols = symbols;
    this.batchSize = batchSize;
    this.streamLength = Math.floor((symbols.length - 1) / batchSize);
    this.sequenceLength = sequenceLength;
    this.windows = Math.ceil(this.streamLength / sequenceLength);
  }

  /** Window `index`, from 0. */
  window(index: number): Batch {
    const { symbols, batchSize, streamLength } = this;
    const offset = index * this.sequenceLength;
    const length = this.lengthOf(index);
    return packWindow(
      Array.from({ length: batchSize }, (_, b) => ({ symbols, start: b * streamLength + offset, length })),
    );
  }

  /** Time steps of window `index`. */
  lengthOf(index: number): number {
    return Math.min(this.sequenceLength, this.streamLength - index * this.sequenceLength);
  }
}
