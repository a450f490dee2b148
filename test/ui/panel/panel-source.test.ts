import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeModel } from '../../../src/model/index.ts';
import type { PanelContent } from '../../../src/panel/index.ts';
import type { TrainingEvent } from '../../../src/training/index.ts';
import { PanelSource } from '../../../src/ui/panel/panel-source.ts';
import { readHistory } from '../../../src/ui/panel/stored-history.ts';
import { bareModel } from '../../model/small-models.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { untilPasses } from '../../until.ts';
import { EventEmitter, fake, resetFake } from '../../vscode-fake/index.ts';

const at = temporaryFolder();
const ROOT = path.resolve('/w');
let files = 0;
let modelPath: string;
let events: { report: EventEmitter<TrainingEvent>; change: EventEmitter<void>; model: EventEmitter<void> };
let isTraining: boolean;
let failure: string | undefined;
let source: PanelSource;
let updates: Partial<PanelContent>[];
let replacements: number;

beforeEach(() => {
  resetFake();
  fake.workspaceFolders = [{ uri: { scheme: 'file', fsPath: ROOT } }];
  modelPath = at(`${files++}/model.safetensors`);
  events = { report: new EventEmitter(), change: new EventEmitter(), model: new EventEmitter() };
  [isTraining, failure, updates, replacements] = [false, undefined, [], 0];
  source = connect();
});

function connect(): PanelSource {
  const training = {
    get state() {
      return isTraining ? { fraction: 0, bitsPerCharacter: undefined } : undefined;
    },
    get failure() {
      return failure;
    },
    onDidReport: events.report.event,
    onDidChange: events.change.event,
  };
  const store = { path: modelPath, onDidChange: events.model.event };
  const made = new PanelSource({ store, training }, { warn: () => undefined });
  made.onDidUpdate((update) => updates.push(update));
  made.onDidReplace(() => replacements++);
  return made;
}

function setTraining(state: boolean): void {
  isTraining = state;
  events.change.fire();
}

const report = (event: TrainingEvent): void => events.report.fire(event);
const step = (at: number): TrainingEvent => ({
  event: 'step',
  step: at,
  epoch: 0,
  loss: at,
  learningRate: 0.1,
  charactersPerSecond: 10,
  fraction: 0.5,
  secondsLeft: 9,
});
const started = (resumedFromStep: number): TrainingEvent => ({
  event: 'started',
  engine: 'wasm',
  engineReason: 'asked for',
  parameters: 1,
  batchSize: 1,
  stepsPerEpoch: 1,
  resumedFromStep,
});
const corpus: TrainingEvent = {
  event: 'corpus',
  files: 1,
  validationFiles: 0,
  characters: 5,
  vocabularySize: 3,
  learnt: [{ path: path.join(ROOT, 'a.ts'), characters: 5 }],
  leftOut: [],
};

async function saveModel(steps: number, losses: { step: number; loss: number }[]): Promise<void> {
  const model = bareModel();
  await writeModel(modelPath, {
    ...model,
    training: { ...model.training, steps, losses, validations: [], samples: [] },
  });
}

describe('what the panel shows', () => {
  it('is why there can be nothing, without looking at files', async () => {
    fake.isTrusted = false;
    expect((await source.content()).activity).toMatchObject({ kind: 'unavailable' });
    const none = new PanelSource(undefined, { warn: () => undefined });
    expect((await none.content()).activity).toMatchObject({ kind: 'unavailable' });
  });

  it('is nothing before there is a model, and why the last training failed', async () => {
    expect(await source.content()).toEqual({
      activity: { kind: 'idle', hasModel: false },
      points: [],
      samples: [],
      corpus: null,
      network: null,
    });
    failure = 'The disk is full.';
    expect((await source.content()).activity).toEqual({ kind: 'idle', hasModel: false, failure });
  });

  it('is a training from its begin, though the panel was opened later', async () => {
    setTraining(true);
    expect((await source.content()).activity.kind).toBe('reading');
    for (const event of [corpus, started(0), step(0), step(1)]) report(event);
    report({ event: 'sample', step: 1, epoch: 0, loss: 1, text: 'ab' });
    const content = await source.content();
    expect(content.activity).toMatchObject({ kind: 'training', fraction: 0.5 });
    expect(content.points.map(({ step: at, loss }) => [at, loss])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(content.samples).toEqual([{ step: 1, loss: 1, text: 'ab' }]);
    expect(content.corpus?.groups.language).toEqual([{ name: 'typescript', files: 1, characters: 5 }]);
    expect(source.files({ by: 'language', name: 'typescript' }).total).toBe(1);
    expect([source.isListed(path.join(ROOT, 'a.ts')), source.isListed(path.join(ROOT, 'b.ts'))]).toEqual([
      true,
      false,
    ]);
    expect(updates.map((update) => Object.keys(update).sort().join())).toEqual([
      'corpus',
      'activity,points',
      'activity,points',
      'samples',
    ]);
    expect(replacements).toBe(1);
  });

  it('is what the model file has, with what was stored of the training, after a reload', async () => {
    setTraining(true);
    for (const event of [corpus, started(0), step(0), step(1), step(2)]) report(event);
    await saveModel(
      2,
      [0, 1, 2].map((at) => ({ step: at, loss: at })),
    );
    report({ event: 'checkpoint', step: 2, path: modelPath });
    await untilPasses(async () => expect((await readHistory(modelPath)).points).toHaveLength(3));
    source.dispose();
    isTraining = false;
    const content = await connect().content();
    expect(content.activity).toEqual({ kind: 'idle', hasModel: true });
    expect(content.network).toMatchObject({ steps: 2, isJoint: false });
    expect(content.points).toMatchObject([0, 1, 2].map((at) => ({ step: at, loss: at, learningRate: 0.1 })));
    expect(content.points[2].seconds).toBeGreaterThanOrEqual(0);
    expect(content.corpus?.files).toBe(1);
  });

  it('has times of the last training alone, and forgets steps that it takes again', async () => {
    await saveModel(
      3,
      [0, 1, 2, 9].map((loss, at) => ({ step: at, loss })),
    );
    setTraining(true);
    for (const event of [started(3), step(3), step(4)]) report(event);
    const { points } = await source.content();
    expect(points.map(({ step: at, loss, seconds }) => [at, loss, seconds !== undefined])).toEqual([
      [0, 0, false],
      [1, 1, false],
      [2, 2, false],
      [3, 3, true],
      [4, 4, true],
    ]);
  });

  it('is the last training up to its end, until its model is replaced or deleted', async () => {
    setTraining(true);
    for (const event of [started(0), step(0), step(1)]) report(event);
    await saveModel(1, [{ step: 0, loss: 0 }]);
    setTraining(false);
    events.model.fire();
    expect((await source.content()).points.map(({ step: at }) => at)).toEqual([0, 1]);
    await saveModel(1, [{ step: 0, loss: 7 }]);
    events.model.fire();
    expect((await source.content()).points).toEqual([{ step: 0, loss: 7 }]);
    await rm(modelPath);
    expect((await source.content()).points).toEqual([]);
    expect(replacements).toBe(4);
  });

  it('has no files of a model that was deleted, before and after a reload, and has them again when it is back', async () => {
    setTraining(true);
    for (const event of [corpus, started(0), step(0)]) report(event);
    await saveModel(1, [{ step: 0, loss: 0 }]);
    report({ event: 'checkpoint', step: 1, path: modelPath });
    await untilPasses(async () => expect((await readHistory(modelPath)).corpus).not.toBeNull());
    setTraining(false);
    for (const each of [source, connect()]) {
      expect((await each.content()).corpus?.files).toBe(1);
      await rm(modelPath);
      expect((await each.content()).corpus).toBeNull();
      expect(each.isListed(path.join(ROOT, 'a.ts'))).toBe(false);
      await saveModel(1, [{ step: 0, loss: 0 }]);
      expect((await each.content()).corpus?.files).toBe(1);
    }
  });

  it('has the files of a training that failed before it saved anything', async () => {
    setTraining(true);
    report(corpus);
    setTraining(false);
    expect((await source.content()).corpus?.files).toBe(1);
  });

  it('has no files of a training that went on from a model that was deleted since', async () => {
    await saveModel(3, [{ step: 3, loss: 3 }]);
    setTraining(true);
    for (const event of [corpus, started(3), step(3)]) report(event);
    setTraining(false);
    expect((await source.content()).corpus?.files).toBe(1);
    await rm(modelPath);
    events.model.fire();
    expect((await source.content()).corpus).toBeNull();
  });

  it('has the files of a training that saved nothing after another model was deleted', async () => {
    await saveModel(3, [{ step: 3, loss: 3 }]);
    await source.content();
    await rm(modelPath);
    setTraining(true);
    for (const event of [corpus, started(0), step(0)]) report(event);
    setTraining(false);
    expect((await source.content()).corpus?.files).toBe(1);
  });

  it('lets go of everything', () => {
    source.dispose();
    expect(Object.values(events).map(({ listenerCount }) => listenerCount)).toEqual([0, 0, 0]);
  });
});
