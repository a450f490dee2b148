import { durationText } from '../../common/duration.ts';
import type { TrainingDone, TrainingEvent } from '../../training/index.ts';

type StepEvent = Extract<TrainingEvent, { event: 'step' }>;

/** The progress notification's message while steps are taken. */
export function stepText(step: StepEvent, bitsPerCharacter: number | undefined): string {
  return [
    `${Math.floor(step.fraction * 100)} %`,
    `loss ${step.loss.toFixed(2)}`,
    ...(bitsPerCharacter === undefined ? [] : [`${bitsPerCharacter.toFixed(2)} bits per character`]),
    `${thousands(step.charactersPerSecond)} characters/s`,
    ...(Number.isFinite(step.secondsLeft) ? [`${durationText(step.secondsLeft)} left`] : []),
  ].join(' · ');
}

/** The message while files are read. */
export function readingText(filesSeen: number, charactersRead: number): string {
  return `reading files: ${filesSeen.toLocaleString('en')} seen, ${thousands(charactersRead)} characters`;
}

/** The message while the context model learns the files. */
export function contextModelText(fraction: number): string {
  return `building the context model: ${Math.floor(fraction * 100)} %`;
}

/** The announcement of a training that ended well. */
export function doneText(done: TrainingDone): string {
  const result =
    done.bitsPerCharacter === null
      ? `a loss of ${done.loss.toFixed(2)}`
      : `${done.bitsPerCharacter.toFixed(2)} bits per character`;
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

function thousands(count: number): string {
  return count < 10_000
    ? Math.round(count).toLocaleString('en')
    : `${Math.round(count / 1000).toLocaleString('en')}k`;
}
