import { durationText } from '../../common/duration.ts';
import type { TrainingDone, TrainingEvent } from '../../training/index.ts';

type StepEvent = Extract<TrainingEvent, { event: 'step' }>;

/** The one figure of how well the network does. */
export interface ShownBits {
  readonly bitsPerCharacter: number;
  /** The step at which the held-out files were measured; undefined for the mean of the text that is learnt. */
  readonly heldOutAtStep?: number;
  /** Whether it is that of the network by itself, while the context model is being built. */
  readonly isAlone?: boolean;
}

/** @param fraction part of the steps that is done, 0 to 1. */
export function stepText(step: StepEvent, fraction: number, bits: ShownBits): string {
  const of = bits.heldOutAtStep === undefined ? '' : ` at step ${bits.heldOutAtStep.toLocaleString('en')}`;
  return [
    `${Math.floor(fraction * 100)} %`,
    `${bits.bitsPerCharacter.toFixed(2)} bits per character${bits.isAlone ? ' without the context model yet' : of}`,
    `${thousands(step.charactersPerSecond)} characters/s`,
    ...(Number.isFinite(step.secondsLeft) ? [`${durationText(step.secondsLeft)} left`] : []),
  ].join(' · ');
}

/** The message while files are read. */
export function readingText(filesSeen: number, charactersRead: number): string {
  return `reading files: ${filesSeen.toLocaleString('en')} seen, ${thousands(charactersRead)} characters`;
}

/** The message between reading the files and learning them. */
export const PREPARING_TEXT = 'choosing the engine';

/** The message while the context model learns the files. */
export function contextModelText(fraction: number): string {
  return `building the context model: ${Math.floor(fraction * 100)} %`;
}

/** The message between the context model and the first step. */
export const FIRST_STEP_TEXT = 'preparing the first step';

/** The announcement of a training that ended well. */
export function doneText(done: TrainingDone): string {
  const result =
    done.bitsPerCharacter === null
      ? `a loss of ${done.loss.toFixed(2)}`
      : `${done.bitsPerCharacter.toFixed(2)} bits per character${bestStepText(done)}`;
  if (done.ending === 'interrupted' && done.steps === 0)
    return 'Char-RNN stopped before it had learnt anything; training again starts from the beginning.';
  if (!done.hasImproved && done.steps > done.savedStep)
    return `Char-RNN found nothing new to learn in these files${done.ending === 'interrupted' ? ' so far' : ''}: after ${durationText(done.seconds)} they were predicted no better, so the model stays as it was.`;
  if (done.ending === 'converged')
    return `Char-RNN trained for ${durationText(done.seconds)} to ${result} and has learnt what these files can teach it; training again goes on with what is new in them.`;
  return done.ending === 'interrupted'
    ? `Char-RNN stopped at step ${done.steps.toLocaleString('en')}; what it learnt is saved, and training again goes on from there.`
    : `Char-RNN trained for ${durationText(done.seconds)} to ${result} and suggests as you type; training again goes on from there.`;
}

/** Says which step is kept where it is not the last one. */
function bestStepText({ savedStep, steps }: TrainingDone): string {
  return savedStep === steps
    ? ''
    : ` (best at step ${savedStep.toLocaleString('en')} of ${steps.toLocaleString('en')}, which is kept)`;
}

function thousands(count: number): string {
  return count < 10_000
    ? Math.round(count).toLocaleString('en')
    : `${Math.round(count / 1000).toLocaleString('en')}k`;
}
