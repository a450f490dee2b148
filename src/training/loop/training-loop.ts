import { parameterCount } from '../../model/index.ts';
import type { Model, Tensors } from '../../model/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { figure, message } from '../../common/localization/message.ts';
import type { BitsPerCharacter } from '../data/evaluation.ts';
import type { Validator } from '../data/validation.ts';
import type { TrainingDone } from '../events.ts';
import { write } from '../output/preview.ts';
import { EarlyStopping } from './saving/early-stopping.ts';
import { resumeNote } from './initial-state.ts';
import { ModelSaver, snapshotOf } from './saving/model-saver.ts';
import type { SaverParts } from './saving/model-saver.ts';
import { limitsOf, TrainingProgress } from './progress.ts';
import { rateFactor } from './rate-factor.ts';
import { RunClock } from './run-clock.ts';
import { Schedule } from './schedule.ts';
import type { Task } from './schedule.ts';
import type { Step } from './step-runner.ts';
import type { TypingThrottle } from './typing-throttle.ts';

/** That of `char-rnn sample`. */
const SAMPLE_TEMPERATURE = 0.5;
/** A training that is stopped may spend this long on measuring what it learnt last, before it saves and ends. */
const MAX_CLOSING_MEASURE_MS = 5_000;

/** What a loop works with. */
export interface LoopParts extends SaverParts {
  /** Undefined where nothing is held out. */
  readonly validator: Validator | undefined;
  readonly typingThrottle: TypingThrottle;
  readonly signal: AbortSignal;
}

/**
 * Trains from the first step to the last. Where files are held out, what it saves is the model that predicted them
 * best so far, a resumed model's own weights included, with the step they belong to; until something is measured, and
 * where nothing is held out, it saves the present weights.
 */
export class TrainingLoop {
  private readonly parts: LoopParts;
  private readonly schedule: Schedule;
  private readonly progress: TrainingProgress;
  private readonly clock: RunClock;
  private readonly stopping: EarlyStopping;
  private readonly saver: ModelSaver;
  private readonly resumedFromStep: number;
  /** Of the last step; in a joint training, of the last one with priors as soon as there was one. */
  private lastLoss = NaN;
  private isLastLossJoint = false;
  /** The step of the last measure. */
  private measuredStep: number | undefined;

  constructor(parts: LoopParts) {
    const { request, runner, streams, validator } = parts;
    this.parts = parts;
    this.stopping = new EarlyStopping(parts.start.record && validator ? snapshotOf(parts) : undefined);
    this.saver = new ModelSaver(parts, this.stopping);
    this.schedule = new Schedule({ ...request.options, windows: streams.windows });
    this.progress = new TrainingProgress(limitsOf(request, runner.state, streams.windows));
    this.clock = new RunClock(validator?.characters ?? 0);
    this.resumedFromStep = runner.state.step;
  }

  /**
   * @param processBegin `performance.now()` of the whole training's begin.
   * @throws UserFacingError when the training diverged or its last checkpoint failed.
   */
  async run(processBegin: number): Promise<TrainingDone> {
    const { signal, start, runner, recorder, choice, typingThrottle, validator } = this.parts;
    this.announce();
    if (!start.record) await this.perform(this.due());
    while (!signal.aborted && !this.due().includes('stop')) {
      // Now rather than when the training is stopped: then there may be time for one measure only.
      if (validator?.isReady) await this.measureResumed(signal);
      if (!(await this.isReady())) break;
      await this.takeStep();
      await this.perform(this.due());
      await typingThrottle.wait(signal);
    }
    await this.finish();

    const { best } = this.stopping;
    const measured: BitsPerCharacter | undefined = best?.measure ?? recorder.history.validations.at(-1);
    const { bitsPerCharacter = null, bitsPerCharacterAlone, bitsPerCharacterMemory } = measured ?? {};
    return {
      event: 'done',
      engine: choice.engine.name,
      steps: runner.state.step,
      loss: this.lastLoss,
      bitsPerCharacter,
      charactersPerSecond: this.progress.meanCharactersPerSecond,
      seconds: (performance.now() - processBegin) / 1000,
      ending: (signal.aborted ? undefined : this.ending) ?? 'interrupted',
      engineReason: choice.reason,
      savedStep: this.saver.step,
      hasImproved: !start.record || this.saver.step > this.resumedFromStep,
      ...(this.isUnmeasured && { isUnmeasured: true as const }),
      ...(bitsPerCharacterAlone !== undefined && { bitsPerCharacterAlone, bitsPerCharacterMemory }),
    };
  }

  private get ending(): Exclude<TrainingDone['ending'], 'interrupted'> | undefined {
    // A joint training ends by itself; one without a memory goes on as long as was asked for.
    const mayConverge = this.parts.start.specification.prior ?? false;
    if (mayConverge && this.stopping.isExhausted) return 'converged';
    return this.progress.ending(this.clock.learningSeconds);
  }

  /** Whether the model this run began with is kept because nothing that was made of it is measured. */
  private get isUnmeasured(): boolean {
    const { resumedFromStep: from, measuredStep = from } = this;
    return this.stopping.kept !== undefined && measuredStep === from && this.parts.runner.state.step > from;
  }

  private due(): readonly Task[] {
    const progress = { ...this.parts.runner.state, isOver: this.ending !== undefined };
    const clock = this.clock.read(this.progress.charactersPerSecond);
    return this.schedule.due(progress, { ...clock, mayMeasure: this.parts.validator?.isReady ?? false });
  }

  private async perform(tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) {
      if (task === 'validate') await this.validate(this.parts.signal);
      if (task === 'sample') await this.sample();
      if (task === 'checkpoint') await this.save();
    }
  }

  private announce(): void {
    const { choice, start, streams, recorder, request } = this.parts;
    const note = resumeNote(start, streams, request.options);
    recorder.emit({
      event: 'started',
      engine: choice.engine.name,
      engineReason: choice.reason,
      parameters: parameterCount(start.specification),
      batchSize: streams.batchSize,
      stepsPerEpoch: streams.windows,
      resumedFromStep: this.resumedFromStep,
      ...(note === undefined ? {} : { note }),
    });
  }

  private get learningRate(): number {
    const { minutes } = this.parts.request.options;
    const { learningRate } = this.parts.runner;
    // A run limited by steps or epochs can be resumed as if nothing had interrupted it, so its rate knows no end.
    return minutes === undefined
      ? learningRate
      : learningRate * rateFactor(this.progress.fraction(this.clock.learningSeconds));
  }

  /** Waits for the next step; false when aborted. */
  private async isReady(): Promise<boolean> {
    const { runner, signal } = this.parts;
    const begin = performance.now();
    const isReady = await runner.isReady(signal);
    // A run's minutes are for learning, not for waiting until the context model is there.
    this.clock.noteWait((performance.now() - begin) / 1000);
    return isReady;
  }

  private async takeStep(): Promise<void> {
    const { runner } = this.parts;
    const { step, epoch } = runner.state;
    const { learningRate } = this;
    const taken = runner.takeStep(learningRate);
    if (!taken.isFinite) await this.failDiverged();
    this.progress.add(taken.characters, taken.seconds);
    this.reportStep({ step, epoch, learningRate }, taken);
  }

  /** Reports the loss of step `step`, which is that of the batch before its update. */
  private reportStep(
    at: { readonly step: number; readonly epoch: number; readonly learningRate: number },
    { loss, gradientNorm, isAlone = this.parts.runner.isAlone }: Pick<Step, 'loss'> & Partial<Step>,
  ): void {
    if (!isAlone || !this.isLastLossJoint) this.lastLoss = loss;
    this.isLastLossJoint ||= !isAlone;
    this.parts.recorder.step({
      ...at,
      loss,
      ...(isAlone && { isAlone }),
      ...(gradientNorm === undefined ? {} : { gradientNorm }),
      charactersPerSecond: this.progress.charactersPerSecond,
      fraction: this.progress.fraction(this.clock.learningSeconds),
      secondsLeft: this.progress.secondsLeft(this.clock.learningSeconds),
    });
  }

  /** The loss of the next batch; the last one when aborted before that is there. */
  private async nextLoss(): Promise<number> {
    const { runner, signal } = this.parts;
    if (!(await runner.isReady(signal))) return this.lastLoss;
    const loss = runner.nextLoss();
    if (!Number.isFinite(loss)) await this.failDiverged();
    return loss;
  }

  /** Writes a sample, from the same random numbers each time. */
  private async sample(): Promise<void> {
    const { choice, start, runner, recorder, signal, request } = this.parts;
    const { samplePrime: prime = '', sampleTemperature: temperature = SAMPLE_TEMPERATURE } = request.options;
    if (Number.isNaN(this.lastLoss)) this.lastLoss = await this.nextLoss();
    if (Number.isNaN(this.lastLoss)) return;
    const text = await write(
      choice.engine,
      start.specification,
      runner.tensors.weights,
      start.vocabulary,
      { prime, temperature, seed: start.seed },
      signal,
    );
    recorder.sample({ step: runner.state.step, epoch: runner.epochs, loss: this.lastLoss, text });
  }

  /** Measures the held-out files and keeps the model where it is the best; nothing when aborted meanwhile. */
  private async validate(signal: AbortSignal): Promise<void> {
    const { runner } = this.parts;
    await this.measureResumed(signal);
    const { step } = runner.state;
    if (this.measuredStep === step) return;
    await this.measure({ step, weights: runner.tensors.weights }, () => snapshotOf(this.parts), signal);
  }

  /** A resumed model is a candidate like any other. */
  private async measureResumed(signal: AbortSignal): Promise<void> {
    const { unmeasured } = this.stopping;
    if (!unmeasured) return;
    const { training, weights } = unmeasured;
    await this.measure({ step: training.steps, weights }, () => unmeasured, signal);
  }

  private async measure(
    { step, weights }: { readonly step: number; readonly weights: Tensors },
    model: () => Model,
    signal: AbortSignal,
  ): Promise<void> {
    const { validator, recorder } = this.parts;
    if (!validator) return;
    let measure: BitsPerCharacter;
    try {
      const waitBegin = performance.now();
      await validator.ready(signal);
      const begin = performance.now();
      this.clock.noteWait((begin - waitBegin) / 1000);
      measure = await validator.measure(weights, signal);
      this.clock.noteMeasure((performance.now() - begin) / 1000, step > this.resumedFromStep);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.measuredStep = step;
    if (this.stopping.isDiverged(measure)) await this.failDiverged(measure);
    recorder.validation(step, measure);
    this.stopping.add(measure, model);
  }

  /** Measures where the last step led, and saves what is to be kept. */
  private async finish(): Promise<void> {
    const { runner, signal } = this.parts;
    if (!signal.aborted) {
      const loss = await this.nextLoss();
      const { step, epoch } = runner.state;
      this.reportStep({ step, epoch, learningRate: this.learningRate }, { loss });
      await this.validate(signal);
    } else if (this.stopping.kept && this.stopping.kept.training.steps !== runner.state.step) {
      await this.validate(AbortSignal.timeout(MAX_CLOSING_MEASURE_MS));
    }
    await this.save(true);
  }

  private async save(isLast = false): Promise<void> {
    const hasTried = await this.saver.save(isLast);
    if (hasTried) this.clock.noteCheckpoint((this.saver.savedStep ?? 0) > this.resumedFromStep);
  }

  /**
   * Ends a training whose numbers went out of bounds; the best model stays.
   * @param measure where held-out files showed it; left out: the loss did.
   */
  private async failDiverged(measure?: BitsPerCharacter): Promise<never> {
    const { runner } = this.parts;
    const { best } = this.stopping;
    if (best) await this.save(true);
    const { step } = runner.state;
    const saved = this.saver.savedStep;
    const what =
      measure && best && Number.isFinite(measure.bitsPerCharacter)
        ? message`The held-out files cost ${figure(measure.bitsPerCharacter, 2)} bits per character at step ${step}, after ${figure(best.measure.bitsPerCharacter, 2)} at step ${best.model.training.steps}`
        : message`The training loss is not a number any more at step ${step}`;
    throw new UserFacingError(
      saved === undefined
        ? message`${what}, so training ended; lower the learning rate.`
        : message`${what}, so training ended; lower the learning rate; the last checkpoint, of step ${saved}, is intact.`,
    );
  }
}
