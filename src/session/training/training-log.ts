import { bitsText, type TrainingEvent } from '../../training/index.ts';

/** An entry of the log. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn';
  readonly line: string;
}

/** What the log says of an event of a training; undefined where it says nothing. */
export function trainingLogEntry(event: TrainingEvent): LogEntry | undefined {
  switch (event.event) {
    case 'corpus':
      return {
        level: 'info',
        line:
          `corpus: ${event.files} files, ${event.validationFiles} of them held out, ${event.characters} characters, ` +
          `${event.vocabularySize} symbols; ${event.leftOut.length} left out:`,
      };
    case 'started':
      return {
        level: 'info',
        line:
          `training: ${event.engine} engine (${event.engineReason}), ${event.parameters} parameters, ` +
          `${event.batchSize} streams, ${event.stepsPerEpoch} steps an epoch, from step ${event.resumedFromStep}`,
      };
    case 'step':
      return {
        level: 'debug',
        line: `step ${event.step}, epoch ${event.epoch}: loss ${event.loss.toFixed(4)}`,
      };
    case 'validation':
      return { level: 'info', line: `step ${event.step}: held-out files cost ${bitsText(event)}` };
    case 'checkpoint':
      return { level: 'info', line: `step ${event.step}: checkpoint saved` };
    case 'checkpointFailed':
      return { level: 'warn', line: `${event.reason} The next checkpoint tries again.` };
    case 'done':
      return {
        level: 'info',
        line:
          `done (${event.ending}): step ${event.steps}, loss ${event.loss.toFixed(4)}, ` +
          `${Math.round(event.charactersPerSecond)} characters/s, ${Math.round(event.seconds)} s; ` +
          `the file holds step ${event.savedStep}`,
      };
    case 'sample':
      return { level: 'debug', line: `step ${event.step}: the network writes:\n${event.text}` };
    case 'reading':
    case 'remembering':
      return undefined;
  }
}

/** Whether an event says that a checkpoint was written that suggestions may use. */
export function isUsableCheckpoint(event: TrainingEvent): boolean {
  // The first one holds an untrained network, so that there is a file from the beginning.
  return event.event === 'checkpoint' && event.step > 0;
}
