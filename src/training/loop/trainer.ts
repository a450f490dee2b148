import { emptyCorpusSentence, readCorpus, splitFiles } from '../../corpus/index.ts';
import type { SourceFile } from '../../corpus/index.ts';
import { MAX_CHARACTERS, MIXING_WEIGHTS } from '../../context-model/index.ts';
import { checkEngine, chooseEngine, ENGINE_REASONS } from '../../engine/index.ts';
import type { EngineChoice } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { lockModel } from '../../common/lock-file.ts';
import type { ModelLock } from '../../common/lock-file.ts';
import { readBaseNetwork, writeModel } from '../../model/index.ts';
import type { BaseNetwork } from '../../model/index.ts';
import { checkOptions } from '../check-options.ts';
import { Streams, trainingSymbols } from '../data/batch-streams.ts';
import { PriorSource } from '../data/priors/source.ts';
import { StepPriors } from '../data/priors/step-priors.ts';
import { planPriors, type PlannedFile } from '../data/priors/plan.ts';
import { validationFiles, Validator } from '../data/validation.ts';
import { corpusEvent } from '../corpus-event.ts';
import type { TrainingDone, TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import { Checkpoints } from './saving/checkpoint.ts';
import { initialize, initialState, newStart, readModelIfThere, startFrom } from './initial-state.ts';
import type { Start } from './initial-state.ts';
import { Recorder } from './recorder.ts';
import { StepRunner } from './step-runner.ts';
import { TrainingLoop } from './training-loop.ts';
import { TypingThrottle } from './typing-throttle.ts';

export interface TrainingContext {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Pauses the training while somebody types. */
  readonly typingThrottle?: TypingThrottle;
}

/** What a training asks of other rooms; tests put something else in their place. */
export interface Services {
  readonly readCorpus: typeof readCorpus;
  readonly checkEngine: typeof checkEngine;
  readonly chooseEngine: typeof chooseEngine;
  readonly writeModel: typeof writeModel;
}

const SERVICES: Services = { readCorpus, checkEngine, chooseEngine, writeModel };

/**
 * Trains: reads the corpus, goes on from the model file or starts anew, checkpoints by time and at epoch ends.
 * Where files are held out, the model file never gets worse on them: it holds the best weights that were measured.
 * Aborting `signal` ends the training, with ending `interrupted`, after what was learnt last is measured (5 s at
 * most) and saved; before the first step there is nothing to save, and the loss is NaN.
 * Holds the model's lock throughout.
 * @throws UserFacingError when it cannot start or go on, or diverges; the last checkpoint is intact.
 */
export async function train(
  request: TrainingRequest,
  context: TrainingContext = {},
  services = SERVICES,
): Promise<TrainingDone> {
  const begin = performance.now();
  checkOptions(request.options);
  const lock = await lockModel(request.modelPath);
  try {
    const done = await new Training(request, lock, context, services, begin).run();
    context.onEvent?.(done);
    return done;
  } finally {
    lock.release();
  }
}

/** What there is to learn, and with what. */
interface Material {
  readonly start: Start;
  readonly streams: Streams;
  /** Those that `streams` reads. */
  readonly training: readonly SourceFile[];
  readonly heldOut: readonly SourceFile[];
}

/** A training that holds the lock of its model. */
class Training {
  private readonly request: TrainingRequest;
  private readonly lock: ModelLock;
  private readonly services: Services;
  private readonly begin: number;
  private readonly signal: AbortSignal;
  private readonly onEvent: (event: TrainingEvent) => void;
  private readonly typingThrottle: TypingThrottle;
  private readonly disposables: { dispose(): void }[] = [];

  constructor(
    request: TrainingRequest,
    lock: ModelLock,
    context: TrainingContext,
    services: Services,
    begin: number,
  ) {
    this.request = request;
    this.lock = lock;
    this.services = services;
    this.begin = begin;
    this.signal = context.signal ?? new AbortController().signal;
    this.onEvent = context.onEvent ?? (() => undefined);
    this.typingThrottle = context.typingThrottle ?? new TypingThrottle();
  }

  async run(): Promise<TrainingDone> {
    const { request, signal } = this;
    this.services.checkEngine(request.engine);
    const model = request.resume ? await readModelIfThere(request.modelPath) : undefined;
    const resumed = model && startFrom(model, request.options.optimizer);
    try {
      let loop: TrainingLoop;
      try {
        loop = await this.createLoop(await this.readMaterial(resumed));
      } catch (error) {
        if (!signal.aborted || error instanceof UserFacingError) throw error;
        return interruptedBeforeStart(resumed, this.begin);
      }
      return await loop.run(this.begin);
    } finally {
      for (const disposable of this.disposables) disposable.dispose();
    }
  }

  private async readMaterial(resumed: Start | undefined): Promise<Material> {
    const { request, signal, onEvent } = this;
    const corpus = await this.services.readCorpus(request.corpus, {
      signal,
      onProgress: (progress) => onEvent({ event: 'reading', ...progress }),
    });
    signal.throwIfAborted();
    // A model keeps its seed, or it would be measured on files that it has learnt.
    const seed = resumed?.seed ?? request.options.seed;
    const { validationFraction } = request.options;
    const { training, validation } = await splitFiles(corpus.files, validationFraction, seed, signal);
    const start = resumed ?? newStart(request.options, texts(training), await this.readBase());
    onEvent(corpusEvent(corpus, { training, validation }, start.vocabulary, request.corpus.roots));
    if (charactersOf(training) < 2)
      throw new UserFacingError(emptyCorpusSentence(request.corpus.roots, corpus.leftOut));
    const symbols = await trainingSymbols(training, start.vocabulary, signal);
    return {
      start,
      streams: new Streams(symbols, request.options),
      training,
      heldOut: validationFiles(validation),
    };
  }

  private async readBase(): Promise<BaseNetwork | undefined> {
    const { basePath } = this.request;
    return basePath === undefined ? undefined : readBaseNetwork(basePath, MIXING_WEIGHTS);
  }

  /** @throws UserFacingError where the engine cannot run the network; the signal's reason when aborted. */
  private async createLoop(material: Material): Promise<TrainingLoop> {
    const { request, signal, onEvent, typingThrottle, services } = this;
    const { start, streams } = material;
    const choice = await services.chooseEngine(
      request.engine,
      {
        specification: start.specification,
        limits: streams,
        threads: request.threads,
        trainedBy: start.record?.engine,
      },
      signal,
    );
    signal.throwIfAborted();
    const state = initialState(start, streams, request);
    const planned = this.planPriors(material);
    const priors = planned && this.startPriors(material, planned);
    // A run that is limited by steps goes on after an interruption with the steps that it would have taken.
    const firstStep = request.limits === 'further' ? state.step : 0;
    const stepPriors = priors && new StepPriors(priors, streams, planned, firstStep);
    const network = this.disposedLater(await choice.engine.createNetwork(start.specification, streams));
    initialize(network, start, state);
    return new TrainingLoop({
      request,
      choice,
      start,
      streams,
      runner: new StepRunner(network, streams, stepPriors, request.options, state),
      validator: await this.createValidator(choice, material, priors),
      recorder: new Recorder(state.history, state.step, onEvent),
      checkpoints: new Checkpoints(request.modelPath, this.lock, start.record?.steps, services.writeModel),
      typingThrottle,
      signal,
    });
  }

  /** For a network that is trained jointly with a context model, the files whose priors it uses. */
  private planPriors({ start, streams, training, heldOut }: Material): readonly PlannedFile[] | undefined {
    if (!start.specification.prior) return undefined;
    return planPriors(withText(training), {
      learnt: Math.min(charactersOf(training), MAX_CHARACTERS),
      heldOut: charactersOf(heldOut),
      stepCharacters: streams.batchSize * streams.sequenceLength,
    });
  }

  private startPriors({ start, training, heldOut }: Material, planned: readonly PlannedFile[]): PriorSource {
    const onProgress = (fraction: number) => this.onEvent({ event: 'remembering', fraction });
    onProgress(0);
    const wanted = planned.map(({ file }) => file);
    return this.disposedLater(
      PriorSource.start(withText(training), wanted, heldOut, start.vocabulary, onProgress),
    );
  }

  private async createValidator(
    { engine }: EngineChoice,
    { start, heldOut }: Material,
    priors: PriorSource | undefined,
  ): Promise<Validator | undefined> {
    const { specification, vocabulary } = start;
    const validator = await Validator.create(engine, specification, vocabulary, heldOut, priors?.heldOut());
    return validator && this.disposedLater(validator);
  }

  private disposedLater<T extends { dispose(): void }>(disposable: T): T {
    this.disposables.push(disposable);
    return disposable;
  }
}

const charactersOf = (files: readonly SourceFile[]): number =>
  files.reduce((sum, file) => sum + file.characters, 0);

const withText = (files: readonly SourceFile[]): readonly SourceFile[] =>
  files.filter(({ text }) => text !== '');

function* texts(files: readonly SourceFile[]): Iterable<string> {
  for (const file of files) yield file.text;
}

function interruptedBeforeStart(start: Start | undefined, begin: number): TrainingDone {
  const step = start?.record?.steps ?? 0;
  return {
    event: 'done',
    engine: start?.record?.engine ?? 'none',
    steps: step,
    loss: NaN,
    bitsPerCharacter: start?.record?.validations.at(-1)?.bitsPerCharacter ?? null,
    charactersPerSecond: 0,
    seconds: (performance.now() - begin) / 1000,
    ending: 'interrupted',
    engineReason: ENGINE_REASONS.notChosen,
    savedStep: step,
    hasImproved: false,
  };
}
