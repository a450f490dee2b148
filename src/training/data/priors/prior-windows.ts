import type { Batch, LogitBias } from '../../../engine/index.ts';
import { fileStarts } from '../file-starts.ts';
import type { StreamWindows } from '../stream-windows.ts';
import { emptyPrior, fillRow, type PackedPriors } from './sparse-priors.ts';

/** Windows of files whose priors are all there. */
export class PriorWindows {
  private readonly streams: StreamWindows;
  private readonly priors: readonly PackedPriors[];
  private readonly starts: Int32Array;

  /** @param priors of the files of `streams`, in its order. */
  constructor(streams: StreamWindows, priors: readonly PackedPriors[]) {
    this.streams = streams;
    this.priors = priors;
    this.starts = fileStarts(streams.symbols);
  }

  get count(): number {
    return this.streams.windows;
  }

  /** Window `index` of the streams, from 0, with its prior [T, B, K]. */
  window(index: number): Batch {
    return { ...this.streams.window(index), logitBias: this.prior(index) };
  }

  private prior(index: number): LogitBias {
    const { starts, streams } = this;
    const { batchSize: B, streamLength } = streams;
    const begin = index * streams.sequenceLength;
    const T = streams.lengthOf(index);
    const prior = emptyPrior(T * B);
    for (let b = 0; b < B; b++) {
      let target = b * streamLength + begin + 1;
      let file = this.fileOf(target);
      for (let t = 0; t < T; t++, target++) {
        if (target >= starts[file + 1]) file++;
        // The start-of-file symbol is no character of the file.
        if (target > starts[file]) fillRow(prior, t * B + b, this.priors[file], target - starts[file] - 1);
      }
    }
    return prior;
  }

  /** The file that symbol `position` belongs to. */
  private fileOf(position: number): number {
    let low = 0;
    let high = this.starts.length - 2;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
