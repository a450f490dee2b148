import source from '../../../../dist/prior-thread.txt';
import type { SourceFile, Vocabulary } from '../../../corpus/index.ts';
import { UserFacingError } from '../../../common/errors.ts';
import { message } from '../../../common/localization/message.ts';
import { threadChannel } from '../../../common/rpc/worker-channel.ts';
import { WorkerRpc } from '../../../common/rpc/worker-rpc.ts';
import type { LogitBias } from '../../../engine/index.ts';
import type { Streams } from '../batch-streams.ts';
import { orAborted } from '../or-aborted.ts';
import { bytesOf, emptyPrior, fillRow, type PackedPriors } from './sparse-priors.ts';
import {
  type NamedText,
  PRIOR_PROTOCOL_VERSION,
  type PriorProtocol,
  type PriorThreadData,
} from './protocol.ts';
import { filesToLearn } from './build-context-model.ts';
import { fileStarts, fileUses, type FileUse } from './schedule.ts';

/** The thread is about so many characters ahead of the training. */
const LEAD_CHARACTERS = 2 ** 18;
/** Files that are asked for at once where nobody waits: what is waited for next comes soon behind them. */
const MAX_GATHERED_FILES = 4;
/** Of priors that are kept for the next epoch. Beyond it, those of files that were read already are dropped. */
const MAX_KEPT_BYTES = 192 * 2 ** 20;

/**
 * The priors that a context model of the training files gives along each of them, with that file left out of the model.
 * Of many files the model learns as much as the editor's would, but all files get priors.
 * They are computed in a thread a little ahead of the windows that need them, and kept from epoch to epoch as long as
 * there is room. They depend on the files alone, so they are the same in every run and after every resumption.
 */
export class PriorSource {
  private readonly thread: WorkerRpc<PriorProtocol>;
  private readonly streams: Streams;
  private readonly starts: Int32Array;
  private readonly uses: readonly FileUse[];
  private readonly training: number;
  private readonly heldOutFiles: number;
  private readonly maxKeptBytes: number;
  private readonly waiting = new Map<number, Promise<void>>();
  private readonly priors = new Map<number, PackedPriors>();
  private bytes = 0;
  private failure: Error | undefined;

  private constructor(
    workerData: PriorThreadData,
    streams: Streams,
    files: number,
    heldOutFiles: number,
    onProgress: (fraction: number) => void,
    maxKeptBytes: number,
  ) {
    this.streams = streams;
    this.maxKeptBytes = maxKeptBytes;
    this.starts = fileStarts(streams.symbols);
    this.uses = fileUses(this.starts, streams);
    this.training = files;
    this.heldOutFiles = heldOutFiles;
    this.thread = new WorkerRpc<PriorProtocol>({
      open: threadChannel(source, { eval: true, workerData, execArgv: [], name: 'char-rnn context model' }),
      version: PRIOR_PROTOCOL_VERSION,
      onEvent: ({ fraction }) => onProgress(fraction),
      exitError: ({ reason }) => failed(reason),
    });
    this.thread.start();
  }

  /**
   * @param files those of `streams`, in its order; files without text do not count.
   * @param onProgress receives the part that is done, 0 to 1, of what is learnt and of `heldOut`.
   * @param maxKeptBytes of priors that are kept after they were read.
   */
  static start(
    files: readonly SourceFile[],
    heldOut: readonly SourceFile[],
    vocabulary: Vocabulary,
    streams: Streams,
    onProgress: (fraction: number) => void = () => undefined,
    maxKeptBytes = MAX_KEPT_BYTES,
  ): PriorSource {
    const withText = files.filter(({ text }) => text !== '');
    const workerData: PriorThreadData = {
      learnt: filesToLearn(withText).map(named),
      files: withText.map(named),
      heldOut: heldOut.map(named),
      symbols: vocabulary.symbols,
    };
    return new PriorSource(workerData, streams, withText.length, heldOut.length, onProgress, maxKeptBytes);
  }

  /**
   * Waits for the priors of window `index` of an epoch.
   * @throws UserFacingError when the thread failed; the signal's reason when aborted.
   */
  async ready(index: number, signal: AbortSignal): Promise<void> {
    const needed = this.prepare(index);
    if (needed.length > 0) await orAborted(Promise.all(needed), signal);
  }

  /**
   * Has the priors of window `index` computed next, and of some after it.
   * @returns those of the window itself that are not there yet
   * @throws UserFacingError when an earlier request failed, whether or not anybody waited for it.
   */
  prepare(index: number): readonly Promise<void>[] {
    if (this.failure) throw this.failure;
    const { batchSize, sequenceLength, windows } = this.streams;
    const ahead = index + Math.ceil(LEAD_CHARACTERS / (batchSize * sequenceLength));
    const needed: Promise<void>[] = [];
    for (const { file, first, last } of this.uses) {
      if (first > ahead) break;
      if (last < index) {
        // Those that the next epoch begins with are needed again soon.
        if (this.bytes > this.maxKeptBytes && first > ahead - windows) this.drop(file);
        continue;
      }
      if (this.priors.has(file)) continue;
      const request = this.request(file);
      if (first <= index) needed.push(request);
    }
    // The next epoch begins with files that this one may have read without priors.
    for (const { file, first } of this.uses) {
      if (first > ahead - windows) break;
      void this.request(file);
    }
    return needed;
  }

  /** Whether the priors of window `index` are there. */
  has(index: number): boolean {
    return this.uses.every(({ file, first, last }) => index < first || index > last || this.priors.has(file));
  }

  /**
   * Has priors computed in the order of the windows from `index` on, through the next epoch's up to there, for whenever
   * a window that needs them comes; those after this call have to be asked for by another one.
   * @throws UserFacingError when an earlier request failed.
   */
  gather(index: number): void {
    if (this.failure) throw this.failure;
    if (this.bytes > this.maxKeptBytes) return;
    const isOfNextEpoch = ({ last }: FileUse): boolean => last < index;
    for (const uses of [this.uses.filter((use) => !isOfNextEpoch(use)), this.uses.filter(isOfNextEpoch)]) {
      for (const { file } of uses) {
        if (this.waiting.size >= MAX_GATHERED_FILES) return;
        if (!this.priors.has(file)) void this.request(file);
      }
    }
  }

  /** Characters of the files that window `index` predicts. */
  charactersAt(index: number): number {
    return this.uses
      .filter(({ first, last }) => first <= index && index <= last)
      .reduce((sum, { file }) => sum + this.starts[file + 1] - this.starts[file] - 1, 0);
  }

  /** The prior [T, B, K] of window `index`, which must be ready. */
  window(index: number): LogitBias {
    const { batchSize: B, streamLength, sequenceLength } = this.streams;
    const begin = index * sequenceLength;
    const T = Math.min(sequenceLength, streamLength - begin);
    const prior = emptyPrior(T * B);
    for (let b = 0; b < B; b++) {
      let target = b * streamLength + begin + 1;
      let file = this.fileOf(target);
      for (let t = 0; t < T; t++, target++) {
        if (target >= this.starts[file + 1]) file++;
        const priors = this.priors.get(file);
        // The start-of-file symbol is no character of the file.
        if (priors && target > this.starts[file]) {
          fillRow(prior, t * B + b, priors, target - this.starts[file] - 1);
        }
      }
    }
    return prior;
  }

  /** The priors along the held-out files, in their order. @throws UserFacingError when the thread failed. */
  async heldOut(): Promise<PackedPriors[]> {
    const indices = Array.from({ length: this.heldOutFiles }, (_, i) => this.training + i);
    await Promise.all(indices.map((index) => this.request(index)));
    return indices.map((index) => {
      const priors = this.priors.get(index)!;
      this.drop(index);
      return priors;
    });
  }

  dispose(): void {
    this.thread.stop(new Error('the context model is not needed any more'));
  }

  private request(index: number): Promise<void> {
    if (this.priors.has(index)) return Promise.resolve();
    let waiting = this.waiting.get(index);
    if (!waiting) {
      waiting = this.thread.request('priors', index).then((priors) => this.receive(index, priors));
      // A request made ahead of time has nobody waiting yet; whoever waits later sees the failure.
      waiting.catch((error: Error) => (this.failure = error));
      this.waiting.set(index, waiting);
    }
    return waiting;
  }

  private receive(index: number, priors: PackedPriors): void {
    this.priors.set(index, priors);
    this.bytes += bytesOf(priors);
    this.waiting.delete(index);
  }

  private drop(index: number): void {
    const priors = this.priors.get(index);
    if (!priors) return;
    this.bytes -= bytesOf(priors);
    this.priors.delete(index);
  }

  /** The file that symbol `position` belongs to. */
  private fileOf(position: number): number {
    let low = 0;
    let high = this.starts.length - 2;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function failed(reason: string): UserFacingError {
  return new UserFacingError(
    message`Training with the context model failed (${reason.replace(/\.$/, '')}); the last checkpoint is intact, so train again to go on from there, with fewer files if it was short of memory.`,
  );
}

const named = ({ path, text }: SourceFile): NamedText => ({ name: path, text });
