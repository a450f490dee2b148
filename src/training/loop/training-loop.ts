import type { SourceFile } from '../../corpus/index.ts';
import type { Batch, EngineChoice, TrainableNetwork } from '../../engine/index.ts';
import { initialOptimizerState, parameterCount, RandomGenerator } from '../../model/index.ts';
import type { Model, TrainingRecord } from '../../model/index.ts';
import { BestWeights } from './early-stopping.ts';
import { Checkpoints } from './checkpoint.ts';
import type { Courtesy } from './typing-throttle.ts';
import { DropoutMasks } from './dropout.ts';
import type { TrainingDone, TrainingEvent } from '../events.ts';
import { LossHistory, thinned } from './loss-history.ts';
import type { ModelLock } from '../../common/lock-file.ts';
import type { TrainingOptions, TrainingRequest } from '../options.ts';
import { optimizerUpdates } from './optimizers.ts';
import { Pace } from './progress.ts';
import { PriorSource } from '../data/priors/source.ts';
import { resumeNote, windowsDone } from './initial-state.ts';
import type { Start } from './initial-state.ts';
import type { Streams } from '../data/batch-streams.ts';
import { Timeline } from '../output/sample-timeline.ts';
import { validationFiles, Validator } from '../data/validation.ts';
import { write } from '../output/preview.ts';

/** As `char-rnn sample` writes. */
const SAMPLE_TEMPERATURE = 0.5;
/** Keeps the masks from repeating the numbers that the initial weights were drawn with. */
const MASK_SEED_OFFSET = 0x6d61736b;
/** Part of the streams that each window has no prior for, so that the network can do something by itself, too. */
const PRIOR_DROPOUT = 0.1;

export interface LoopParts {
  readonly request: TrainingRequest;
  readonly choice: EngineChoice;
  readonly lock: ModelLock;
  readonly start: Start;
  readonly streams: Streams;
  readonly training: readonly SourceFile[];
  readonly heldOut: readonly SourceFile[];
  readonly signal: AbortSignal;
  /** Awaited between steps. */
  readonly courtesy: Courtesy;
  readonly onEvent: (event: TrainingEvent) => void;
}

/** Training from the first step to the last: updates, epochs, validation, checkpoints. */
export class TrainingLoop {
  private readonly parts: LoopParts;
  private readonly options: TrainingOptions;
  private readonly network: TrainableNetwork;
  private readonly validator: Validator | undefined;
  private readonly priors: PriorSource | undefined;
  /** Where whole files are held out from a joint training, which is to end by itself. */
  private readonly best: BestWeights | undefined;
  private readonly checkpoints: Checkpoints;
  private readonly masks: DropoutMasks;
  private readonly random: RandomGenerator;
  private readonly losses: LossHistory;
  private readonly pace: Pace;
  private readonly timeline: Timeline;
  private validations: TrainingRecord['validations'];
  private steps: number;
  private epochs: number;
  private windowsDone: number;
  private characters: number;
  private seconds: number;
  private lastLoss = NaN;
  /** Step of the last validation of this run. */
  private validatedAt: number | undefined;
  private stepsAtCheckpoint: number | undefined;
  private begin = 0;

  private constructor(
    parts: LoopParts,
    network: TrainableNetwork,
    priors: PriorSource | undefined,
    validator: Validator | undefined,
  ) {
    const { request, start, streams } = parts;
    const { specification, record } = start;
    this.parts = parts;
    this.options = request.options;
    this.network = network;
    this.validator = validator;
    this.priors = priors;
    this.best = priors && new BestWeights();
    this.checkpoints = new Checkpoints(request.modelPath, parts.lock, record?.steps);
    this.masks = new DropoutMasks(specification, streams.batchSize, streams.sequenceLength);
    this.random = record?.resume
      ? RandomGenerator.fromState(record.resume.random)
      : new RandomGenerator((record?.seed ?? this.options.seed) + MASK_SEED_OFFSET);
    this.losses = new LossHistory(record?.losses, record?.steps);
    this.validations = record?.validations ?? [];
    this.steps = record?.steps ?? 0;
    this.epochs = record?.epochs ?? 0;
    this.windowsDone = windowsDone(start, streams);
    this.characters = record?.characters ?? 0;
    this.seconds = record?.seconds ?? 0;
    this.stepsAtCheckpoint = record?.steps;
    this.pace = new Pace(this.limits());
    this.timeline = new Timeline(this.options, record?.samples, record ? this.epoch : undefined);

    network.setWeights(start.weights);
    const { optimizer } = this.options;
    network.setOptimizerState(start.optimizer ?? initialOptimizerState(specification, optimizer));
    if (this.windowsDone > 0 && start.state) network.setState(start.state);
  }

  /** @throws UserFacingError where the engine cannot run the network; the signal's reason when aborted. */
  static async create(parts: LoopParts): Promise<TrainingLoop> {
    const { choice, start, streams, training, signal } = parts;
    const { specification, vocabulary } = start;
    signal.throwIfAborted();
    const heldOut = validationFiles(parts.heldOut);
    const onRemembered = (fraction: number) => parts.onEvent({ event: 'remembering', fraction });
    if (specification.prior) onRemembered(0);
    const priors = specification.prior
      ? PriorSource.start(training, heldOut, vocabulary, streams, onRemembered)
      : undefined;
    let network: TrainableNetwork | undefined;
    try {
      network = await choice.engine.createNetwork(specification, streams);
      const validator = await Validator.create(
        choice.engine,
        specification,
        vocabulary,
        heldOut,
        await priors?.heldOut(signal),
      );
      return new TrainingLoop(parts, network, priors, validator);
    } catch (error) {
      network?.dispose();
      priors?.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.priors?.dispose();
    this.validator?.dispose();
    this.network.dispose();
  }

  /** @param processBegin `performance.now()` of the whole training's begin. */
  async run(processBegin: number): Promise<TrainingDone> {
    const { signal, start, choice } = this.parts;
    this.begin = performance.now();
    this.announce();
    if (!start.record) await this.startAnew();

    while (!signal.aborted && this.ending() === undefined) {
      if (!(await this.isWindowReady())) break;
      this.takeStep();
      await this.afterStep(this.windowsDone === 0);
      // Lets stop messages and signals in.
      await this.parts.courtesy.rest(signal);
    }
    if (!signal.aborted) await this.finish();
    if (this.steps !== this.stepsAtCheckpoint) await this.checkpoint();

    return {
      event: 'done',
      engine: choice.engine.name,
      steps: this.steps,
      loss: this.lastLoss,
      bitsPerCharacter: this.validations.at(-1)?.bitsPerCharacter ?? null,
      charactersPerSecond: this.pace.meanCharactersPerSecond,
      seconds: (performance.now() - processBegin) / 1000,
      ending: (signal.aborted ? undefined : this.ending()) ?? 'interrupted',
      engineReason: choice.reason,
    };
  }

  private ending(): Exclude<TrainingDone['ending'], 'interrupted'> | undefined {
    return this.best?.isExhausted ? 'converged' : this.pace.ending(this.elapsed);
  }

  /** Epochs done, with their fraction. */
  private get epoch(): number {
    return this.epochs + this.windowsDone / this.parts.streams.windows;
  }

  private get learningRate(): number {
    const { learningRate, learningRateDecay } = this.options;
    return learningRate * learningRateDecay ** this.epochs;
  }

  private get elapsed(): number {
    return (performance.now() - this.begin) / 1000;
  }

  private limits(): ConstructorParameters<typeof Pace>[0] {
    const { epochs, steps = Infinity, minutes = Infinity } = this.options;
    const { windows } = this.parts.streams;
    const seconds = minutes * 60;
    return this.parts.request.limits === 'further'
      ? { stepsByEpochs: epochs * windows, steps, seconds }
      : {
          stepsByEpochs: (epochs - this.epochs) * windows - this.windowsDone,
          steps: steps - this.steps,
          seconds,
        };
  }

  private announce(): void {
    const { choice, start, streams, onEvent } = this.parts;
    const note = resumeNote(start, streams, this.options);
    onEvent({
      event: 'started',
      engine: choice.engine.name,
      engineReason: choice.reason,
      parameters: parameterCount(start.specification),
      batchSize: streams.batchSize,
      stepsPerEpoch: streams.windows,
      resumedFromStep: this.steps,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Waits for what a memory says of the next window; false when aborted meanwhile. */
  private async isWindowReady(): Promise<boolean> {
    const { signal } = this.parts;
    try {
      await this.priors?.ready(this.windowsDone, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  /** @param isPriorLeftOut asked for each stream in turn. */
  private window(isPriorLeftOut: () => boolean): Batch {
    const window = this.parts.streams.window(this.windowsDone);
    const prior = this.priors?.window(this.windowsDone, isPriorLeftOut);
    return prior ? { ...window, logitBias: prior } : window;
  }

  private takeStep(): void {
    const { streams } = this.parts;
    const { clipNorm } = this.options;
    const start = performance.now();
    const window = this.window(() => this.random.nextUniform() < PRIOR_DROPOUT);
    const dropoutMasks = this.masks.draw(window.sequenceLength, this.random);
    const { loss, gradientNorm } = this.network.trainStep(
      dropoutMasks ? { ...window, dropoutMasks } : window,
      {
        optimizer: optimizerUpdates[this.options.optimizer],
        learningRate: this.learningRate,
        clipNorm,
      },
    );
    // From here on the weights may be spoilt, so no checkpoint may follow.
    if (!Number.isFinite(loss + gradientNorm)) throw this.checkpoints.diverged(this.steps);

    const seconds = (performance.now() - start) / 1000;
    this.pace.add(window.inputs.length, seconds);
    this.characters += window.inputs.length;
    this.seconds += seconds;
    this.tellLoss(loss, gradientNorm);
    this.steps++;
    this.windowsDone++;
    if (this.windowsDone === streams.windows) {
      this.epochs++;
      this.windowsDone = 0;
      this.network.resetState();
    }
  }

  /** Tells the loss of step `steps`: of the batch before that update. */
  private tellLoss(loss: number, gradientNorm?: number): void {
    this.lastLoss = loss;
    this.losses.add(this.steps, loss);
    this.parts.onEvent({
      event: 'step',
      step: this.steps,
      epoch: this.epochs,
      loss,
      ...(gradientNorm === undefined ? {} : { gradientNorm }),
      learningRate: this.learningRate,
      charactersPerSecond: this.pace.charactersPerSecond,
      fraction: this.pace.fraction(this.elapsed),
      secondsLeft: this.pace.secondsLeft(this.elapsed),
    });
  }

  private async afterStep(epochEnded: boolean): Promise<void> {
    const isMilestone = this.timeline.reaches(this.epoch);
    if (isMilestone || this.validator?.isDue(this.elapsed, epochEnded, this.pace.charactersPerSecond)) {
      await this.validate();
    }
    if (isMilestone || this.timeline.isDue(this.steps)) await this.sample();
    const { checkpointEvery = Infinity } = this.options;
    if (this.steps % checkpointEvery === 0 || this.checkpoints.isDue(this.elapsed, epochEnded)) {
      await this.checkpoint();
    }
  }

  /** A new network is saved, measured and shown before it has learnt anything, where that is asked for. */
  private async startAnew(): Promise<void> {
    const isMilestone = this.timeline.reaches(0);
    if (isMilestone) await this.validate();
    if (isMilestone || this.timeline.isDue(0)) {
      this.lastLoss = await this.nextLoss();
      if (Number.isFinite(this.lastLoss)) await this.sample();
    }
    await this.checkpoint();
  }

  /** Lets the network write, from the same random numbers each time, and keeps what it wrote. */
  private async sample(): Promise<void> {
    const { choice, start, signal, onEvent } = this.parts;
    const { samplePrime: prime = '', sampleTemperature: temperature = SAMPLE_TEMPERATURE } = this.options;
    const text = await write(
      choice.engine,
      start.specification,
      this.network.weights(),
      start.vocabulary,
      { prime, temperature, seed: start.record?.seed ?? this.options.seed },
      signal,
    );
    const written = { step: this.steps, epoch: this.epoch, loss: this.lastLoss, text };
    this.timeline.add(written);
    onEvent({ event: 'sample', ...written });
  }

  /** Measures where the last update led: the loss of the batch that would come next, and the held-out files. */
  private async finish(): Promise<void> {
    this.tellLoss(await this.nextLoss());
    await this.validate();
    const restored = this.best?.restore(this.network);
    if (restored === undefined) return;
    this.recordValidation(restored);
    this.lastLoss = await this.nextLoss();
    this.stepsAtCheckpoint = undefined;
  }

  /** The loss of the batch that comes next, in nats per symbol; the last one when aborted before it is there. */
  private async nextLoss(): Promise<number> {
    if (!(await this.isWindowReady())) return this.lastLoss;
    const state = this.network.state();
    const { loss, count } = this.network.evaluate(this.window(() => false));
    this.network.setState(state);
    if (!Number.isFinite(loss)) throw this.checkpoints.diverged(this.steps);
    return count === 0 ? 0 : loss / count;
  }

  private async validate(): Promise<void> {
    if (!this.validator || this.validatedAt === this.steps) return;
    const { signal } = this.parts;
    let bitsPerCharacter: number;
    try {
      bitsPerCharacter = await this.validator.measure(this.network.weights(), this.elapsed, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (!Number.isFinite(bitsPerCharacter)) throw this.checkpoints.diverged(this.steps);
    this.validatedAt = this.steps;
    this.best?.add(bitsPerCharacter, this.network);
    this.recordValidation(bitsPerCharacter);
  }

  private recordValidation(bitsPerCharacter: number): void {
    const earlier = this.validations.filter(({ step }) => step < this.steps);
    this.validations = thinned([...earlier, { step: this.steps, bitsPerCharacter }]);
    this.parts.onEvent({ event: 'validation', step: this.steps, bitsPerCharacter });
  }

  private async checkpoint(): Promise<void> {
    await this.checkpoints.write(this.model(), this.elapsed);
    this.stepsAtCheckpoint = this.steps;
    this.parts.onEvent({ event: 'checkpoint', step: this.steps, path: this.parts.request.modelPath });
  }

  private model(): Model {
    const { start, streams, choice } = this.parts;
    return {
      specification: start.specification,
      vocabulary: start.vocabulary.symbols,
      weights: this.network.weights(),
      optimizer: this.network.optimizerState(),
      state: this.network.state(),
      training: {
        steps: this.steps,
        epochs: this.epochs,
        characters: this.characters,
        seconds: this.seconds,
        optimizer: this.options.optimizer,
        learningRate: this.options.learningRate,
        learningRateDecay: this.options.learningRateDecay,
        batchSize: streams.batchSize,
        sequenceLength: streams.sequenceLength,
        seed: start.record?.seed ?? this.options.seed,
        engine: choice.engine.name,
        engineReason: choice.reason,
        savedAt: new Date().toISOString(),
        losses: this.losses.toStored(),
        validations: this.validations,
        samples: this.timeline.toStored(),
        resume: {
          fingerprint: streams.fingerprint,
          windowsDone: this.windowsDone,
          random: this.random.state,
        },
      },
    };
  }
}
