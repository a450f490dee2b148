import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../../src/common/errors.ts';
import { defaultTrainingOptions, startTraining } from '../../../src/training/index.ts';
import { TRAINING_PROTOCOL_VERSION } from '../../../src/training/process/protocol.ts';
import type { TrainingEvent, TrainingRequest, TrainingRun } from '../../../src/training/index.ts';
import { temporaryFolders } from '../files.ts';

const temporaryFolder = temporaryFolders();

const request: TrainingRequest = {
  modelPath: '/nowhere/model',
  corpus: { roots: [], include: [], exclude: [], maxCharacters: 0 },
  options: defaultTrainingOptions,
  limits: 'total',
  engine: 'auto',
  threads: 0,
  resume: false,
};

const done = {
  event: 'done',
  engine: 'wasm',
  engineReason: 'a test',
  steps: 7,
  loss: 1.5,
  bitsPerCharacter: null,
  charactersPerSecond: 10,
  seconds: 1,
  ending: 'steps',
};

/** Starts a stand-in for the training process that runs `body` with the messages it gets. */
function start(
  body: string,
  onEvent: () => void = () => undefined,
): { run: TrainingRun; events: TrainingEvent[]; lines: string[] } {
  const script = path.join(temporaryFolder(), 'process.cjs');
  writeFileSync(
    script,
    `const send = (message, then) => process.send(message, undefined, undefined, then);
     const part = (part) => send({ type: 'part', id: 1, part });
     const event = (event, then) =>
       event.event === 'done' ? send({ type: 'reply', id: 1, result: event }, then) : part({ type: 'event', event });
     const hello = () => send({ type: 'hello', version: ${TRAINING_PROTOCOL_VERSION} });
     const done = ${JSON.stringify(done)};
     const received = [];
     ${body}`,
  );
  const events: TrainingEvent[] = [];
  const lines: string[] = [];
  const run = startTraining(script, request, {
    onEvent: (event) => {
      events.push(event);
      if (event.event !== 'done') onEvent();
    },
    onLog: (line) => lines.push(line),
  });
  return { run, events, lines };
}

async function failureOf(body: string): Promise<{ sentence: string; lines: string[] }> {
  const { run, lines } = start(body);
  const error: unknown = await run.finished.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserFacingError);
  return { sentence: (error as UserFacingError).message, lines };
}

afterEach(() => vi.useRealTimers());

describe('startTraining', () => {
  it('sends the request when the process is ready, and gives its events and its result', async () => {
    const { run, events } = start(`
      process.on('message', ({ method, params }) => {
        event({ event: 'checkpoint', step: 3, path: params.modelPath });
        event({ ...done, engine: method }, () => process.exit(0));
      });
      hello();`);
    expect(run.pid).toBeGreaterThan(0);
    expect(await run.finished).toEqual({ ...done, engine: 'train' });
    expect(events.map(({ event }) => event)).toEqual(['checkpoint', 'done']);
    expect(events[0]).toMatchObject({ path: request.modelPath });
  });

  it('brings numbers that JSON has no word for across', async () => {
    const { run } = start(`hello(); event({ ...done, loss: NaN }, () => process.exit(0));`);
    expect((await run.finished).loss).toBeNaN();
  });

  it('rejects with the sentence of a training that failed, and logs the detail', async () => {
    const { sentence, lines } = await failureOf(`
      hello(); send({ type: 'failure', id: null, sentence: 'There is nothing to learn.', detail: 'Error: x\\n at y' }, () => process.exit(1));`);
    expect(sentence).toBe('There is nothing to learn.');
    expect(lines).toContain('Error: x\n at y');
    expect(lines.at(-1)).toBe('training process ended (exit code 1)');
  });

  it.each([
    { name: 'a crash', body: 'process.exit(3);', says: /crashed \(exit code 3\)/ },
    { name: 'a native crash', body: "process.kill(process.pid, 'SIGSEGV');", says: /crashed \(SIGSEGV\)/ },
    { name: 'a kill', body: "process.kill(process.pid, 'SIGKILL');", says: /killed \(SIGKILL\)/ },
    { name: 'an end without a result', body: 'process.exit(0);', says: /ended without a result/ },
  ])('tells $name, and that nothing is lost', async ({ body, says }) => {
    const { sentence } = await failureOf(body);
    expect(sentence).toMatch(says);
    expect(sentence).toMatch(/; the last checkpoint is intact: train again to go on\.$/);
  });

  it('logs what the process writes', async () => {
    const { lines } = await failureOf(`console.error('a warning'); console.log('a line');`);
    expect(lines).toEqual(expect.arrayContaining(['a warning', 'a line']));
  });

  it('puts together what a corpus leaves out', async () => {
    const { run, events } = start(`
      hello();
      part({ type: 'skipped', files: [{ path: 'a', reason: 'binary' }] });
      part({ type: 'learnt', files: [{ path: 'c', characters: 1 }] });
      part({ type: 'skipped', files: [{ path: 'b', reason: 'log' }] });
      event({ event: 'corpus', files: 1, learnt: [], leftOut: [] });
      event(done, () => process.exit(0));`);
    await run.finished;
    expect(events[0]).toMatchObject({
      learnt: [{ path: 'c', characters: 1 }],
      leftOut: [
        { path: 'a', reason: 'binary' },
        { path: 'b', reason: 'log' },
      ],
    });
  });

  it('tells the process that somebody types, but not of every key', async () => {
    const { run } = start(
      `
      let keys = 0;
      process.on('message', ({ type }) => {
        if (type === 'typing') keys++;
        if (type === 'cancel') event({ ...done, steps: keys }, () => process.exit(0));
      });
      hello(); event({ event: 'checkpoint', step: 0, path: '' });`,
      () => {
        for (let key = 0; key < 20; key++) run.noteTyping();
        run.stop();
      },
    );
    expect((await run.finished).steps).toBe(1);
  });

  it('refuses a process of another version, and says what to do', async () => {
    const { sentence } = await failureOf(`
      send({ type: 'hello', version: ${TRAINING_PROTOCOL_VERSION + 1} });
      process.on('message', () => console.log('was sent something'));`);
    expect(sentence).toMatch(/another version.*nothing was trained; reload the window/);
  });

  it('ignores messages it does not know', async () => {
    const { run } = start(`
      hello();
      send({ type: 'of another version' }, () => event(done, () => process.exit(0)));`);
    expect(await run.finished).toEqual(done);
  });

  it('stops once, however often it is asked, and even before the process is ready', async () => {
    const { run } = start(`
      process.on('message', ({ type, method }) => {
        received.push(method ?? type);
        if (type === 'cancel') setImmediate(() => event({ ...done, engine: received.join(' ') }, () => process.exit(0)));
      });
      setTimeout(hello, 50);`);
    run.stop();
    run.stop();
    expect((await run.finished).engine).toBe('train cancel');
    run.stop();
  });

  it('kills a process that does not stop within ten seconds, and says so', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const started = start(`
        process.on('message', ({ type }) => console.log(type));
        hello();`);
      ({ lines } = started);
      started.run.stop();
      const told = setInterval(() => {
        if (!lines.includes('cancel')) return;
        clearInterval(told);
        vi.advanceTimersByTime(9_999);
        expect(process.kill(started.run.pid!, 0)).toBe(true);
        vi.advanceTimersByTime(1);
      }, 5);
      started.run.finished
        .then(
          () => reject(new Error('the training did not fail')),
          (error: unknown) => {
            expect((error as Error).message).toMatch(
              /did not stop within 10 seconds and was ended; the last checkpoint is intact/,
            );
            resolve();
          },
        )
        .catch(reject);
    });
    expect(lines.at(-1)).toBe('training process ended (SIGKILL)');
  });
});
