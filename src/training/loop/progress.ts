import type { TrainingDone } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import type { TrainingState } from './training-state.ts';

/** The speed is an average over so many seconds of training steps. */
const SPEED_WINDOW_SECONDS = 5;

/** The limits of a run, counted from its begin; Infinity where there is none. */
export interface RunLimits {
  /** Optimiser steps until the epochs are over. */
  readonly stepsByEpochs: number;
  readonly steps: number;
  readonly seconds: number;
}

/**
 * What is left to do of what was asked for.
 * @param state at the begin of the run
 * @param windows of an epoch
 */
export function limitsOf(
  { options, limits }: Pick<TrainingRequest, 'options' | 'limits'>,
  { step, epoch, windowsDone }: Pick<TrainingState, 'step' | 'epoch' | 'windowsDone'>,
  windows: number,
): RunLimits {
  const { epochs, steps = Infinity, minutes = Infinity } = options;
  const done =
    limits === 'further' ? { windows: 0, steps: 0 } : { windows: epoch * windows + windowsDone, steps: step };
  return {
    stepsByEpochs: epochs * windows - done.windows,
    steps: steps - done.steps,
    seconds: minutes * 60,
  };
}

/** Measures the speed of a run, and how much of it is done. */
export class TrainingProgress {
  private readonly limits: RunLimits;
  private steps = 0;
  private characters = 0;
  private seconds = 0;
  /** Totals after the steps of the last few seconds, oldest first. */
  private recent = [{ steps: 0, characters: 0, seconds: 0 }];

  constructor(limits: RunLimits) {
    this.limits = limits;
  }

  /** Steps taken in this run. */
  get stepsTaken(): number {
    return this.steps;
  }

  /** Adds a step and the seconds that it took. */
  add(characters: number, seconds: number): void {
    this.steps++;
    this.characters += characters;
    this.seconds += seconds;
    this.recent.push({ steps: this.steps, characters: this.characters, seconds: this.seconds });
    while (this.recent.length > 2 && this.recent[1].seconds < this.seconds - SPEED_WINDOW_SECONDS)
      this.recent.shift();
  }

  /** Over the last few seconds of training steps; 0 before the first. */
  get charactersPerSecond(): number {
    const first = this.recent[0];
    return rate(this.characters - first.characters, this.seconds - first.seconds);
  }

  /** Over the whole run; 0 before the first step. */
  get meanCharactersPerSecond(): number {
    return rate(this.characters, this.seconds);
  }

  /** The limit that is reached, if any. @param elapsed seconds since the run began. */
  ending(elapsed: number): Exclude<TrainingDone['ending'], 'converged' | 'interrupted'> | undefined {
    if (this.steps >= this.limits.steps) return 'steps';
    if (this.steps >= this.limits.stepsByEpochs) return 'epochs';
    return elapsed >= this.limits.seconds ? 'minutes' : undefined;
  }

  /** Part of this run that is done, 0 to 1, by the limit that will end it. */
  fraction(elapsed: number): number {
    const parts = [
      part(this.steps, this.limits.steps),
      part(this.steps, this.limits.stepsByEpochs),
      part(elapsed, this.limits.seconds),
    ];
    return Math.min(1, Math.max(...parts));
  }

  secondsLeft(elapsed: number): number {
    const first = this.recent[0];
    const stepsPerSecond = rate(this.steps - first.steps, this.seconds - first.seconds);
    const stepsLeft = Math.min(this.limits.steps, this.limits.stepsByEpochs) - this.steps;
    const bySteps = stepsLeft > 0 ? stepsLeft / stepsPerSecond : 0;
    return Math.max(0, Math.min(bySteps, this.limits.seconds - elapsed));
  }
}

function rate(amount: number, seconds: number): number {
  return amount > 0 ? amount / Math.max(seconds, 1e-9) : 0;
}

function part(done: number, limit: number): number {
  return limit > 0 ? done / limit : 1;
}
