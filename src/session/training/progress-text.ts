import { durationText } from '../../common/duration.ts';
import { bitsPerCharacterText, percentText, numberText } from '../../common/localization/numbers.ts';
import { localize } from '../../common/localization/localize.ts';
import type { TrainingDone, TrainingEvent } from '../../training/index.ts';

type StepEvent = Extract<TrainingEvent, { event: 'step' }>;

/** The one figure of how well the network does. */
export interface ShownBits {
  readonly bitsPerCharacter: number;
  /** The step at which the held-out files were measured; undefined for the mean of the text that is learnt. */
  readonly heldOutAtStep?: number;
  /** Whether it is that of the network by itself, before the first step together with the context model. */
  readonly isAlone?: boolean;
}

/** @param fraction part of the steps that is done, 0 to 1. */
export function stepText(step: StepEvent, fraction: number, bits: ShownBits): string {
  return [
    percentText(fraction),
    bitsShown(bits),
    localize`${thousands(step.charactersPerSecond)} characters/s`,
    ...(Number.isFinite(step.secondsLeft) ? [localize`${durationText(step.secondsLeft)} left`] : []),
  ].join(' · ');
}

function bitsShown({ bitsPerCharacter, heldOutAtStep, isAlone }: ShownBits): string {
  const bits = bitsPerCharacterText(bitsPerCharacter);
  if (isAlone) return localize`${bits} without the context model yet`;
  return heldOutAtStep === undefined ? bits : localize`${bits} at step ${numberText(heldOutAtStep)}`;
}

/** The message while files are read. */
export function readingText(filesSeen: number, charactersRead: number): string {
  return localize`reading files: ${numberText(filesSeen)} seen, ${thousands(charactersRead)} characters`;
}

/** The message between reading the files and learning them. */
export function preparingText(): string {
  return localize`choosing the engine`;
}

/** The message while the context model learns the files. */
export function contextModelText(fraction: number): string {
  return localize`building the context model: ${percentText(fraction)}`;
}

/** The message between the context model and the first step. */
export function firstStepText(): string {
  return localize`preparing the first step`;
}

/** The announcement of a training that ended well. */
export function doneText(done: TrainingDone): string {
  const time = durationText(done.seconds);
  const result = resultText(done);
  if (done.ending === 'interrupted' && done.steps === 0)
    return localize`Char-RNN stopped before it had learnt anything; training again starts from the beginning.`;
  if (done.isUnmeasured)
    return localize`Char-RNN stopped before it could measure what it had learnt, so the model stays as it was; train again, and a little longer.`;
  if (!done.hasImproved && done.steps > done.savedStep)
    return done.ending === 'interrupted'
      ? localize`Char-RNN found nothing new to learn in these files so far: after ${time} they were predicted no better, so the model stays as it was.`
      : localize`Char-RNN found nothing new to learn in these files: after ${time} they were predicted no better, so the model stays as it was.`;
  if (done.ending === 'converged')
    return localize`Char-RNN trained for ${time} to ${result} and has learnt what these files can teach it; training again goes on with what is new in them.`;
  return done.ending === 'interrupted'
    ? localize`Char-RNN stopped at step ${numberText(done.steps)}; what it learnt is saved, and training again goes on from there.`
    : localize`Char-RNN trained for ${time} to ${result} and suggests as you type; training again goes on from there.`;
}

/** How well the network does; says which step is kept where it is not the last one. */
function resultText({ bitsPerCharacter, loss, savedStep, steps }: TrainingDone): string {
  if (bitsPerCharacter === null) return localize`a loss of ${numberText(loss, 2)}`;
  const bits = bitsPerCharacterText(bitsPerCharacter);
  return savedStep === steps
    ? bits
    : localize`${bits} (best at step ${numberText(savedStep)} of ${numberText(steps)}, which is kept)`;
}

function thousands(count: number): string {
  return count < 10_000 ? numberText(count) : localize`${numberText(count / 1000)}k`;
}
