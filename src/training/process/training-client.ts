import { UserFacingError } from '../../common/errors.ts';
import { message, type Message } from '../../common/localization/message.ts';
import { RemoteError } from '../../common/rpc/rpc-protocol.ts';
import { type NodeProgram, processChannel, type WorkerExit } from '../../common/rpc/worker-channel.ts';
import { WorkerRpc } from '../../common/rpc/worker-rpc.ts';
import type { SkippedFile } from '../../corpus/index.ts';
import type { LearntFile, TrainingDone, TrainingEvent } from '../events.ts';
import type { TrainingRequest } from '../options.ts';
import { TRAINING_PROTOCOL_VERSION, type TrainingPart, type TrainingProtocol } from './protocol.ts';

/** A training under way in a process of its own. */
export interface TrainingRun {
  /**
   * Settles when the process is gone: with the `done` event (also after `stop`), or rejected with a
   * `UserFacingError` that says whether it failed, crashed or was killed, and that the last checkpoint is intact.
   */
  readonly finished: Promise<TrainingDone>;
  readonly pid: number | undefined;
  /** Asks it to checkpoint and end; kills it if it has not within ten seconds. */
  stop(): void;
  /** Somebody typed: makes it rest for a moment. Cheap; to be called at every key. */
  noteTyping(): void;
}

export interface TrainingContext {
  onEvent(event: TrainingEvent): void;
  /** Receives lines for the log: what the process writes, errors in detail, how it ended. */
  onLog(line: string): void;
}

/** Something more than a checkpoint of a large network takes on a slow disk. */
const KILL_AFTER_MS = 10_000;
/** Between two notices that somebody types; the rest that each brings lasts longer. */
const TYPING_INTERVAL_MS = 50;
/** Signals by which a system ends a process that did something it must not. */
const CRASH_SIGNALS: readonly string[] = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGTRAP'];
const TRAIN_AGAIN = message`the last checkpoint is intact: train again to go on`;

/**
 * Forks the training process.
 * @param program the bundled `training-process.cjs`, or the command line's own file.
 */
export function startTraining(
  program: NodeProgram,
  request: TrainingRequest,
  context: TrainingContext,
): TrainingRun {
  const stopping = new AbortController();
  let onGone = (): void => undefined;
  const gone = new Promise<void>((resolve) => (onGone = resolve));
  const rpc = new WorkerRpc<TrainingProtocol>({
    open: processChannel(program, (line) => context.onLog(line)),
    version: TRAINING_PROTOCOL_VERSION,
    exitError: (exit) =>
      new UserFacingError(exitSentence(exit), exit.kind === 'version' ? { code: 'other-version' } : {}),
    onExit: ({ reason }) => {
      context.onLog(`training process ended (${reason})`);
      onGone();
    },
  });
  rpc.start();
  const answer = rpc.request('train', request, {
    signal: stopping.signal,
    graceMs: KILL_AFTER_MS,
    onPart: receiverOf(context),
  });
  let lastNoticeAt = -Infinity;
  return {
    finished: finish(answer, gone, context),
    pid: rpc.pid,
    stop: () => stopping.abort(),
    noteTyping: () => {
      const now = performance.now();
      if (!rpc.isReady || now - lastNoticeAt < TYPING_INTERVAL_MS) return;
      lastNoticeAt = now;
      rpc.notify({ type: 'typing' });
    },
  };
}

/** Hands the events of a training on, each as it was before it was sent in parts. */
function receiverOf(context: TrainingContext): (part: TrainingPart) => void {
  const learnt: LearntFile[] = [];
  const leftOut: SkippedFile[] = [];
  return (part) => {
    if (part.type === 'learnt') learnt.push(...part.files);
    else if (part.type === 'skipped') leftOut.push(...part.files);
    else if (part.event.event === 'corpus') context.onEvent({ ...part.event, learnt, leftOut });
    else context.onEvent(part.event);
  };
}

async function finish(
  answer: Promise<TrainingDone>,
  gone: Promise<void>,
  context: TrainingContext,
): Promise<TrainingDone> {
  try {
    const done = await answer;
    context.onEvent(done);
    return done;
  } catch (error) {
    if (error instanceof RemoteError) context.onLog(error.detail);
    throw error;
  } finally {
    await gone;
  }
}

function exitSentence({ kind, reason, signal, code }: WorkerExit): Message {
  switch (kind) {
    case 'start':
      return message`The training process could not be started (${reason}); the log has the details, and training again may help.`;
    case 'version':
      return message`The training process is of another version of Char-RNN than this window, so nothing was trained; reload the window and train again.`;
    case 'overdue':
      return message`The training did not stop within ${KILL_AFTER_MS / 1000} seconds and was ended; ${TRAIN_AGAIN}.`;
    case 'end':
      break;
  }
  if (signal && !CRASH_SIGNALS.includes(signal)) {
    return message`The training process was killed (${reason}), perhaps because memory ran short; ${TRAIN_AGAIN}.`;
  }
  if (signal || code !== 0) return message`The training process crashed (${reason}); ${TRAIN_AGAIN}.`;
  return message`The training process ended without a result; ${TRAIN_AGAIN}.`;
}
