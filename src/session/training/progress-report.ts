import type { TrainingEvent } from '../../training/index.ts';
import {
  contextModelText,
  firstStepText,
  preparingText,
  readingText,
  type ShownBits,
  stepText,
} from './progress-text.ts';

type EventOf<K extends TrainingEvent['event']> = Extract<TrainingEvent, { event: K }>;

/** Steps over which the loss is averaged. */
const SMOOTHING_STEPS = 50;

/** What the progress notification shows next; its bar moves on by `increment` per cent. */
export interface ProgressUpdate {
  readonly message: string;
  readonly increment?: number;
}

/** Follows the events of one training for its progress notification and the status item. */
export class ProgressReport {
  /** The event's fraction at the first step: time that preparing has taken already. */
  private firstFraction: number | undefined;
  /** Nats, averaged over the last steps: of the network by itself, and together with the context model. */
  private aloneLoss: number | undefined;
  private loss: number | undefined;
  private measured: EventOf<'validation'> | undefined;
  private percent = 0;

  /** Bits per character of the held-out files when they were measured last; undefined before. */
  get bitsPerCharacter(): number | undefined {
    return this.measured?.bitsPerCharacter;
  }

  /** The part of the steps that is done, 0 to 1; 0 while there is none yet. */
  get fraction(): number {
    return this.percent / 100;
  }

  /** @returns undefined where the notification stays as it is. */
  next(event: TrainingEvent): ProgressUpdate | undefined {
    switch (event.event) {
      case 'reading':
        return { message: readingText(event.filesSeen, event.charactersRead) };
      case 'corpus':
        return { message: preparingText() };
      case 'remembering':
        // The first steps are taken meanwhile.
        if (this.firstFraction !== undefined) return undefined;
        return { message: event.fraction < 1 ? contextModelText(event.fraction) : firstStepText() };
      case 'validation':
        this.measured = event;
        return undefined;
      case 'step':
        return this.step(event);
      case 'started':
      case 'sample':
      case 'checkpoint':
      case 'checkpointFailed':
      case 'done':
        return undefined;
    }
  }

  private step(event: EventOf<'step'>): ProgressUpdate {
    this.firstFraction ??= Math.min(event.fraction, 0.99);
    if (event.isAlone) this.aloneLoss = smoothed(this.aloneLoss, event.loss);
    else this.loss = smoothed(this.loss, event.loss);
    const done = (100 * (event.fraction - this.firstFraction)) / (1 - this.firstFraction);
    const increment = Math.max(0, Math.min(100, done) - this.percent);
    this.percent += increment;
    const shown = this.measured
      ? { bitsPerCharacter: this.measured.bitsPerCharacter, heldOutAtStep: this.measured.step }
      : this.trainingBits;
    return { increment, message: stepText(event, this.fraction, shown) };
  }

  /** Steps of both kinds may alternate: once there was one with the context model, only those are shown. */
  private get trainingBits(): ShownBits {
    const { loss = this.aloneLoss ?? NaN } = this;
    return { bitsPerCharacter: loss / Math.LN2, isAlone: this.loss === undefined };
  }
}

function smoothed(mean: number | undefined, loss: number): number {
  return mean === undefined ? loss : mean + (loss - mean) / SMOOTHING_STEPS;
}
