import type { LogitBias } from '../../../engine/index.ts';
import type { PriorSource } from './source.ts';

/** How long the network learns by itself at the begin of a run, where priors are still being computed. */
export interface WarmUp {
  /** From this step on the priors are waited for. */
  readonly untilStep: number;
  /**
   * Given: until this time of `performance.now()`, or that step, each step takes the priors that are there, and goes
   * without those that are not. Left out: all steps until then go without, so that the run gives the same bits each time.
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
  /** Of an epoch: where this run began, and the priors with it. */
  private firstWindow: number | undefined;
  /** Whether the next step goes without priors that another run may have. */
  private isAlone = true;
  private isOver = false;

  constructor(source: PriorSource, windows: number, warmUp: WarmUp) {
    this.source = source;
    this.windows = windows;
    this.warmUp = warmUp;
  }

  /** Whether the warm-up is over, and so is the wait for the first step that may not go without priors. */
  get isWarmUpOver(): boolean {
    return this.isOver;
  }

  /** Whether a step goes without priors; after `ready` for the step. */
  isMissing(step: number): boolean {
    return this.warmUp.untilMs === undefined ? step < this.warmUp.untilStep : this.isAlone;
  }

  /**
   * Settles when the next step may be taken.
   * @throws UserFacingError when the priors cannot be computed; the signal's reason when aborted.
   */
  async ready({ step, windowsDone }: RunPosition, signal: AbortSignal): Promise<void> {
    const { source } = this;
    const { untilStep, untilMs } = this.warmUp;
    if (untilMs === undefined) {
      if (step >= untilStep) return this.waitFor(windowsDone, signal);
      void source.prepare((windowsDone + untilStep - step) % this.windows);
      return;
    }
    const mayGoAlone = step < untilStep && performance.now() < untilMs;
    if (mayGoAlone) source.gather((this.firstWindow ??= windowsDone));
    this.isAlone = mayGoAlone && !source.has(windowsDone);
    if (!mayGoAlone) return this.waitFor(windowsDone, signal);
  }

  /** Those of a window that is ready. */
  window(index: number): LogitBias {
    return this.source.window(index);
  }

  private async waitFor(index: number, signal: AbortSignal): Promise<void> {
    await this.source.ready(index, signal);
    this.isOver = true;
  }
}
