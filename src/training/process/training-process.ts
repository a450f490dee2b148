import { constants, setPriority } from 'node:os';
import { detailOf, sentenceOf, UserFacingError } from '../../common/errors.ts';
import { Courtesy } from '../loop/typing-throttle.ts';
import type { TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import type { FromTrainingProcess, ToTrainingProcess } from './protocol.ts';
import { thinSteps } from './event-throttle.ts';
import { train } from '../loop/trainer.ts';

/** The forked side: trains once, as the parent asks, and ends. See `protocol.ts` and `training-client.ts`. */

const MILLISECONDS_BETWEEN_STEPS = 250;
/** Of a large workspace a hundred thousand files may be left out. */
const LEFT_OUT_AT_ONCE = 500;
/** A training that nobody waits for any more may take this long to save and end. */
const LONGEST_END_MS = 10_000;

const stop = new AbortController();
const courtesy = new Courtesy();
let training = false;

process.on('message', (message: ToTrainingProcess) => {
  switch (message.type) {
    case 'train':
      if (!training) void run(message.request);
      training = true;
      break;
    case 'stop':
      stop.abort();
      break;
    case 'typing':
      courtesy.noteTyping();
      break;
    default:
      // A message of another version asks for nothing this one can do.
      message satisfies never;
  }
});

process.on('disconnect', () => {
  if (!training) process.exit(0);
  stop.abort();
  setTimeout(() => process.exit(1), LONGEST_END_MS).unref();
});
// Ctrl-C in the terminal that the parent was started from reaches this process too.
process.on('SIGINT', () => stop.abort());
process.on('SIGTERM', () => stop.abort());
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
// The other end of these pipes goes away with the parent.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

lowerPriority();
void send({ type: 'ready' });

async function run(request: TrainingRequest): Promise<void> {
  const onEvent = thinSteps(sendEvent, MILLISECONDS_BETWEEN_STEPS);
  try {
    await train(request, { signal: stop.signal, onEvent, courtesy });
    await flush();
    process.exit(0);
  } catch (error) {
    await fail(error);
  }
}

function sendEvent(event: TrainingEvent): void {
  if (event.event !== 'corpus') return void send({ type: 'event', event });
  const { leftOut } = event;
  for (let start = 0; start < leftOut.length; start += LEFT_OUT_AT_ONCE)
    void send({ type: 'leftOut', leftOut: leftOut.slice(start, start + LEFT_OUT_AT_ONCE) });
  void send({ type: 'event', event: { ...event, leftOut: [] } });
}

async function fail(error: unknown): Promise<void> {
  const sentence =
    error instanceof UserFacingError
      ? error.message
      : `The training failed unexpectedly (${sentenceOf(error)}); the last checkpoint is intact: train again to go on.`;
  const detail = detailOf(error);
  const { action, code } = error instanceof UserFacingError ? error : {};
  await send({ type: 'failed', sentence, detail, ...(action && { action }), ...(code && { code }) });
  process.exit(1);
}

let lastSend: Promise<void> = Promise.resolve();

/** Settles when the message has left this process, or cannot because the parent is gone. */
function send(message: FromTrainingProcess): Promise<void> {
  lastSend = new Promise((resolve) => {
    if (process.connected) process.send!(message, undefined, undefined, () => resolve());
    else resolve();
  });
  return lastSend;
}

/** Messages leave in the order they were sent, so the last one is enough. */
function flush(): Promise<void> {
  return lastSend;
}

/** Training is in no hurry where somebody works. */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems do not allow it; training works all the same.
  }
}
