import type { LogitBias } from '../../../engine/index.ts';
import type { PriorSource } from './source.ts';

/** How long the network learns by itself at the begin of a run, while the context model is built. */
export interface WarmUp {
  /** From this step on the priors are waited for. */
  readonly untilStep: number;
  /**
   * Given: the warm-up ends as soon as the priors are there, and from this time of `performance.now()` on they are
   * waited for. Left out: it ends at its step, so that the run gives the same bits each time.
   */
  readonly untilMs?: number;
}

/** Where in its epochs a run is. */
export interface RunPosition {
  readonly step: number;
  /** Of the present epoch. */
  readonly windowsDone: number;
}

/** The priors of a run's steps, which the first ones may go without. */
export class StepPriors {
  private readonly source: PriorSource;
  /** Of an epoch. */
  private readonly windows: number;
  private readonly warmUp: WarmUp;
  private hasBegun = false;

  constructor(source: PriorSource, windows: number, warmUp: WarmUp) {
    this.source = source;
    this.windows = windows;
    this.warmUp = warmUp;
  }

  /** Whether a step goes without priors; after `ready` for the step. */
  isMissing(step: number): boolean {
    return this.warmUp.untilMs === undefined ? step < this.warmUp.untilStep : !this.hasBegun;
  }

  /**
   * Settles when the next step may be taken.
   * @throws UserFacingError when the priors cannot be computed; the signal's reason when aborted.
   */
  async ready({ step, windowsDone }: RunPosition, signal: AbortSignal): Promise<void> {
    const { source } = this;
    const { untilStep, untilMs } = this.warmUp;
    if (!this.isMissing(step)) return source.ready(windowsDone, signal);
    if (untilMs === undefined) {
      void source.prepare((windowsDone + untilStep - step) % this.windows);
      return;
    }
    const missing = source.prepare(windowsDone);
    if (missing.length > 0 && step < untilStep && performance.now() < untilMs) return;
    this.hasBegun = true;
    return source.ready(windowsDone, signal);
  }

  /** Those of a window that is ready. */
  window(index: number): LogitBias {
    return this.source.window(index);
  }
}
