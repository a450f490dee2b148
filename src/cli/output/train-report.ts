import { SingleBar } from 'cli-progress';
import { bitsText } from '../../training/index.ts';
import type { TrainingDone, TrainingEvent } from '../../training/index.ts';
import type { Output } from './output.ts';
import { sampleHeading, shownSample } from './shown-sample.ts';
import { durationText } from '../../common/duration.ts';
import { englishText } from '../../common/localization/message.ts';

/** Reports a training to a person or a script. */
export interface TrainReport {
  onEvent(event: TrainingEvent): void;
  /** Settles when every report is written. */
  end(): Promise<void>;
}

/** JSON lines, a progress bar on a terminal, plain lines elsewhere. */
export function trainReport(output: Output, json: boolean): TrainReport {
  if (json) return linesReport(output, jsonLine);
  return output.isTerminal ? barReport(output) : linesReport(output, plainLine);
}

/** Whether a step is reported: the first ten are, and every hundredth. */
function isReported(step: number): boolean {
  return step < 10 || step % 100 === 0;
}

function linesReport(output: Output, lineOf: (event: TrainingEvent) => string | undefined): TrainReport {
  let written = Promise.resolve();
  return {
    onEvent(event) {
      const line = lineOf(event);
      if (line === undefined) return;
      // When the pipe is closed, `output.closed` ends the training.
      written = output.line(line).catch(() => undefined);
    },
    end: () => written,
  };
}

function jsonLine(event: TrainingEvent): string | undefined {
  switch (event.event) {
    case 'reading':
    case 'remembering':
      return undefined;
    case 'corpus':
      // Without the files, which may be many.
      return JSON.stringify({ ...event, learnt: undefined, leftOut: event.leftOut.length });
    case 'step': {
      const { step, epoch, loss, isAlone, charactersPerSecond } = event;
      return isReported(step)
        ? JSON.stringify({ event: 'step', step, epoch, loss, isAlone, charactersPerSecond })
        : undefined;
    }
    case 'started':
      return JSON.stringify(event.note === undefined ? event : { ...event, note: englishText(event.note) });
    case 'validation':
    case 'sample':
    case 'checkpoint':
    case 'checkpointFailed':
    case 'done':
      return JSON.stringify(event);
  }
}

function plainLine(event: TrainingEvent): string | undefined {
  switch (event.event) {
    case 'reading':
      return undefined;
    case 'remembering':
      return event.fraction === 0 ? 'building the context model' : undefined;
    case 'step':
      return isReported(event.step)
        ? `step ${event.step}, epoch ${event.epoch}: loss ${event.loss.toFixed(4)} nats${event.isAlone ? ' alone' : ''}, ${speedOf(event.charactersPerSecond)}`
        : undefined;
    case 'corpus':
      return `${event.files} files, ${event.characters} characters, ${event.vocabularySize} symbols; ${event.validationFiles} held out for validation, ${event.leftOut.length} left out (char-rnn corpus lists the reasons)`;
    case 'started': {
      const from = event.resumedFromStep > 0 ? `goes on from step ${event.resumedFromStep}; ` : '';
      const note = event.note === undefined ? '' : `\n${englishText(event.note)}`;
      return `${from}${event.parameters} parameters, ${event.batchSize} streams, ${event.stepsPerEpoch} steps an epoch, engine ${event.engine} (${event.engineReason})${note}`;
    }
    case 'validation':
      return `held out at step ${event.step}: ${bitsText(event)}`;
    case 'sample':
      return `${sampleHeading(event)}\n${shownSample(event.text)}`;
    case 'checkpoint':
      return `saved ${event.path} at step ${event.step}`;
    case 'checkpointFailed':
      return `not saved; the next checkpoint tries again. ${event.reason}`;
    case 'done': {
      const { bitsPerCharacter } = event;
      const heldOut =
        bitsPerCharacter === null ? '' : `, held out ${bitsText({ ...event, bitsPerCharacter })}`;
      const loss = Number.isFinite(event.loss) ? `: loss ${event.loss.toFixed(4)} nats${heldOut}` : '';
      const how = event.ending === 'interrupted' ? 'interrupted' : 'done';
      return `${how} after ${event.steps} steps, ${durationText(event.seconds)}${loss}, ${speedOf(event.charactersPerSecond)}${keptText(event)}`;
    }
  }
}

/** A note about which weights the file holds, where they are not those of the last step. */
function keptText({ steps, savedStep, hasImproved, isUnmeasured }: TrainingDone): string {
  if (savedStep === steps) return '';
  if (isUnmeasured)
    return `; what was learnt could not be measured on the held-out files yet, so the model stays as it was at step ${savedStep}`;
  return hasImproved
    ? `; the file holds step ${savedStep}, which predicts the held-out files best`
    : `; nothing new was learnt that predicts the held-out files better, so the model stays as it was at step ${savedStep}`;
}

/** Resolution of the progress bar. */
const BAR_STEPS = 1000;

/** A progress bar with the latest figures, and lines before and after it. */
function barReport(output: Output): TrainReport {
  const lines = linesReport(output, plainLine);
  const bar = new SingleBar({
    stream: process.stdout,
    format: '{bar} {percentage}%  step {step}  loss {loss}  {heldOut}{speed}  {left} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    // Interrupts are handled by the training.
    gracefulExit: false,
  });
  // The bar has switched off the terminal's line wrapping, which must be undone even after a second Ctrl-C.
  process.once('exit', () => bar.stop());
  let isDrawn = false;
  let heldOut = '';
  return {
    onEvent(event) {
      switch (event.event) {
        case 'step': {
          const figures = {
            step: event.step,
            loss: event.loss.toFixed(3),
            heldOut,
            speed: speedOf(event.charactersPerSecond),
            left: Number.isFinite(event.secondsLeft) ? durationText(event.secondsLeft) : 'unknown time',
          };
          if (isDrawn) bar.update(Math.round(event.fraction * BAR_STEPS), figures);
          else bar.start(BAR_STEPS, Math.round(event.fraction * BAR_STEPS), figures);
          isDrawn = true;
          break;
        }
        case 'validation':
          heldOut = `held out ${event.bitsPerCharacter.toFixed(3)} bits/char  `;
          break;
        case 'done':
          if (isDrawn) bar.stop();
          lines.onEvent(event);
          break;
        case 'reading':
        case 'sample':
        case 'checkpoint':
          break;
        case 'corpus':
        case 'remembering':
        case 'started':
        case 'checkpointFailed':
          lines.onEvent(event);
          break;
      }
    },
    end() {
      bar.stop();
      return lines.end();
    },
  };
}

function speedOf(charactersPerSecond: number): string {
  return charactersPerSecond < 10_000
    ? `${Math.round(charactersPerSecond)} characters/s`
    : `${Math.round(charactersPerSecond / 1000)}k characters/s`;
}
