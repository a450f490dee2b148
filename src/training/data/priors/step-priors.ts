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
  private windows: { readonly files: number; readonly windows: PriorWindows } | undefined;

  /**
   * @param streams of an epoch.
   * @param planned with steps that count from `firstStep` on.
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
    const asked = this.planned.filter(({ askedAt }) => askedAt <= step - this.firstStep);
    this.source.prepare(asked.map(({ file }) => file));
    if (!this.isMissing(step)) await this.source.ready(this.filesOf(step), signal);
  }

  /** The window of a step that is ready; undefined where it goes without priors. */
  window({ step, windowsDone }: RunPosition): Batch | undefined {
    if (this.isMissing(step)) return undefined;
    if (this.hasAll(step)) return this.windowsOf(step).window(windowsDone);
    const steps = step - this.firstStep;
    const index = Math.floor(steps / PERIOD_STEPS) * BLOCK_STEPS + (steps % PERIOD_STEPS);
    const windows = this.windowsOf(step);
    return windows.window(index % windows.count);
  }

  private hasAll(step: number): boolean {
    return this.filesAt(step).length === this.starts.length - 1;
  }

  private isOfBlock(step: number): boolean {
    if ((step - this.firstStep) % PERIOD_STEPS >= BLOCK_STEPS) return false;
    const { starts } = this;
    const symbols = this.filesOf(step).reduce((sum, file) => sum + starts[file + 1] - starts[file], 0);
    // Each stream of theirs has a symbol to predict.
    return symbols > this.streams.batchSize;
  }

  /** The files whose priors a step uses, the same ones throughout a block. */
  private filesOf(step: number): readonly number[] {
    return this.hasAll(step)
      ? Array.from({ length: this.starts.length - 1 }, (_, file) => file)
      : this.filesAt(step - ((step - this.firstStep) % PERIOD_STEPS));
  }

  /** The files whose priors are to be there at a step. */
  private filesAt(step: number): readonly number[] {
    const used = this.planned.filter(({ usedFrom }) => usedFrom <= step - this.firstStep);
    return used.map(({ file }) => file);
  }

  private windowsOf(step: number): PriorWindows {
    const files = this.filesOf(step);
    if (this.windows?.files !== files.length) {
      const streams = this.hasAll(step)
        ? this.streams
        : new StreamWindows(symbolsOfFiles(this.streams.symbols, this.starts, files), this.streams);
      const priors = files.map((file) => this.source.priorsOf(file));
      this.windows = { files: files.length, windows: new PriorWindows(streams, priors) };
    }
    return this.windows.windows;
  }
}
