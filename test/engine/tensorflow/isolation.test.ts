import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTensorFlow } from '../../../src/engine/tensorflow/index.ts';
import { UserFacingError } from '../../../src/common/errors.ts';
import { readModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions, startTraining } from '../../../src/training/index.ts';
import type { TrainingEvent, TrainingRequest } from '../../../src/training/index.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const room = 'src/engine/tensorflow/';

const bundleOf = (entry: string, outfile?: string) =>
  esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    write: outfile !== undefined,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    loader: { '.wasm': 'binary' },
  });

describe('the bundles', () => {
  it.each([
    ['src/training/process/training-process.ts', true],
    ['src/extension.ts', false],
    ['src/completion/worker/worker.ts', false],
  ])('%s: knows how to load TensorFlow: %s', async (entry, knows) => {
    const { metafile } = await bundleOf(entry);
    const included = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(included.some((file) => file.startsWith(room))).toBe(knows);
  });
});

describe.skipIf(findTensorFlow() === undefined)('a training with TensorFlow', () => {
  let folder: string;
  let processPath: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'char-rnn-isolation-'));
    processPath = path.join(folder, 'training-process.cjs');
    await bundleOf('src/training/process/training-process.ts', processPath);
    for (let i = 0; i < 5; i++) {
      writeFileSync(
        path.join(folder, `${i}.txt`),
        `Line ${i} of a text that is easy to learn.\n`.repeat(200),
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const requestFor = (changed: Partial<TrainingRequest>, steps?: number): TrainingRequest => ({
    modelPath: path.join(folder, 'model.safetensors'),
    corpus: { roots: [folder], include: ['*.txt'], exclude: [], maxCharacters: 1e6 },
    options: { ...defaultTrainingOptions, units: 64, epochs: 1_000_000, ...(steps && { steps }) },
    limits: 'total',
    engine: 'tensorflow',
    threads: 0,
    resume: false,
    ...changed,
  });

  function start(request: TrainingRequest, onStep: (pid: number) => void = () => undefined) {
    const events: TrainingEvent[] = [];
    const lines: string[] = [];
    const run = startTraining(processPath, request, {
      onEvent: (event) => {
        events.push(event);
        if (event.event === 'step') onStep(run.pid!);
      },
      onLog: (line) => lines.push(line),
    });
    return { run, events, lines };
  }

  it('says nothing but what was asked for, and which engine ran', async () => {
    const { run, events, lines } = start(requestFor({}, 3));
    expect(await run.finished).toMatchObject({ engine: 'tensorflow', engineReason: 'asked for', steps: 3 });
    expect(events.find(({ event }) => event === 'started')).toMatchObject({ engine: 'tensorflow' });
    expect(lines).toEqual(['training process ended (exit code 0)']);
  });

  it('that crashes in native code leaves its checkpoint, says so, and can be resumed', async () => {
    await start(requestFor({}, 3)).run.finished;
    // A step is one synchronous call, so while steps are told of, the process is inside TensorFlow.
    const crash = start(requestFor({ resume: true }), (pid) => process.kill(pid, 'SIGSEGV'));
    await expect(crash.run.finished).rejects.toThrow(UserFacingError);
    await expect(crash.run.finished).rejects.toThrow(
      'The training process crashed (SIGSEGV); the last checkpoint is intact: train again to go on.',
    );
    const { training } = await readModel(path.join(folder, 'model.safetensors'));
    expect(training).toMatchObject({ steps: 3, engine: 'tensorflow' });
    const again = await start(requestFor({ resume: true }, 5)).run.finished;
    expect(again).toMatchObject({ engine: 'tensorflow', steps: 5 });
  });
});
