import { constants, setPriority } from 'node:os';
import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import { TypingThrottle } from '../loop/typing-throttle.ts';
import type { TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import { throttleSteps } from './event-throttle.ts';
import {
  type FromTrainingProcess,
  TRAINING_PROTOCOL_VERSION,
  type ToTrainingProcess,
  type TrainingPart,
} from './protocol.ts';
import { train } from '../loop/trainer.ts';

/** The forked side: trains once, as the parent asks, and ends. See `protocol.ts` and `training-client.ts`. */

const STEP_INTERVAL_MS = 250;
/** In a large workspace a hundred thousand files may be learnt or left out. */
const FILES_PER_MESSAGE = 500;
/** Limit for saving and ending once the parent is gone. */
const MAX_END_MS = 10_000;

const stop = new AbortController();
const typingThrottle = new TypingThrottle();
/** Id of the request that is worked on; one process trains once. */
let requestId: number | null = null;

process.on('message', (message: ToTrainingProcess) => {
  switch (message.type) {
    case 'request':
      if (requestId !== null) return;
      requestId = message.id;
      void run(message.id, message.params);
      break;
    case 'cancel':
      stop.abort();
      break;
    case 'typing':
      typingThrottle.noteTyping();
      break;
    default:
      // A message of another version asks for nothing this one can do.
      message satisfies never;
  }
});

process.on('disconnect', () => {
  if (requestId === null) process.exit(0);
  stop.abort();
  setTimeout(() => process.exit(1), MAX_END_MS).unref();
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
void send({ type: 'hello', version: TRAINING_PROTOCOL_VERSION });

async function run(id: number, request: TrainingRequest): Promise<void> {
  const onEvent = throttleSteps((event) => {
    // The last event is the result as well.
    if (event.event !== 'done') sendEvent(id, event);
  }, STEP_INTERVAL_MS);
  try {
    const result = await train(request, { signal: stop.signal, onEvent, typingThrottle });
    await send({ type: 'reply', id, result });
    process.exit(0);
  } catch (error) {
    await fail(error);
  }
}

function sendEvent(id: number, event: TrainingEvent): void {
  const sendPart = (part: TrainingPart): void => void send({ type: 'part', id, part });
  if (event.event !== 'corpus') return sendPart({ type: 'event', event });
  const { learnt, leftOut } = event;
  for (const files of inParts(learnt)) sendPart({ type: 'learnt', files });
  for (const files of inParts(leftOut)) sendPart({ type: 'skipped', files });
  sendPart({ type: 'event', event: { ...event, learnt: [], leftOut: [] } });
}

function* inParts<T>(files: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < files.length; start += FILES_PER_MESSAGE)
    yield files.slice(start, start + FILES_PER_MESSAGE);
}

async function fail(error: unknown): Promise<void> {
  const failure = failureOf(error);
  const sentence =
    error instanceof UserFacingError
      ? failure.sentence
      : message`The training failed unexpectedly (${failure.sentence}); the last checkpoint is intact: train again to go on.`;
  await send({ type: 'failure', id: requestId, ...failure, sentence });
  process.exit(1);
}

/** Settles when the message, and so every earlier one, has left this process, or cannot because the parent is gone. */
function send(message: FromTrainingProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send!(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

/** Training is in no hurry where somebody works. */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems do not allow it; training works all the same.
  }
}
