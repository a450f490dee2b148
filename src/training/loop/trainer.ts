import { readCorpus, splitFiles } from '../../corpus/index.ts';
import type { Corpus, SourceFile } from '../../corpus/index.ts';
import { checkEngine, chooseEngine } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { Courtesy } from './typing-throttle.ts';
import { checkOptions } from '../check-options.ts';
import type { TrainingDone, TrainingEvent } from '../events.ts';
import { lockModel } from '../../common/lock-file.ts';
import type { ModelLock } from '../../common/lock-file.ts';
import type { TrainingRequest } from '../options.ts';
import { TrainingLoop } from './training-loop.ts';
import { newStart, readModelIfThere, startFrom } from './initial-state.ts';
import type { Start } from './initial-state.ts';
import { Streams, trainingSymbols } from '../data/batch-streams.ts';

/**
 * Trains: reads the corpus, goes on from the model file or starts anew, checkpoints by time and at epoch ends.
 * Aborting `signal` ends it within a second, after a checkpoint, with ending `interrupted`; before the first
 * step there is nothing to save, and the loss is NaN.
 * Holds the model's lock throughout. `courtesy` makes it rest while somebody types.
 * @throws UserFacingError when it cannot start or go on; the last checkpoint is intact.
 */
export async function train(
  request: TrainingRequest,
  context: { signal?: AbortSignal; onEvent?: (event: TrainingEvent) => void; courtesy?: Courtesy } = {},
): Promise<TrainingDone> {
  const { signal = new AbortController().signal, onEvent = () => undefined } = context;
  const { courtesy = new Courtesy() } = context;
  const begin = performance.now();
  checkOptions(request.options);
  const lock = await lockModel(request.modelPath);
  try {
    const done = await trainLocked(request, lock, signal, onEvent, courtesy, begin);
    onEvent(done);
    return done;
  } finally {
    lock.release();
  }
}

async function trainLocked(
  request: TrainingRequest,
  lock: ModelLock,
  signal: AbortSignal,
  onEvent: (event: TrainingEvent) => void,
  courtesy: Courtesy,
  begin: number,
): Promise<TrainingDone> {
  checkEngine(request.engine);
  const model = request.resume ? await readModelIfThere(request.modelPath) : undefined;
  const resumed = model && startFrom(model, request.options.optimizer);
  let loop: TrainingLoop;
  try {
    const material = await readMaterial(request, resumed, signal, onEvent);
    const { start, streams } = material;
    const choice = await chooseEngine(
      request.engine,
      {
        specification: start.specification,
        limits: streams,
        threads: request.threads,
        trainedBy: start.record?.engine,
      },
      signal,
    );
    loop = await TrainingLoop.create({ request, choice, lock, signal, onEvent, courtesy, ...material });
  } catch (error) {
    if (!signal.aborted || error instanceof UserFacingError) throw error;
    return interruptedBeforeStart(resumed, begin);
  }
  try {
    return await loop.run(begin);
  } finally {
    loop.dispose();
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

async function readMaterial(
  request: TrainingRequest,
  resumed: Start | undefined,
  signal: AbortSignal,
  onEvent: (event: TrainingEvent) => void,
): Promise<Material> {
  const corpus = await readCorpus(request.corpus, {
    signal,
    onProgress: (progress) => onEvent({ event: 'reading', ...progress }),
  });
  signal.throwIfAborted();
  // A model keeps its seed, or it would be measured on files that it has learnt.
  const seed = resumed?.record?.seed ?? request.options.seed;
  const { training, validation } = splitFiles(corpus.files, request.options.validationFraction, seed);
  const start = resumed ?? newStart(request.options, texts(training));
  onEvent({
    event: 'corpus',
    files: corpus.files.length,
    characters: corpus.characters,
    validationFiles: validation.length,
    vocabularySize: start.vocabulary.size,
    leftOut: corpus.leftOut,
  });
  if (training.reduce((sum, file) => sum + file.characters, 0) < 2) throw nothingToLearn(request, corpus);
  const symbols = await trainingSymbols(training, start.vocabulary, signal);
  return { start, streams: new Streams(symbols, request.options), training, heldOut: validation };
}

function* texts(files: readonly SourceFile[]): Iterable<string> {
  for (const file of files) yield file.text;
}

function nothingToLearn(request: TrainingRequest, corpus: Corpus): UserFacingError {
  const leftOut =
    corpus.leftOut.length === 0 ? '' : ` (${corpus.leftOut.length} files or lines were left out)`;
  return new UserFacingError(
    `There is nothing to learn in ${request.corpus.roots.join(', ')}${leftOut}; \`char-rnn corpus\` shows what would be learnt and what not, and why.`,
  );
}

function interruptedBeforeStart(start: Start | undefined, begin: number): TrainingDone {
  return {
    event: 'done',
    engine: start?.record?.engine ?? 'none',
    steps: start?.record?.steps ?? 0,
    loss: NaN,
    bitsPerCharacter: start?.record?.validations.at(-1)?.bitsPerCharacter ?? null,
    charactersPerSecond: 0,
    seconds: (performance.now() - begin) / 1000,
    ending: 'interrupted',
    engineReason: 'stopped before an engine was chosen',
  };
}
