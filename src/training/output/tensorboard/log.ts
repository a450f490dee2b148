import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { UserFacingError } from '../../../common/errors.ts';
import { message } from '../../../common/localization/message.ts';
import { makeFolder } from '../../../common/make-folder.ts';
import type { TrainingEvent } from '../../events.ts';
import { restartRecord, scalarsRecord, textRecord, versionRecord } from './event-record.ts';
import { systemReason } from '../../../common/system-errors.ts';

/** Of this many steps every one is written, of ten times as many every tenth, and so on. */
const DENSE_STEPS = 1_000;

/** Writes the events of a training to a new event file, which TensorBoard shows as curves and texts. */
export class TensorBoardLog {
  private readonly folder: string;
  private readonly file: FileHandle;
  private readonly now: () => number;
  private written: Promise<unknown> = Promise.resolve();
  private failure: unknown;

  private constructor(folder: string, file: FileHandle, now: () => number) {
    this.folder = folder;
    this.file = file;
    this.now = now;
    this.write(versionRecord(now()));
  }

  /**
   * @param folder is made where it is missing; one folder is one run in TensorBoard.
   * @param now seconds since 1970.
   * @throws UserFacingError where no file can be written there.
   */
  static async open(folder: string, now: () => number = () => Date.now() / 1000): Promise<TensorBoardLog> {
    // TensorBoard looks for "tfevents" in the name, and reads the files of a folder in the order of their names.
    const name = `events.out.tfevents.${Math.floor(now())}.char-rnn.${process.pid}.0`;
    try {
      await makeFolder(folder);
      return new TensorBoardLog(folder, await open(join(folder, name), 'a'), now);
    } catch (error) {
      throw cannotWrite(folder, error);
    }
  }

  onEvent(event: TrainingEvent): void {
    switch (event.event) {
      case 'started':
        if (event.resumedFromStep > 0) this.write(restartRecord(this.now(), event.resumedFromStep));
        break;
      case 'step': {
        if (!isWritten(event.step)) break;
        const { loss, gradientNorm, learningRate, charactersPerSecond } = event;
        const scalars = [
          { tag: event.isAlone ? 'loss/training_alone' : 'loss/training', value: loss },
          { tag: 'learning_rate', value: learningRate },
          { tag: 'characters_per_second', value: charactersPerSecond },
        ];
        if (gradientNorm !== undefined) scalars.push({ tag: 'gradient_norm', value: gradientNorm });
        this.write(scalarsRecord(this.now(), event.step, scalars));
        break;
      }
      case 'validation': {
        const { step, bitsPerCharacter } = event;
        const scalars = [
          { tag: 'loss/validation', value: bitsPerCharacter * Math.LN2 },
          { tag: 'validation_bits_per_character', value: bitsPerCharacter },
        ];
        this.write(scalarsRecord(this.now(), step, scalars));
        break;
      }
      case 'sample':
        this.write(textRecord(this.now(), event.step, 'sample', asMarkdown(event.text)));
        break;
      case 'reading':
      case 'remembering':
      case 'corpus':
      case 'checkpoint':
      case 'checkpointFailed':
      case 'done':
        break;
    }
  }

  /** @throws UserFacingError when something could not be written; training itself is not held up by it. */
  async close(): Promise<void> {
    await this.written;
    await this.file.close();
    if (this.failure !== undefined) throw cannotWrite(this.folder, this.failure);
  }

  private write(record: Buffer): void {
    if (this.failure !== undefined) return;
    this.written = this.written
      .then(() => this.file.appendFile(record))
      .catch((error: unknown) => {
        this.failure ??= error;
      });
  }
}

function isWritten(step: number): boolean {
  let stride = 1;
  while (step >= DENSE_STEPS * stride) stride *= 10;
  return step % stride === 0;
}

/** Indented by four spaces a text is shown as it is. */
function asMarkdown(text: string): string {
  return text.replace(/^/gm, '    ');
}

function cannotWrite(folder: string, error: unknown): UserFacingError {
  return new UserFacingError(
    message`The events for TensorBoard cannot be written to ${folder}, because ${systemReason(error)}; name another folder.`,
    { cause: error },
  );
}
