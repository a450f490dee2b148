import type { TrainingEvent } from '../../src/training/index.ts';

interface Part {
  steps: number;
  seconds: number;
}

/**
 * The speed of a training's first epoch and of those after it. Time counts from one step's event to the next, waits
 * included, unless something else was reported in between: measures, samples and checkpoints are no part of it.
 */
export class EpochSpeeds {
  private readonly first: Part = { steps: 0, seconds: 0 };
  private readonly later: Part = { steps: 0, seconds: 0 };
  private alone = 0;
  private stepCharacters = 0;
  private readonly sequenceLength: number;
  private lastSeconds = 0;
  private firstStep: number | undefined;

  /** @param sequenceLength symbols of each stream in a step */
  constructor(sequenceLength: number) {
    this.sequenceLength = sequenceLength;
  }

  /** @param seconds since the training's begin */
  add(event: TrainingEvent, seconds: number): void {
    if (event.event === 'started') this.stepCharacters = event.batchSize * this.sequenceLength;
    if (event.event === 'step' && event.gradientNorm !== undefined) {
      this.firstStep ??= seconds;
      const part = event.epoch === 0 ? this.first : this.later;
      part.steps++;
      part.seconds += seconds - this.lastSeconds;
      if (event.epoch === 0 && event.isAlone) this.alone++;
    }
    this.lastSeconds = seconds;
  }

  get firstStepSeconds(): number {
    return this.firstStep ?? NaN;
  }

  /** Characters a second. */
  get firstEpoch(): number {
    return this.speedOf(this.first);
  }

  /** Characters a second; NaN where there is one epoch only. */
  get laterEpochs(): number {
    return this.speedOf(this.later);
  }

  /** Part of the first epoch's steps that were taken without priors. */
  get aloneShare(): number {
    return this.alone / this.first.steps;
  }

  private speedOf({ steps, seconds }: Part): number {
    return (steps * this.stepCharacters) / seconds;
  }
}
