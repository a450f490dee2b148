import type { EngineChoice } from '../../../engine/index.ts';
import { UserFacingError } from '../../../common/errors.ts';
import type { Model } from '../../../model/index.ts';
import type { Streams } from '../../data/batch-streams.ts';
import type { TrainingRequest } from '../../options.ts';
import type { Checkpoints } from './checkpoint.ts';
import type { EarlyStopping } from './early-stopping.ts';
import type { Start } from '../initial-state.ts';
import type { Recorder } from '../recorder.ts';
import type { StepRunner } from '../step-runner.ts';
import { toRecord } from '../training-state.ts';

/** What a model is made of and where it goes. */
export interface SaverParts {
  readonly request: TrainingRequest;
  readonly choice: EngineChoice;
  readonly start: Start;
  readonly streams: Streams;
  readonly runner: StepRunner;
  readonly recorder: Recorder;
  readonly checkpoints: Checkpoints;
}

/** A copy of the model as it is now. */
export function snapshotOf({ request, choice, start, streams, runner, recorder }: SaverParts): Model {
  return {
    specification: start.specification,
    vocabulary: start.vocabulary.symbols,
    ...runner.tensors,
    training: toRecord(
      { ...runner.state, history: recorder.history },
      {
        options: request.options,
        seed: start.seed,
        streams,
        engine: choice.engine.name,
        engineReason: choice.reason,
      },
    ),
  };
}

/**
 * Saves the best model of a training. As long as nothing was measured that is a resumed model as it was, or else the
 * present one.
 */
export class ModelSaver {
  private readonly parts: SaverParts;
  private readonly stopping: EarlyStopping;

  /** @param stopping holds the model to keep. */
  constructor(parts: SaverParts, stopping: EarlyStopping) {
    this.parts = parts;
    this.stopping = stopping;
  }

  /** The step of the model to save. */
  get step(): number {
    return this.stopping.kept?.training.steps ?? this.parts.runner.state.step;
  }

  /** The step of the model in the file; undefined where the file holds nothing of this model. */
  get savedStep(): number | undefined {
    return this.parts.checkpoints.savedStep;
  }

  /**
   * Saves the model where the file does not hold it yet. A failure is reported, so that the next checkpoint can try
   * again; at the end, and where the file holds nothing of this model, it is thrown.
   * @returns whether anything was tried.
   */
  async save(isLast: boolean): Promise<boolean> {
    const { checkpoints, recorder, request } = this.parts;
    const { step } = this;
    if (step === checkpoints.savedStep) return false;
    checkpoints.checkLock();
    try {
      await checkpoints.write(this.stopping.kept ?? snapshotOf(this.parts));
      recorder.emit({ event: 'checkpoint', step, path: request.modelPath });
    } catch (error) {
      if (isLast || checkpoints.savedStep === undefined || !(error instanceof UserFacingError)) throw error;
      recorder.emit({ event: 'checkpointFailed', step, reason: error.message });
    }
    return true;
  }
}
