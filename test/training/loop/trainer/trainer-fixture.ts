import path from 'node:path';
import { beforeEach, vi } from 'vitest';
import type { Corpus, SourceFile, readCorpus } from '../../../../src/corpus/index.ts';
import { writeModel } from '../../../../src/model/index.ts';
import { defaultTrainingOptions } from '../../../../src/training/index.ts';
import type { TrainingEvent, TrainingOptions, TrainingRequest } from '../../../../src/training/index.ts';
import { train as trainWith } from '../../../../src/training/loop/trainer.ts';
import type { Services, TrainingContext } from '../../../../src/training/loop/trainer.ts';
import { fakeEngine } from '../../fake-engine.ts';
import type { FakeEngineScript } from '../../fake-engine.ts';
import { sourceFile, temporaryFolders } from '../../files.ts';

export const TEXT = 'The quick brown fox jumps over the lazy dog. ';

/** 20 windows of 3 streams of 10 symbols, and two files held out. */
export const manyFiles = Array.from({ length: 20 }, (_, i) => sourceFile(`${i}.txt`, TEXT.slice(i)));

export function corpusOf(files: readonly SourceFile[]): Corpus {
  return { files, leftOut: [], characters: files.reduce((sum, { characters }) => sum + characters, 0) };
}

export function requestFor(
  modelPath: string,
  options: Partial<TrainingOptions> = {},
  change: Partial<TrainingRequest> = {},
): TrainingRequest {
  const small = { layers: 2, units: 4, embedding: 3, batchSize: 3, sequenceLength: 10, dropout: 0.5 };
  return {
    modelPath,
    corpus: { roots: ['/corpus'], include: [], exclude: [], maxCharacters: 1e6 },
    options: { ...defaultTrainingOptions, ...small, ...options },
    limits: 'total',
    engine: 'auto',
    threads: 0,
    resume: false,
    ...change,
  };
}

/**
 * Trainings with an engine that only notices every difference: what is tested is the loop around it. `given` is new
 * before each test of the calling file.
 */
export function trainerFixture() {
  const temporaryFolder = temporaryFolders();
  const given = {
    /** What the engine does, and what it was asked for. */
    script: { trained: [], alive: 0 } as FakeEngineScript,
    /** The corpus. */
    files: manyFiles as readonly SourceFile[],
  };
  const services = {
    readCorpus: vi.fn<typeof readCorpus>(),
    checkEngine: () => undefined,
    chooseEngine: () => Promise.resolve({ engine: fakeEngine(given.script), reason: 'a test' }),
    writeModel: vi.fn(writeModel),
  } satisfies Services;

  beforeEach(() => {
    given.script = { trained: [], alive: 0 };
    given.files = manyFiles;
    services.readCorpus.mockImplementation((_options, { signal } = {}) => {
      signal?.throwIfAborted();
      return Promise.resolve(corpusOf(given.files));
    });
  });

  const train = (request: TrainingRequest, context?: TrainingContext) =>
    trainWith(request, context, services);

  /** Trains and gives the events by their kind. */
  const trained = async (request: TrainingRequest, signal?: AbortSignal) => {
    const events: TrainingEvent[] = [];
    const done = await train(request, { signal, onEvent: (event) => events.push(event) });
    const of = <Kind extends TrainingEvent['event']>(kind: Kind) =>
      events.filter((event): event is Extract<TrainingEvent, { event: Kind }> => event.event === kind);
    return { done, events, of };
  };

  /** Aborts after the update of step `step`. */
  const interrupted = async (request: TrainingRequest, step: number) => {
    const abort = new AbortController();
    return train(request, {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.event === 'step' && event.step === step) abort.abort();
      },
    });
  };

  const newPath = (): string => path.join(temporaryFolder(), 'model.safetensors');

  return { given, services, train, trained, interrupted, newPath, temporaryFolder };
}
