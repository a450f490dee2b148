import { realpath, rename, rm } from 'node:fs/promises';
import { UserFacingError, messageOf } from '../../../common/errors.ts';
import { message } from '../../../common/localization/message.ts';
import { writeModel } from '../../../model/index.ts';
import type { Model } from '../../../model/index.ts';
import type { ModelLock } from '../../../common/lock-file.ts';
import { isNotFound } from '../../../common/system-errors.ts';
import { linkOrCopy } from '../../../common/link-or-copy.ts';

/** Writes checkpoints to the model file. */
export class Checkpoints {
  private readonly modelPath: string;
  private readonly lock: ModelLock;
  private readonly writeFile: typeof writeModel;
  /** Whether the file belongs to another model, to be kept as FILE.previous. */
  private keepsPrevious: boolean;
  private step: number | undefined;

  /**
   * @param resumedFrom the step of the model in the file; undefined: what is there belongs to another model.
   * @param writeFile writes a model to a path.
   */
  constructor(
    modelPath: string,
    lock: ModelLock,
    resumedFrom: number | undefined,
    writeFile: typeof writeModel,
  ) {
    this.modelPath = modelPath;
    this.lock = lock;
    this.keepsPrevious = resumedFrom === undefined;
    this.step = resumedFrom;
    this.writeFile = writeFile;
  }

  /** The step of the weights in the file; undefined where the file holds nothing of this model. */
  get savedStep(): number | undefined {
    return this.step;
  }

  /** @throws UserFacingError when the file is not this training's any more. */
  checkLock(): void {
    if (this.lock.isHeld()) return;
    throw new UserFacingError(
      message`Another training took over ${this.modelPath}, or its folder was removed, so this training ended without touching it; train again once the other one is done.`,
    );
  }

  /** @throws UserFacingError when nothing could be written; the last checkpoint is intact. */
  async write(model: Model): Promise<void> {
    const { steps } = model.training;
    try {
      if (this.keepsPrevious) await keepAsPrevious(this.modelPath);
      await this.writeFile(this.modelPath, model);
    } catch (error) {
      const sentence =
        this.step === undefined
          ? messageOf(error)
          : message`The checkpoint of step ${steps} could not be saved, the one of step ${this.step} is intact: ${messageOf(error)}`;
      throw new UserFacingError(sentence, { cause: error });
    }
    this.keepsPrevious = false;
    this.step = steps;
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
