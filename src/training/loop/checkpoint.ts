import { realpath, rename, rm } from 'node:fs/promises';
import { sentenceOf, UserFacingError } from '../../common/errors.ts';
import { writeModel } from '../../model/index.ts';
import type { Model } from '../../model/index.ts';
import type { ModelLock } from '../../common/lock-file.ts';
import { isNotFound } from '../../common/system-errors.ts';
import { linkOrCopy } from '../../common/link-or-copy.ts';

const SECONDS_BETWEEN = 30;
/** Suggestions begin with it, and a process killed early has not learnt in vain. */
const SECONDS_BEFORE_FIRST = 10;
/** Where epochs take moments, writing after each would take longer than they do. */
const SECONDS_BETWEEN_EPOCH_ENDS = 5;

/** Writes checkpoints to the model file. */
export class Checkpoints {
  private readonly modelPath: string;
  private readonly lock: ModelLock;
  /** Whether the file belongs to another model, to be kept beside the new one. */
  private keepPrevious: boolean;
  private lastAt = 0;
  private lastStep: number | undefined;
  /** Whether this run has saved anything it learnt. */
  private savedProgress = false;

  /** @param resumedFrom the step of the model in the file; undefined: what is there belongs to another model. */
  constructor(modelPath: string, lock: ModelLock, resumedFrom: number | undefined) {
    this.modelPath = modelPath;
    this.lock = lock;
    this.keepPrevious = resumedFrom === undefined;
    this.lastStep = resumedFrom;
  }

  /** @param elapsed seconds of the run. */
  isDue(elapsed: number, epochEnded: boolean): boolean {
    const between = this.savedProgress ? SECONDS_BETWEEN : SECONDS_BEFORE_FIRST;
    return elapsed - this.lastAt >= (epochEnded ? SECONDS_BETWEEN_EPOCH_ENDS : between);
  }

  /** @throws UserFacingError when nothing could be written; the last checkpoint is intact. */
  async write(model: Model, elapsed: number): Promise<void> {
    const { steps } = model.training;
    if (!this.lock.isHeld()) {
      throw new UserFacingError(
        `Another training took over ${this.modelPath}, or its folder was removed, so this training ended without touching it; train again once the other one is done.`,
      );
    }
    try {
      if (this.keepPrevious) await keepAsPrevious(this.modelPath);
      await writeModel(this.modelPath, model);
    } catch (error) {
      throw new UserFacingError(`${this.failedAt(steps)}${sentenceOf(error)}`, { cause: error });
    }
    this.keepPrevious = false;
    this.savedProgress ||= steps !== 0;
    this.lastAt = elapsed;
    this.lastStep = steps;
  }

  /** The error for a training whose numbers went out of bounds at `step`. */
  diverged(step: number): UserFacingError {
    const intact =
      this.lastStep === undefined ? '' : `; the last checkpoint, of step ${this.lastStep}, is intact`;
    return new UserFacingError(
      `The training loss is not a number any more at step ${step}, so training ended; lower the learning rate${intact}.`,
    );
  }

  private failedAt(step: number): string {
    return this.lastStep === undefined
      ? ''
      : `The checkpoint of step ${step} could not be saved, the one of step ${this.lastStep} is intact: `;
  }
}

/** Makes FILE.previous of FILE without a moment at which FILE is missing. */
async function keepAsPrevious(modelPath: string): Promise<void> {
  const previous = `${modelPath}.previous`;
  const temporary = `${previous}.tmp`;
  let target: string;
  try {
    target = await realpath(modelPath);
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  await rm(temporary, { force: true });
  await linkOrCopy(target, temporary);
  await rename(temporary, previous);
  // Where both names stood for one file already, the rename did nothing.
  await rm(temporary, { force: true });
}
