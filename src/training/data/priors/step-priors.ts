import type { Batch } from '../../../engine/index.ts';
import type { Streams } from '../batch-streams.ts';
import { fileStarts, symbolsOfFiles } from '../file-starts.ts';
import { StreamWindows } from '../stream-windows.ts';
import { BLOCK_STEPS, PERIOD_STEPS } from './periods.ts';
import type { PlannedFile } from './plan.ts';
import { PriorWindows } from './prior-windows.ts';
import type { PriorSource } from './source.ts';

/** Where in its epochs a run is. */
export interface RunPosition {
  readonly step: number;
  /** Of the present epoch. */
  readonly windowsDone: number;
}

/**
 * The windows that a network learns jointly with a context model. Once all files have priors each window is one of them.
 * Until then a quarter of the steps takes, in place of the epoch's window, one of those files that have: the
 * joint output layer learns what it can from few, and a prior costs as much time as a step.
 */
export class StepPriors {
  private readonly source: PriorSource;
  private readonly streams: Streams;
  private readonly starts: Int32Array;
  private readonly planned: readonly PlannedFile[];
  private readonly firstStep: number;
  /** Of the first planned files, those that were asked for, and those that are there. */
  private asked = 0;
  private waitedFor = 0;
  private windows: { readonly files: number; readonly windows: PriorWindows } | undefined;

  /**
   * @param streams of an epoch.
   * @param planned in the order in which they are asked for and used, with steps that count from `firstStep` on.
   */
  constructor(source: PriorSource, streams: Streams, planned: readonly PlannedFile[], firstStep: number) {
    this.source = source;
    this.streams = streams;
    this.starts = fileStarts(streams.symbols);
    this.planned = planned;
    this.firstStep = firstStep;
  }

  /** Whether a step goes without priors. */
  isMissing(step: number): boolean {
    return !this.hasAll(step) && !this.isOfBlock(step);
  }

  /**
   * Settles when the next step may be taken.
   * @throws UserFacingError when the priors cannot be computed; the signal's reason when aborted.
   */
  async ready({ step }: RunPosition, signal: AbortSignal): Promise<void> {
    const asked = this.countAt(step, 'askedAt');
    this.source.prepare(this.planned.slice(this.asked, asked).map(({ file }) => file));
    this.asked = Math.max(this.asked, asked);
    if (this.isMissing(step)) return;
    const used = this.countOf(step);
    if (used <= this.waitedFor) return;
    await this.source.ready(this.filesOf(used), signal);
    this.waitedFor = used;
  }

  /** The window of a step that is ready; undefined where it goes without priors. */
  window({ step, windowsDone }: RunPosition): Batch | undefined {
    if (this.isMissing(step)) return undefined;
    const windows = this.windowsOf(this.countOf(step));
    if (this.hasAll(step)) return windows.window(windowsDone);
    const steps = step - this.firstStep;
    const index = Math.floor(steps / PERIOD_STEPS) * BLOCK_STEPS + (steps % PERIOD_STEPS);
    return windows.window(index % windows.count);
  }

  private hasAll(step: number): boolean {
    return this.isAll(this.countAt(step, 'usedFrom'));
  }

  private isAll(files: number): boolean {
    return files === this.starts.length - 1;
  }

  private isOfBlock(step: number): boolean {
    if ((step - this.firstStep) % PERIOD_STEPS >= BLOCK_STEPS) return false;
    const { starts, planned, streams } = this;
    // Each stream of theirs needs a symbol to predict.
    let symbols = 0;
    for (const { file } of planned.slice(0, this.countOf(step))) {
      symbols += starts[file + 1] - starts[file];
      if (symbols > streams.batchSize) return true;
    }
    return false;
  }

  /** How many of the first planned files a step uses, the same ones throughout a block. */
  private countOf(step: number): number {
    if (this.hasAll(step)) return this.planned.length;
    return this.countAt(step - ((step - this.firstStep) % PERIOD_STEPS), 'usedFrom');
  }

  /** How many of the first planned files are asked for, or used, at a step. */
  private countAt(step: number, field: 'askedAt' | 'usedFrom'): number {
    let low = 0;
    let high = this.planned.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.planned[middle][field] <= step - this.firstStep) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first `count` planned files; all files in the order of the epoch. */
  private filesOf(count: number): readonly number[] {
    if (this.isAll(count)) return Array.from({ length: count }, (_, file) => file);
    return this.planned.slice(0, count).map(({ file }) => file);
  }

  private windowsOf(count: number): PriorWindows {
    if (this.windows?.files !== count) {
      const files = this.filesOf(count);
      const streams = this.isAll(count)
        ? this.streams
        : new StreamWindows(symbolsOfFiles(this.streams.symbols, this.starts, files), this.streams);
      const priors = files.map((file) => this.source.priorsOf(file));
      this.windows = { files: count, windows: new PriorWindows(streams, priors) };
    }
    return this.windows.windows;
  }
}
