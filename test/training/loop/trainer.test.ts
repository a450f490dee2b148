import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MIXING_WEIGHTS } from '../../../src/context-model/index.ts';
import type { Corpus, SourceFile, readCorpus } from '../../../src/corpus/index.ts';
import { UserFacingError } from '../../../src/common/errors.ts';
import { englishText } from '../../../src/common/localization/message.ts';
import { parameterShapes, readModel, writeModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions } from '../../../src/training/index.ts';
import type { TrainingEvent, TrainingOptions, TrainingRequest } from '../../../src/training/index.ts';
import { train as trainWith } from '../../../src/training/loop/trainer.ts';
import type { Services, TrainingContext } from '../../../src/training/loop/trainer.ts';
import { safetensors } from '../../model/foreign-file.ts';
import type { Tensor } from '../../model/foreign-file.ts';
import { fakeEngine } from '../fake-engine.ts';
import type { FakeEngineScript } from '../fake-engine.ts';
import { sourceFile, temporaryFolders } from '../files.ts';

// What is tested is the loop around the engine, which only has to notice every difference.
let script: FakeEngineScript;
const services = {
  readCorpus: vi.fn<typeof readCorpus>(),
  checkEngine: () => undefined,
  chooseEngine: () => Promise.resolve({ engine: fakeEngine(script), reason: 'a test' }),
  writeModel: vi.fn(writeModel),
} satisfies Services;
const train = (request: TrainingRequest, context?: TrainingContext) => trainWith(request, context, services);

let files: readonly SourceFile[];
const temporaryFolder = temporaryFolders();

/** 20 windows of 3 streams of 10 symbols, and two files held out. */
const text = 'The quick brown fox jumps over the lazy dog. ';
const manyFiles = Array.from({ length: 20 }, (_, i) => sourceFile(`${i}.txt`, text.slice(i)));

beforeEach(() => {
  script = { trained: [], alive: 0 };
  files = manyFiles;
  services.readCorpus.mockImplementation((_options, { signal } = {}) => {
    signal?.throwIfAborted();
    return Promise.resolve(corpusOf(files));
  });
});

function corpusOf(of: readonly SourceFile[]): Corpus {
  return { files: of, leftOut: [], characters: of.reduce((sum, { characters }) => sum + characters, 0) };
}

function requestFor(
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

/** Trains and gives the events by their kind. */
async function trained(request: TrainingRequest, signal?: AbortSignal) {
  const events: TrainingEvent[] = [];
  const done = await train(request, { signal, onEvent: (event) => events.push(event) });
  const of = <Kind extends TrainingEvent['event']>(kind: Kind) =>
    events.filter((event): event is Extract<TrainingEvent, { event: Kind }> => event.event === kind);
  return { done, events, of };
}

/** Aborts after the update of step `step`. */
async function interrupted(request: TrainingRequest, step: number) {
  const abort = new AbortController();
  return train(request, {
    signal: abort.signal,
    onEvent: (event) => {
      if (event.event === 'step' && event.step === step) abort.abort();
    },
  });
}

const newPath = (): string => path.join(temporaryFolder(), 'model.safetensors');

describe('train', () => {
  it('knows as many characters as the options allow, and says how much of the text it does not', async () => {
    const model = newPath();
    const { of } = await trained(requestFor(model, { steps: 1, maxVocabulary: 10 }));
    expect(of('corpus')[0].vocabularySize).toBe(10);
    expect(of('corpus')[0].leftOut).toEqual([
      { path: '/corpus', reason: expect.stringMatching(/^\d\d\.\d % of the text .* the 10 that/) as string },
    ]);
    expect((await readModel(model)).vocabulary).toHaveLength(10);
    for (const maxVocabulary of [2, 65_537, 2.5])
      await expect(trained(requestFor(model, { maxVocabulary }))).rejects.toThrow(/largest vocabulary/);
  });

  it('tells what happens, in order, and releases everything', async () => {
    const model = newPath();
    const { events, of, done } = await trained(requestFor(model, { steps: 3 }));
    expect(events.map(({ event }) => event)).toEqual([
      'corpus',
      'started',
      'checkpoint',
      'step',
      'step',
      'step',
      'step',
      'validation',
      'checkpoint',
      'done',
    ]);
    expect(of('corpus')[0]).toMatchObject({ files: 20, characters: corpusOf(files).characters });
    const { learnt, validationFiles } = of('corpus')[0];
    expect(learnt.map((file) => file.path)).toEqual(files.map((file) => file.path));
    expect(learnt.filter(({ isHeldOut }) => isHeldOut).length).toBe(validationFiles);
    expect(of('started')[0]).toMatchObject({ engineReason: 'a test', batchSize: 3, resumedFromStep: 0 });
    expect(of('started')[0].note).toBeUndefined();
    expect(events.at(-1)).toBe(done);
    expect(script.alive).toBe(0);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it('reports the loss before each update, and at the end that after the last one, without an update', async () => {
    const { of, done } = await trained(requestFor(newPath(), { steps: 5, dropout: 0 }));
    const longer = await trained(requestFor(newPath(), { steps: 8, dropout: 0 }));
    expect(script.trained.length).toBe(5 + 8);
    expect(of('step').map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(longer.of('step')[5].loss).toBeCloseTo(of('step')[5].loss, 12);
    expect(done).toMatchObject({ steps: 5, ending: 'steps', loss: of('step')[5].loss });
  });

  it('ends after the epochs, decays the learning rate with each, and starts each with no state', async () => {
    const { of, done } = await trained(requestFor(newPath(), { epochs: 3, dropout: 0 }));
    const [{ stepsPerEpoch }] = of('started');
    expect(stepsPerEpoch).toBeGreaterThanOrEqual(20);
    expect(done).toMatchObject({ steps: 3 * stepsPerEpoch, ending: 'epochs' });
    const rates = [0, stepsPerEpoch - 1, stepsPerEpoch, 2 * stepsPerEpoch].map(
      (step) => script.trained[step].update.learningRate,
    );
    expect(rates).toEqual([0.002, 0.002, 0.002 * 0.97, 0.002 * 0.97 ** 2]);
    expect(of('step').map(({ epoch }) => epoch)).toEqual([
      ...Array.from({ length: 3 * stepsPerEpoch }, (_, step) => Math.floor(step / stepsPerEpoch)),
      3,
    ]);
    expect(script.trained[stepsPerEpoch].batch).toEqual(script.trained[0].batch);
  });

  it('passes the options on to the optimizer', async () => {
    await trained(requestFor(newPath(), { steps: 1, learningRate: 0.1, clipNorm: 2 }));
    expect(script.trained[0].update).toEqual({
      optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.1,
      clipNorm: 2,
    });
    expect(script.trained[0].batch.dropoutMasks?.length).toBe(1);
  });

  it('ends after the minutes', async () => {
    const { done } = await trained(requestFor(newPath(), { minutes: 0.001, epochs: 1e6 }));
    expect(done.ending).toBe('minutes');
  });

  it('records in the file what was done', async () => {
    const model = newPath();
    const { of, done } = await trained(requestFor(model, { steps: 25, seed: 3 }));
    const { training, vocabulary, specification } = await readModel(model);
    expect(training).toMatchObject({ steps: 25, epochs: 1, batchSize: 3, sequenceLength: 10, seed: 3 });
    expect(training.losses.map(({ step }) => step)).toEqual(Array.from({ length: 26 }, (_, step) => step));
    expect(training.losses.at(-1)!.loss).toBe(done.loss);
    expect(training.validations).toEqual([{ step: 25, bitsPerCharacter: done.bitsPerCharacter }]);
    expect(training.characters).toBe(script.trained.reduce((sum, { batch }) => sum + batch.inputs.length, 0));
    expect(vocabulary.length).toBe(of('corpus')[0].vocabularySize);
    expect(specification).toMatchObject({ cell: 'lstm', layers: 2, units: 4, embedding: 3, dropout: 0.5 });
  });

  it('takes no validation where nothing is held out', async () => {
    const { done, of } = await trained(requestFor(newPath(), { steps: 1, validationFraction: 0 }));
    expect(done.bitsPerCharacter).toBeNull();
    expect(of('validation')).toEqual([]);
  });

  it.each([2, 3, 10, 60])('learns a corpus of %i characters', async (characters) => {
    files = [sourceFile('tiny', text.repeat(2).slice(0, characters))];
    const { done } = await trained(requestFor(newPath(), { epochs: 2, sequenceLength: 200 }));
    expect(done.ending).toBe('epochs');
    expect(done.loss).toBeGreaterThan(0);
  });

  it.each([
    { name: 'no files', of: [] },
    { name: 'an empty file', of: [sourceFile('empty', '')] },
    { name: 'one character', of: [sourceFile('one', 'x')] },
  ])('says that there is nothing to learn in $name, and what to do', async ({ of }) => {
    files = of;
    const model = newPath();
    const training = train(requestFor(model));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      /There is nothing to learn in \/corpus; it holds no text, so name other/,
    );
    expect(existsSync(model)).toBe(false);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it.each([
    { batchSize: 0 },
    { sequenceLength: 1.5 },
    { epochs: -1 },
    { steps: NaN },
    { minutes: -1 },
    { learningRate: 0 },
    { learningRate: Infinity },
    { learningRateDecay: 1.1 },
    { clipNorm: 0 },
    { validationFraction: 1 },
    { seed: 0.5 },
    { layers: 0 },
    { units: 5000 },
    { dropout: 1 },
    { optimizer: 'lbfgs' as never },
  ])('refuses %o in a sentence', async (options) => {
    const training = train(requestFor(newPath(), options));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(/^Training cannot start with these options: .*\.$/);
  });

  it('lets nobody else train the same file meanwhile', async () => {
    const model = newPath();
    await train(requestFor(model, { steps: 1 }), {
      onEvent: (event) => {
        if (event.event === 'step') expect(existsSync(`${model}.lock`)).toBe(true);
      },
    });
    const both = await Promise.allSettled([1, 2].map(() => train(requestFor(model, { steps: 1 }))));
    const refused = both.filter((result) => result.status === 'rejected');
    expect(refused.length).toBe(1);
    expect((refused[0].reason as Error).message).toMatch(/^Another training \(process \d+\)/);
  });
});

describe('a long training', () => {
  /** Every step takes so many seconds; nothing else takes any time. */
  async function withSteps(seconds: number, options: Partial<TrainingOptions>) {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      script.result = () => void vi.advanceTimersByTime(seconds * 1000);
      const { of } = await trained(requestFor(newPath(), options));
      const [{ stepsPerEpoch }] = of('started');
      const steps = (kind: 'checkpoint' | 'validation'): number[] => of(kind).map(({ step }) => step);
      return { checkpoints: steps('checkpoint'), validations: steps('validation'), stepsPerEpoch, of };
    } finally {
      vi.useRealTimers();
    }
  }

  it('saves after 10 seconds and then every 30, and measures the held-out files after 20 and then every 30', async () => {
    const { checkpoints, validations } = await withSteps(11, { steps: 14, validationFraction: 0.02 });
    expect(checkpoints).toEqual([0, 1, 4, 7, 10, 13, 14]);
    expect(validations).toEqual([4, 7, 10, 13, 14]);
  });

  it('measures more seldom where that would take more than a tenth of the time', async () => {
    const { validations } = await withSteps(11, { steps: 14, validationFraction: 0.2 });
    expect(validations).toEqual([14]);
  });

  it('saves and measures at the end of an epoch too', async () => {
    const { checkpoints, validations, stepsPerEpoch } = await withSteps(0.9, { epochs: 2 });
    expect(0.9 * stepsPerEpoch).toBeLessThan(20);
    expect(checkpoints).toEqual([0, 12, stepsPerEpoch, 2 * stepsPerEpoch]);
    expect(validations).toEqual([stepsPerEpoch, 2 * stepsPerEpoch]);
  });

  it('does not save or measure after each of many short epochs', async () => {
    const { checkpoints, validations, stepsPerEpoch } = await withSteps(0.1, { epochs: 9 });
    const everyFiveSeconds = [3, 6, 9].map((epochs) => epochs * stepsPerEpoch);
    expect(checkpoints).toEqual([0, ...everyFiveSeconds]);
    expect(validations).toEqual(everyFiveSeconds);
  });

  it('tells its speed, how much is done and how long it takes yet', async () => {
    const { of } = await withSteps(2, { steps: 10 });
    const step = of('step')[4];
    expect(step).toMatchObject({ fraction: 0.5, secondsLeft: 10 });
    expect(step.charactersPerSecond).toBeCloseTo(script.trained[0].batch.inputs.length / 2);
    expect(of('step').at(-1)).toMatchObject({ step: 10, fraction: 1, secondsLeft: 0 });
    expect(of('done')[0].seconds).toBeCloseTo(20);
  });
});

describe('a training that diverges', () => {
  it.each([
    { name: 'loss', result: { loss: NaN, gradientNorm: 1 } },
    { name: 'gradient', result: { loss: 1, gradientNorm: Infinity } },
  ])('ends when the $name is not finite, and keeps the last checkpoint', async ({ result }) => {
    const model = newPath();
    script.result = (step) => (step === 4 ? result : undefined);
    const training = train(requestFor(model, { steps: 9 }));
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      'The training loss is not a number any more at step 4, so training ended; lower the learning rate; the last checkpoint, of step 0, is intact.',
    );
    expect((await readModel(model)).training.steps).toBe(0);
    expect(script.alive).toBe(0);
  });
});

describe('a training that cannot save', () => {
  const full = new UserFacingError(
    'The model cannot be saved, because the disk is full; free some space and try again.',
  );

  it('says so, and that the last checkpoint is intact', async () => {
    const model = newPath();
    const training = train(requestFor(model, { steps: 5 }), {
      onEvent: (event) => {
        if (event.event === 'checkpoint') services.writeModel.mockRejectedValueOnce(full);
      },
    });
    await expect(training).rejects.toThrow(UserFacingError);
    await expect(training).rejects.toThrow(
      `The checkpoint of step 5 could not be saved, the one of step 0 is intact: ${full.message}`,
    );
    expect((await readModel(model)).training.steps).toBe(0);
    expect(existsSync(`${model}.lock`)).toBe(false);
  });

  it('leaves the model of an earlier training where it was', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 3 }));
    services.writeModel.mockRejectedValueOnce(full);
    await expect(train(requestFor(model, { steps: 5 }))).rejects.toThrow(full.message);
    expect((await readModel(model)).training.steps).toBe(3);
  });

  it('ends without touching a file that became the work of another', async () => {
    const model = newPath();
    const training = train(requestFor(model, { steps: 5 }), {
      onEvent: (event) => {
        if (event.event === 'step') writeFileSync(`${model}.lock`, '{}');
      },
    });
    await expect(training).rejects.toThrow(/^Another training took over/);
    expect((await readModel(model)).training.steps).toBe(0);
  });
});

describe('an interrupted training', () => {
  it('saves and ends with what it has', async () => {
    const model = newPath();
    const done = await interrupted(requestFor(model, { steps: 100 }), 7);
    expect(done).toMatchObject({ event: 'done', steps: 8, ending: 'interrupted' });
    expect((await readModel(model)).training.steps).toBe(8);
  });

  it('ends while the corpus is read, without touching the file', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 2 }));
    const before = readFileSync(model);
    const abort = new AbortController();
    services.readCorpus.mockImplementation((_options, { signal } = {}) => {
      abort.abort();
      return Promise.reject(signal!.reason as Error);
    });
    const { done, events } = await trained(requestFor(model, { steps: 9 }), abort.signal);
    expect(done).toMatchObject({ steps: 0, ending: 'interrupted', loss: NaN });
    expect(events.map(({ event }) => event)).toEqual(['done']);
    expect(readFileSync(model)).toEqual(before);
    expect(existsSync(`${model}.previous`)).toBe(false);
  });

  it('ends before the first step without leaving a file that has learnt nothing', async () => {
    const model = newPath();
    const abort = new AbortController();
    const done = await train(requestFor(model, { steps: 9 }), {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.event === 'corpus') abort.abort();
      },
    });
    expect(done).toMatchObject({ steps: 0, ending: 'interrupted', loss: NaN });
    expect(existsSync(model)).toBe(false);
    expect(script.alive).toBe(0);
  });

  it('ends while it validates, and saves', async () => {
    const model = newPath();
    const abort = new AbortController();
    let evaluations = 0;
    // The first evaluation is that of the loss at the end, the next one the first window of the held-out files.
    script.onEvaluate = () => ++evaluations === 2 && abort.abort();
    files = [sourceFile('long', text.repeat(500))];
    const { done, of } = await trained(
      requestFor(model, { steps: 2, validationFraction: 0.5 }),
      abort.signal,
    );
    expect(done).toMatchObject({ steps: 2, ending: 'interrupted' });
    expect(of('validation')).toEqual([]);
    expect((await readModel(model)).training.steps).toBe(2);
  });
});

describe('a resumed training', () => {
  it.each([1, 12, 19, 20, 21, 33])(
    'that was interrupted after step %i ends with the same bits',
    async (step) => {
      const whole = newPath();
      const inParts = newPath();
      await trained(requestFor(whole, { steps: 45 }));
      await interrupted(requestFor(inParts, { steps: 45 }), step);
      const { of, done } = await trained(requestFor(inParts, { steps: 45 }, { resume: true }));
      expect(of('started')[0]).toMatchObject({ resumedFromStep: step + 1 });
      expect(of('started')[0].note).toBeUndefined();
      expect(of('step')[0].step).toBe(step + 1);
      const [expected, actual] = await Promise.all([readModel(whole), readModel(inParts)]);
      expect(actual.weights).toEqual(expected.weights);
      expect(actual.optimizer).toEqual(expected.optimizer);
      expect(actual.state).toEqual(expected.state);
      expect(actual.training.resume).toEqual(expected.training.resume);
      expect(actual.training.losses).toEqual(expected.training.losses);
      expect(actual.training.characters).toBe(expected.training.characters);
      expect(done.bitsPerCharacter).toBe(expected.training.validations.at(-1)!.bitsPerCharacter);
    },
  );

  it('that had ended goes on to a further limit with the same bits', async () => {
    const whole = newPath();
    const inParts = newPath();
    await trained(requestFor(whole, { steps: 27 }));
    await trained(requestFor(inParts, { steps: 9 }));
    await trained(requestFor(inParts, { steps: 27 }, { resume: true }));
    const [expected, actual] = await Promise.all([readModel(whole), readModel(inParts)]);
    expect(actual.weights).toEqual(expected.weights);
    expect(actual.training.losses).toEqual(expected.training.losses);
  });

  it('starts anew where there is no file', async () => {
    const { of } = await trained(requestFor(newPath(), { steps: 1 }, { resume: true }));
    expect(of('started')[0].resumedFromStep).toBe(0);
  });

  it('whose limits are reached already measures and ends, and leaves the file as it is', async () => {
    const model = newPath();
    const first = await trained(requestFor(model, { steps: 6 }));
    const before = readFileSync(model);
    const { done, of } = await trained(requestFor(model, { steps: 6 }, { resume: true }));
    expect(done).toMatchObject({
      steps: 6,
      ending: 'steps',
      loss: first.done.loss,
      bitsPerCharacter: first.done.bitsPerCharacter,
    });
    expect(of('validation').length).toBe(1);
    expect(readFileSync(model)).toEqual(before);
  });

  it('counts steps and epochs from this start where further ones are asked for', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 6 }));
    const bySteps = await trained(requestFor(model, { steps: 4 }, { resume: true, limits: 'further' }));
    expect(bySteps.done.steps).toBe(10);
    const byEpochs = await trained(requestFor(model, { epochs: 2 }, { resume: true, limits: 'further' }));
    expect(byEpochs.done.steps).toBe(10 + 2 * byEpochs.of('started')[0].stepsPerEpoch);
    expect(byEpochs.done.ending).toBe('epochs');
  });

  it('begins a new epoch with the vocabulary it has when the text changed, and says so', async () => {
    const model = newPath();
    await interrupted(requestFor(model, { steps: 100 }), 7);
    const before = await readModel(model);
    script.trained.length = 0;
    files = [...manyFiles.slice(0, 19), sourceFile('new', `${text} Öl`)];
    const { of } = await trained(requestFor(model, { steps: 9 }, { resume: true }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(
      /^The files or the batches changed .* a new epoch begins/,
    );
    const after = await readModel(model);
    expect(after.vocabulary).toEqual(before.vocabulary);
    expect(after.training).toMatchObject({ steps: 9, epochs: 0, resume: { windowsDone: 1 } });
    const firstBatch = script.trained[0].batch;
    script.trained.length = 0;
    await trained(requestFor(newPath(), { steps: 1 }));
    expect(firstBatch.sequenceLength).toBe(script.trained[0].batch.sequenceLength);
  });

  it('keeps the network and the seed of the file, and says so', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 2 }));
    const asked = { steps: 4, layers: 1, units: 9, embedding: 0, seed: 5 };
    const { of } = await trained(requestFor(model, asked, { resume: true }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(
      /keeps the network it has \(layers 2, units 4, embedding 3\)/,
    );
    expect(englishText(of('started')[0].note ?? '')).toMatch(/keeps its seed, 0/);
    // Another seed would hold other files out.
    expect(englishText(of('started')[0].note ?? '')).not.toMatch(/new epoch/);
    const { specification, training } = await readModel(model);
    expect(specification).toMatchObject({ layers: 2, units: 4, embedding: 3 });
    expect(training).toMatchObject({ steps: 4, seed: 0 });
  });

  it('refuses a file it cannot read, and leaves it as it is', async () => {
    const model = newPath();
    writeFileSync(model, 'something else');
    await expect(train(requestFor(model, {}, { resume: true }))).rejects.toThrow(UserFacingError);
    expect(readFileSync(model, 'utf8')).toBe('something else');
  });
});

describe('a new training over an old file', () => {
  it.each(['something else', undefined])('keeps it as FILE.previous', async (content) => {
    const model = newPath();
    if (content === undefined) await trained(requestFor(model, { steps: 3 }));
    else writeFileSync(model, content);
    writeFileSync(`${model}.previous`, 'older still');
    const before = readFileSync(model);
    await trained(requestFor(model, { steps: 1 }));
    expect(readFileSync(`${model}.previous`)).toEqual(before);
    expect((await readModel(model)).training.steps).toBe(1);
    expect(existsSync(`${model}.previous.tmp`)).toBe(false);
  });

  it('touches nothing when there is nothing to learn', async () => {
    const model = newPath();
    await trained(requestFor(model, { steps: 3 }));
    const before = readFileSync(model);
    files = [];
    await expect(train(requestFor(model))).rejects.toThrow(UserFacingError);
    expect(readFileSync(model)).toEqual(before);
    expect(existsSync(`${model}.previous`)).toBe(false);
  });

  it('says in a sentence that a folder is in the way', async () => {
    const model = newPath();
    mkdirSync(model);
    await expect(train(requestFor(model, { steps: 1 }))).rejects.toThrow(UserFacingError);
    await expect(train(requestFor(model, {}, { resume: true }))).rejects.toThrow(UserFacingError);
  });
});

describe('a training that is given the base network', () => {
  const shape = { units: 2, embedding: 2, layers: 1 };
  const specification = { cell: 'lstm', ...shape, dropout: 0, vocabularySize: 3 } as const;

  function basePath(): string {
    const tensors: Record<string, Tensor> = {};
    for (const [name, of] of parameterShapes(specification)) {
      tensors[name] = {
        shape: of,
        values: Array.from({ length: of.reduce((a, b) => a * b, 1) }, () => 0.25),
      };
    }
    tensors['mixing.weight'] = { shape: [MIXING_WEIGHTS], values: new Array<number>(MIXING_WEIGHTS).fill(0) };
    const metadata = JSON.stringify({ specification, vocabulary: ['\uFFFD', '\u0002', 'e'] });
    const file = path.join(temporaryFolder(), 'base.safetensors');
    writeFileSync(file, safetensors(tensors, { 'char-rnn-base': metadata }));
    return file;
  }

  it('begins a new network with its weights', async () => {
    const model = newPath();
    const { of } = await trained(
      requestFor(model, { ...shape, steps: 0, dropout: 0 }, { basePath: basePath() }),
    );
    const { weights, vocabulary } = await readModel(model);
    expect(weights.get('rnn.weight_hh_l0')).toEqual(new Float32Array(16).fill(0.25));
    expect(weights.get('decoder.bias')![vocabulary.indexOf('e')]).toBe(0.25);
    expect(of('started')[0].note).toBeUndefined();
  });

  it('learns at 15 % of the rate, also when it is trained on', async () => {
    const model = newPath();
    const options = { ...shape, learningRate: 0.008, dropout: 0 };
    const first = await trained(requestFor(model, { ...options, steps: 2 }, { basePath: basePath() }));
    expect(first.of('step')[0].learningRate).toBeCloseTo(0.0012, 12);
    const second = await trained(requestFor(model, { ...options, steps: 4 }, { resume: true }));
    expect(second.of('step')[0].learningRate).toBeCloseTo(0.0012, 12);
  });

  it('says why it does not where the shapes differ', async () => {
    const { of } = await trained(requestFor(newPath(), { steps: 0 }, { basePath: basePath() }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(/another shape.*units 2.*random weights/);
  });

  it('goes on with the model that is there', async () => {
    const model = newPath();
    await train(requestFor(model, { ...shape, steps: 2 }));
    const { weights } = await readModel(model);
    await train(requestFor(model, { ...shape, steps: 2 }, { resume: true, basePath: basePath() }));
    expect((await readModel(model)).weights).toEqual(weights);
  });

  it('refuses a damaged one', async () => {
    const damaged = path.join(temporaryFolder(), 'base.safetensors');
    writeFileSync(damaged, 'damaged');
    await expect(train(requestFor(newPath(), {}, { basePath: damaged }))).rejects.toThrow(/base network/);
  });
});
