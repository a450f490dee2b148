import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { readModel, writeModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions } from '../../../src/training/index.ts';
import type { TrainingEvent, TrainingOptions, TrainingRequest } from '../../../src/training/index.ts';
import { train } from '../../../src/training/loop/trainer.ts';
import type { Services } from '../../../src/training/loop/trainer.ts';
import { fakeEngine } from '../fake-engine.ts';
import type { FakeEngineScript } from '../fake-engine.ts';
import { sourceFile, temporaryFolders } from '../files.ts';
import { requestFor } from './trainer/trainer-fixture.ts';

const temporaryFolder = temporaryFolders();
const text = 'The quick brown fox jumps over the lazy dog. ';
const files = Array.from({ length: 20 }, (_, i) => sourceFile(`${i}.txt`, text.slice(i)));
const otherFiles = Array.from({ length: 20 }, (_, i) => sourceFile(`${i}.txt`, text.slice(i).toUpperCase()));

let script: FakeEngineScript;
let corpus: readonly ReturnType<typeof sourceFile>[];
const services = {
  readCorpus: () => Promise.resolve({ files: corpus, leftOut: [], characters: 1000 }),
  checkEngine: () => undefined,
  chooseEngine: () => Promise.resolve({ engine: fakeEngine(script), reason: 'a test' }),
  writeModel: vi.fn(writeModel),
} satisfies Services;

let modelPath: string;
beforeEach(() => {
  script = { trained: [], alive: 0 };
  corpus = files;
  modelPath = path.join(temporaryFolder(), 'model.safetensors');
});

/** Measures cost so many bits a character, in their order, and the last of them from then on. */
function heldOutBits(...bits: readonly number[]): void {
  // A character is a symbol here.
  script.heldOut = (measure) => bits[Math.min(measure, bits.length - 1)] * Math.LN2;
}

/** @param onEvent may abort the training. */
async function trained(
  options: Partial<TrainingOptions>,
  change: Partial<TrainingRequest> = {},
  onEvent: (event: TrainingEvent, abort: AbortController) => void = () => undefined,
) {
  const abort = new AbortController();
  const events: TrainingEvent[] = [];
  const request = requestFor(
    modelPath,
    { layers: 1, dropout: defaultTrainingOptions.dropout, ...options },
    { resume: true, ...change },
  );
  const context = {
    signal: abort.signal,
    onEvent: (event: TrainingEvent) => {
      events.push(event);
      onEvent(event, abort);
    },
  };
  const training = train(request, context, services);
  const of = <Kind extends TrainingEvent['event']>(kind: Kind) =>
    events.filter((event): event is Extract<TrainingEvent, { event: Kind }> => event.event === kind);
  return { done: await training, of, model: await readModel(modelPath) };
}

describe('a training whose held-out files get worse', () => {
  it('saves the best weights with their own step, moments, state and history', async () => {
    heldOutBits(2, 1.5);
    const { model: expected } = await trained({ steps: 20, checkpointEvery: 10 });
    modelPath = path.join(temporaryFolder(), 'model.safetensors');
    heldOutBits(2, 1.5, 1.6, 1.7);
    const { done, of, model } = await trained({ steps: 35, checkpointEvery: 10 });
    expect(
      of('validation').map(({ step, bitsPerCharacter }) => [step, Math.round(bitsPerCharacter * 10)]),
    ).toEqual([
      [10, 20],
      [20, 15],
      [30, 16],
      [35, 17],
    ]);
    expect(of('checkpoint').map(({ step }) => step)).toEqual([0, 10, 20]);
    expect(done).toMatchObject({ steps: 35, savedStep: 20, hasImproved: true, ending: 'steps' });
    expect(done.bitsPerCharacter).toBeCloseTo(1.5);
    expect(model.weights).toEqual(expected.weights);
    expect(model.optimizer).toEqual(expected.optimizer);
    expect(model.state).toEqual(expected.state);
    expect(model.training).toMatchObject({
      steps: 20,
      resume: expected.training.resume,
      validations: expected.training.validations,
    });
    expect(model.training.losses.at(-1)!.step).toBeLessThanOrEqual(20);
  });

  it('is resumed from these', async () => {
    heldOutBits(2, 1.5, 1.6, 1.7);
    await trained({ steps: 35, checkpointEvery: 10 });
    heldOutBits(1.5, 1.4);
    const { of, model } = await trained({ steps: 40 });
    expect(of('started')[0].resumedFromStep).toBe(20);
    expect(of('step').at(-1)!.step).toBe(40);
    expect(model.training.steps).toBe(40);
  });

  it('saves them when it is cancelled, too', async () => {
    heldOutBits(2, 1.5, 1.6);
    const { done, model } = await trained({ steps: 100, checkpointEvery: 10 }, {}, (event, abort) => {
      if (event.event === 'step' && event.step === 24) abort.abort();
    });
    expect(done).toMatchObject({ ending: 'interrupted', steps: 25, savedStep: 20 });
    expect(done.bitsPerCharacter).toBeCloseTo(1.5);
    expect(model.training.steps).toBe(20);
  });

  it('saves what a cancelled training learnt last where that is the best', async () => {
    heldOutBits(2, 1.5, 1.4);
    const { done, model } = await trained({ steps: 100, checkpointEvery: 10 }, {}, (event, abort) => {
      if (event.event === 'step' && event.step === 24) abort.abort();
    });
    expect(done).toMatchObject({ ending: 'interrupted', steps: 25, savedStep: 25 });
    expect(model.training.steps).toBe(25);
  });

  it('never has anything else in the file, whenever it is killed', async () => {
    heldOutBits(2, 1.5, 1.6, 1.7, 1.4, 1.8);
    const saved: number[] = [];
    services.writeModel.mockImplementation((file, model) => {
      saved.push(model.training.validations.at(-1)?.bitsPerCharacter ?? Infinity);
      return writeModel(file, model);
    });
    await trained({ steps: 65, checkpointEvery: 10 });
    expect(saved.map((bits) => Math.round(bits * 10))).toEqual([Infinity, 20, 15, 14]);
  });
});

describe('a resumed training', () => {
  /** Trains for 20 steps. */
  async function begun() {
    heldOutBits(1.5);
    await trained({ steps: 20 });
  }

  it('that gains nothing leaves the file as it is, and says so', async () => {
    await begun();
    const before = readFileSync(modelPath);
    heldOutBits(1.5, 1.6, 1.7, 1.8);
    const { done, of } = await trained({ steps: 50, checkpointEvery: 10 });
    expect(of('validation')[0].step).toBe(20);
    expect(of('checkpoint')).toEqual([]);
    expect(done).toMatchObject({ steps: 50, savedStep: 20, hasImproved: false, ending: 'steps' });
    expect(readFileSync(modelPath)).toEqual(before);
  });

  it('that gains something saves it', async () => {
    await begun();
    heldOutBits(1.5, 1.6, 1.4, 1.8);
    const { done, model } = await trained({ steps: 50, checkpointEvery: 10 });
    expect(done).toMatchObject({ steps: 50, savedStep: 40, hasImproved: true });
    expect(model.training.steps).toBe(40);
  });

  it('measures the model it has before it takes a step', async () => {
    await begun();
    const kinds: string[] = [];
    await trained({ steps: 22 }, {}, ({ event }) => kinds.push(event));
    expect(kinds.indexOf('validation')).toBeGreaterThan(0);
    expect(kinds.indexOf('validation')).toBeLessThan(kinds.indexOf('step'));
  });

  it('leaves the file as it is when it is cancelled while the model is measured', async () => {
    await begun();
    const before = readFileSync(modelPath);
    script.onEvaluate = () => {
      throw new Error('aborted meanwhile');
    };
    const cancelled = trained({ steps: 50 }, {}, (event, abort) => {
      if (event.event === 'started') abort.abort();
    });
    expect((await cancelled).done).toMatchObject({ ending: 'interrupted', steps: 20, savedStep: 20 });
    expect(readFileSync(modelPath)).toEqual(before);
  });

  it('says where what it learnt could not be measured before it was stopped', async () => {
    await begun();
    heldOutBits(1.5);
    const measured = await trained({ steps: 50 }, {}, (event, abort) => {
      if (event.event === 'step' && event.step === 30) abort.abort();
    });
    expect(measured.done).toMatchObject({ steps: 31, savedStep: 20, hasImproved: false });
    expect(measured.done).not.toHaveProperty('isUnmeasured');

    // Time is over at once where the last measure begins.
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const unmeasured = await trained({ steps: 50 }, {}, (event, abort) => {
      if (event.event === 'step' && event.step === 30) abort.abort();
    });
    timeout.mockRestore();
    expect(unmeasured.done).toMatchObject({
      steps: 31,
      savedStep: 20,
      hasImproved: false,
      isUnmeasured: true,
    });
  });

  it('that diverges says so, ends, and leaves the model as it was', async () => {
    await begun();
    const before = readFileSync(modelPath);
    heldOutBits(1.5, 38.9);
    const diverging = trained({ steps: 50, checkpointEvery: 10 });
    await expect(diverging).rejects.toThrow(UserFacingError);
    await expect(diverging).rejects.toThrow(
      'The held-out files cost 38.90 bits per character at step 30, after 1.50 at step 20, so training ended; lower the learning rate; the last checkpoint, of step 20, is intact.',
    );
    expect(readFileSync(modelPath)).toEqual(before);
    expect(script.alive).toBe(0);
  });

  it('whose loss is no number any more saves what was best before', async () => {
    await begun();
    heldOutBits(1.5, 1.4);
    script.result = (step) => (step === 35 ? { loss: NaN, gradientNorm: 1 } : undefined);
    services.writeModel.mockImplementationOnce(() =>
      Promise.reject(new UserFacingError('The disk is full.')),
    );
    await expect(trained({ steps: 50, checkpointEvery: 10 })).rejects.toThrow(
      'The training loss is not a number any more at step 35, so training ended; lower the learning rate; the last checkpoint, of step 30, is intact.',
    );
    expect((await readModel(modelPath)).training.steps).toBe(30);
  });
});

describe('the learning rate', () => {
  const rates = () => script.trained.map(({ update }) => update.learningRate);
  const stepsPerEpoch = async () => (await trained({ epochs: 3 })).of('started')[0].stepsPerEpoch;

  it('begins anew with each training of the editor', async () => {
    const steps = await stepsPerEpoch();
    script.trained.length = 0;
    await trained({ epochs: 2 }, { limits: 'further' });
    expect([rates()[0], rates()[steps]]).toEqual([0.002, 0.002 * 0.97]);
  });

  it('goes on where a training of the command line does', async () => {
    await stepsPerEpoch();
    script.trained.length = 0;
    await trained({ epochs: 4 });
    expect(rates()[0]).toBe(0.002 * 0.97 ** 3);
  });

  it('begins anew where the files are others, and goes on from there', async () => {
    const steps = await stepsPerEpoch();
    script.trained.length = 0;
    corpus = otherFiles;
    await trained({ steps: 3 * steps + 5 });
    expect(rates()).toEqual(Array(5).fill(0.002));
    script.trained.length = 0;
    const { model, of } = await trained({ epochs: 5 });
    expect(of('started')[0].note).toBeUndefined();
    expect(rates()[0]).toBe(0.002);
    expect(rates().at(-1)).toBe(0.002 * 0.97);
    expect(model.training.resume).toMatchObject({ firstEpoch: 3 });
  });
});

describe('a checkpoint that cannot be written', () => {
  const full = new UserFacingError('The model cannot be saved, because the disk is full; free some space.');

  it('is reported and tried again, while the training goes on', async () => {
    const failing = trained({ steps: 35, checkpointEvery: 10, validationFraction: 0 }, {}, (event) => {
      if (event.event === 'step' && event.step === 9) services.writeModel.mockRejectedValueOnce(full);
    });
    const { done, of, model } = await failing;
    expect(of('checkpointFailed')).toEqual([
      {
        event: 'checkpointFailed',
        step: 10,
        reason: `The checkpoint of step 10 could not be saved, the one of step 0 is intact: ${full.message}`,
      },
    ]);
    expect(of('checkpoint').map(({ step }) => step)).toEqual([0, 20, 30, 35]);
    expect(done).toMatchObject({ steps: 35, ending: 'steps' });
    expect(model.training.steps).toBe(35);
  });

  it('of the best weights is tried again, too', async () => {
    heldOutBits(2, 1.5, 1.6);
    const { of, model } = await trained({ steps: 35, checkpointEvery: 10 }, {}, (event) => {
      if (event.event === 'step' && event.step === 19) services.writeModel.mockRejectedValueOnce(full);
    });
    expect(of('checkpointFailed').map(({ step }) => step)).toEqual([20]);
    expect(of('checkpoint').map(({ step }) => step)).toEqual([0, 10, 20]);
    expect(model.training.steps).toBe(20);
  });
});
