import source from '../../../../dist/prior-thread.txt';
import type { SourceFile, Vocabulary } from '../../../corpus/index.ts';
import { UserFacingError } from '../../../common/errors.ts';
import { message } from '../../../common/localization/message.ts';
import { threadChannel } from '../../../common/rpc/worker-channel.ts';
import { WorkerRpc } from '../../../common/rpc/worker-rpc.ts';
import { orAborted } from '../or-aborted.ts';
import type { PackedPriors } from './sparse-priors.ts';
import {
  type NamedText,
  PRIOR_PROTOCOL_VERSION,
  type PriorProtocol,
  type PriorThreadData,
} from './protocol.ts';
import { filesToLearn } from './build-context-model.ts';

/**
 * The priors that a context model of the training files gives along each of them, with that file left out of the model.
 * Of many files the model learns as much as the editor's would. They are computed in a thread when they are asked for,
 * and kept. They depend on the files alone, so they are the same in every run and after every resumption.
 */
export class PriorSource {
  private readonly thread: WorkerRpc<PriorProtocol>;
  private readonly firstHeldOut: number;
  private readonly heldOutFiles: number;
  private readonly waiting = new Map<number, Promise<void>>();
  private readonly priors = new Map<number, PackedPriors>();
  private failure: Error | undefined;

  private constructor(workerData: PriorThreadData, onProgress: (fraction: number) => void) {
    this.firstHeldOut = workerData.firstHeldOut;
    this.heldOutFiles = workerData.heldOut.length;
    this.thread = new WorkerRpc<PriorProtocol>({
      open: threadChannel(source, { eval: true, workerData, execArgv: [], name: 'char-rnn context model' }),
      version: PRIOR_PROTOCOL_VERSION,
      onEvent: ({ fraction }) => onProgress(fraction),
      exitError: ({ reason }) => failed(reason),
    });
    this.thread.start();
  }

  /**
   * @param files that have text and are learnt.
   * @param wanted indices of those whose priors may be asked for, by these; the thread gets no other text that it does
   *   not learn.
   * @param onProgress receives the part that is done, 0 to 1, of what is learnt and of `heldOut`.
   */
  static start(
    files: readonly SourceFile[],
    wanted: readonly number[],
    heldOut: readonly SourceFile[],
    vocabulary: Vocabulary,
    onProgress: (fraction: number) => void = () => undefined,
  ): PriorSource {
    const workerData: PriorThreadData = {
      learnt: filesToLearn(files).map(named),
      files: new Map(wanted.map((file) => [file, named(files[file])])),
      heldOut: heldOut.map(named),
      firstHeldOut: files.length,
      symbols: vocabulary.symbols,
    };
    return new PriorSource(workerData, onProgress);
  }

  /**
   * Has the priors of files computed, in this order, behind what was asked for before.
   * @throws UserFacingError when an earlier request failed, whether or not anybody waited for it.
   */
  prepare(files: readonly number[]): void {
    if (this.failure) throw this.failure;
    for (const file of files) void this.request(file);
  }

  /**
   * Waits for the priors of files.
   * @throws UserFacingError when the thread failed; the signal's reason when aborted.
   */
  async ready(files: readonly number[], signal: AbortSignal): Promise<void> {
    this.prepare(files);
    const missing = files.filter((file) => !this.priors.has(file)).map((file) => this.request(file));
    if (missing.length > 0) await orAborted(Promise.all(missing), signal);
  }

  /** Those of a file that is ready. */
  priorsOf(file: number): PackedPriors {
    const priors = this.priors.get(file);
    if (!priors) throw new Error(`the priors of file ${file} are not there`);
    return priors;
  }

  /** The priors along the held-out files, in their order. @throws UserFacingError when the thread failed. */
  async heldOut(): Promise<PackedPriors[]> {
    const indices = Array.from({ length: this.heldOutFiles }, (_, i) => this.firstHeldOut + i);
    await Promise.all(indices.map((index) => this.request(index)));
    return indices.map((index) => {
      const priors = this.priorsOf(index);
      this.priors.delete(index);
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
      waiting = this.thread.request('priors', index).then((priors) => {
        this.priors.set(index, priors);
        this.waiting.delete(index);
      });
      // A request made ahead of time has nobody waiting yet; whoever waits later sees the failure.
      waiting.catch((error: Error) => (this.failure = error));
      this.waiting.set(index, waiting);
    }
    return waiting;
  }
}

function failed(reason: string): UserFacingError {
  return new UserFacingError(
    message`Training with the context model failed (${reason.replace(/\.$/, '')}); the last checkpoint is intact, so train again to go on from there, with fewer files if it was short of memory.`,
  );
}

const named = ({ path, text }: SourceFile): NamedText => ({ name: path, text });
