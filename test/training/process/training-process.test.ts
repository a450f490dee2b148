import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { englishText } from '../../../src/common/localization/message.ts';
import { readModel } from '../../../src/model/index.ts';
import { defaultTrainingOptions, startTraining } from '../../../src/training/index.ts';
import type {
  TrainingEvent,
  TrainingOptions,
  TrainingRequest,
  TrainingRun,
} from '../../../src/training/index.ts';
import {
  type FromTrainingProcess,
  TRAINING_PROTOCOL_VERSION,
} from '../../../src/training/process/protocol.ts';
import { temporaryFolders } from '../files.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const temporaryFolder = temporaryFolders();
let bundleFolder: string;
let processPath: string;

beforeAll(async () => {
  bundleFolder = mkdtempSync(path.join(tmpdir(), 'char-rnn-process-'));
  processPath = path.join(bundleFolder, 'training-process.cjs');
  await esbuild.build({
    entryPoints: [path.join(root, 'src/training/process/training-process.ts')],
    outfile: processPath,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    loader: { '.wasm': 'binary', '.txt': 'text' },
  });
});
afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }));

const endless: Partial<TrainingOptions> = { epochs: 1_000_000 };

function requestFor(options: Partial<TrainingOptions>): TrainingRequest {
  const folder = temporaryFolder();
  for (let i = 0; i < 5; i++) {
    writeFileSync(path.join(folder, `${i}.txt`), `Line ${i} of a text that is easy to learn.\n`.repeat(20));
  }
  return {
    modelPath: path.join(temporaryFolder(), 'model.safetensors'),
    corpus: { roots: [folder], include: [], exclude: [], maxCharacters: 1e6 },
    options: { ...defaultTrainingOptions, layers: 1, units: 8, sequenceLength: 20, ...options },
    limits: 'total',
    engine: 'wasm',
    threads: 0,
    resume: false,
  };
}

/** Starts a training and calls `onStep` at its first step. */
function start(request: TrainingRequest, onStep: (run: TrainingRun) => void = () => undefined) {
  const events: TrainingEvent[] = [];
  const lines: string[] = [];
  const run: TrainingRun = startTraining(processPath, request, {
    onEvent: (event) => {
      if (event.event === 'step' && !events.some((earlier) => earlier.event === 'step')) onStep(run);
      events.push(event);
    },
    onLog: (line) => lines.push(line),
  });
  return { run, events, lines };
}

const exitCode = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)));

describe('the training process', () => {
  it('trains, tells so with few words, and ends', async () => {
    const request = requestFor({ steps: 300 });
    let priority = 0;
    const begun = performance.now();
    const { run, events, lines } = start(request, ({ pid }) => (priority = getPriority(pid)));
    const done = await run.finished;
    expect(done).toMatchObject({ steps: 300, ending: 'steps', engine: 'wasm' });
    expect(events.at(-1)).toEqual(done);
    const steps = events.flatMap((event) => (event.event === 'step' ? [event.step] : []));
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(300);
    // At most four a second, and the first and the last.
    expect(steps.length).toBeLessThanOrEqual(2 + (performance.now() - begun) / 250);
    expect(steps.length).toBeLessThan(300);
    expect(lines).toEqual(['training process ended (exit code 0)']);
    expect(priority).toBeGreaterThanOrEqual(1);
    expect((await readModel(request.modelPath)).training.steps).toBe(300);
  });

  it('saves and ends when it is stopped', async () => {
    const request = requestFor(endless);
    const { run } = start(request, (started) => started.stop());
    const done = await run.finished;
    expect(done.ending).toBe('interrupted');
    expect(done.steps).toBeGreaterThan(0);
    expect((await readModel(request.modelPath)).training.steps).toBe(done.steps);
    expect(existsSync(`${request.modelPath}.lock`)).toBe(false);
  });

  it('ends when it is stopped before it is ready', async () => {
    const { run } = start(requestFor(endless));
    run.stop();
    expect((await run.finished).ending).toBe('interrupted');
  });

  it('that is killed says so, leaves a readable file, and can be resumed at once', async () => {
    const request = requestFor(endless);
    const { run } = start(request, ({ pid }) => process.kill(pid!, 'SIGKILL'));
    await expect(run.finished).rejects.toThrow(UserFacingError);
    await expect(run.finished).rejects.toThrow(
      /was killed \(SIGKILL\).* the last checkpoint is intact: train again to go on\.$/,
    );
    expect((await readModel(request.modelPath)).training.steps).toBe(0);
    const again = start({ ...request, resume: true, options: { ...request.options, steps: 5 } });
    expect((await again.run.finished).steps).toBe(5);
  });

  it('reports in its own words why it could not train', async () => {
    const request = requestFor({});
    const { run } = start({ ...request, corpus: { ...request.corpus, include: ['*.none'] } });
    await expect(run.finished).rejects.toThrow(UserFacingError);
    await expect(run.finished).rejects.toThrow(/^There is nothing to learn/);
  });

  it('saves and ends when its parent dies', async () => {
    const request = requestFor(endless);
    const middle = path.join(bundleFolder, 'parent.cjs');
    writeFileSync(
      middle,
      `const { fork } = require('node:child_process');
       const child = fork(${JSON.stringify(processPath)}, [], {
         serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
       child.on('message', ({ type, part }) => {
         if (type === 'hello') child.send({ type: 'request', id: 1, method: 'train', params: ${JSON.stringify(request)} });
         if (part?.event?.event === 'step') console.log('training');
       });`,
    );
    const parent = spawn(process.execPath, [middle], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    // The trainer holds the same pipe, so it closes only when both are gone.
    const bothGone = new Promise((resolve) => parent.stdout.once('close', resolve));
    parent.stdout.resume();
    parent.kill('SIGKILL');
    await bothGone;
    expect((await readModel(request.modelPath)).training.steps).toBeGreaterThan(0);
    expect(existsSync(`${request.modelPath}.lock`)).toBe(false);
  });

  it('ends when its parent lets go of it before there was anything to do', async () => {
    const child = fork(processPath, { serialization: 'advanced', execArgv: [] });
    await new Promise((resolve) => child.once('message', resolve));
    const code = exitCode(child);
    child.disconnect();
    expect(await code).toBe(0);
  });

  it('ignores a message it does not know, and trains but once', async () => {
    const child = fork(processPath, { serialization: 'advanced', execArgv: [] });
    const messages: FromTrainingProcess[] = [];
    child.on('message', (message) => messages.push(message as FromTrainingProcess));
    const closed = new Promise((resolve) => child.once('close', resolve));
    const request = requestFor({ steps: 3 });
    for (const message of [
      { type: 'of another version' },
      { type: 'request', id: 1, method: 'train', params: request },
      { type: 'request', id: 2, method: 'train', params: request },
    ]) {
      child.send(message);
    }
    expect(await closed).toBe(0);
    expect(messages[0]).toEqual({ type: 'hello', version: TRAINING_PROTOCOL_VERSION });
    expect(messages.at(-1)).toMatchObject({ type: 'reply', id: 1, result: { event: 'done', steps: 3 } });
    expect(messages.filter(({ type }) => type === 'reply').length).toBe(1);
  });

  it('reports what nobody expected before it dies', async () => {
    const child = fork(processPath, { serialization: 'advanced', execArgv: [] });
    const failed = new Promise<FromTrainingProcess>((resolve) => {
      child.on('message', (message: FromTrainingProcess) => {
        if (message.type === 'failure') resolve(message);
      });
    });
    const code = exitCode(child);
    child.send({ type: 'request', id: 1, method: 'train', params: {} });
    const failure = await failed;
    if (failure.type !== 'failure') expect.fail();
    expect(englishText(failure.sentence)).toMatch(
      /^The training failed unexpectedly \(.*\); the last checkpoint is intact/,
    );
    expect(failure.detail).toMatch(/\n\s+at /);
    expect(await code).toBe(1);
  });
});
