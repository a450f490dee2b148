import { assertNever, UserFacingError } from '../../common/errors.ts';
import { longestFollowed } from '../predict/limits.ts';
import type { FromSuggestionWorker, ModelSummary, ToSuggestionWorker } from '../worker/protocol.ts';
import { RestartingWorker, type RestartLimits } from './restarting-worker.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import type { TextChange } from '../predict/open-document.ts';
import type { TextBefore } from '../predict/predictor.ts';
import type { Suggestion, SuggestionRequest } from '../decode/suggest.ts';
import type { MemorySummary } from '../worker/workspace-index.ts';

/** What the suggestion worker is doing, for the status item. */
export type WorkerStatus =
  | { readonly kind: 'noModel' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly summary: ModelSummary }
  | { readonly kind: 'failed'; readonly sentence: string };

/** How long to wait for what, in milliseconds. */
export interface ClientLimits extends RestartLimits {
  /** After which an answer comes too late: while typing, and when asked for by hand. */
  readonly automaticDeadline: number;
  readonly explicitDeadline: number;
}

const defaultLimits: ClientLimits = {
  automaticDeadline: 1000,
  explicitDeadline: 5000,
  restartDelay: 250,
  mostCrashes: 5,
};

const memoryAlone = {};

interface PendingSample {
  readonly onText: (text: string) => void;
  readonly resolve: () => void;
  readonly reject: (error: UserFacingError) => void;
}

/**
 * The suggestion worker behind plain methods: starts it on first use, restarts it with back-off after a crash,
 * gives each request an id and a deadline, drops late answers, rejects what is pending when disposed.
 */
export class SuggestionClient {
  private readonly context: { onStatus: (status: WorkerStatus) => void; onLog: (line: string) => void };
  private readonly limits: ClientLimits;
  private readonly worker: RestartingWorker;
  private readonly suggestions = new Map<number, (suggestion: Suggestion | undefined) => void>();
  private readonly samples = new Map<number, PendingSample>();
  private currentStatus: WorkerStatus = { kind: 'noModel' };
  private modelPath: string | undefined;
  private corpus: CorpusOptions | undefined;
  private currentMemory: MemorySummary | undefined;
  /** Documents that the worker follows. */
  private readonly followed = new Set<string>();
  /** Documents that were too long to be followed. */
  private readonly tooLong = new Set<string>();
  private lastId = 0;
  private isDisposed = false;

  /** @param workerPath the bundled `suggestion-worker.cjs`. */
  constructor(
    workerPath: string,
    context: { onStatus: (status: WorkerStatus) => void; onLog: (line: string) => void },
    limits: Partial<ClientLimits> = {},
  ) {
    this.context = context;
    this.limits = { ...defaultLimits, ...limits };
    this.worker = new RestartingWorker(workerPath, this.limits, {
      onStart: () => {
        this.sendCorpus();
        this.sendModel();
      },
      onMessage: (message) => this.receive(message as FromSuggestionWorker),
      onCrash: (reason, willRestart) => this.handleCrash(reason, willRestart),
    });
  }

  get status(): WorkerStatus {
    return this.currentStatus;
  }

  /** What is remembered of the workspace; undefined while nothing is. */
  get memory(): MemorySummary | undefined {
    return this.currentMemory;
  }

  /** What suggestions come from: another object, compared by identity, after another model was loaded. */
  get predictor(): object {
    return this.currentStatus.kind === 'ready' ? this.currentStatus.summary : memoryAlone;
  }

  /** Whether there is anything that suggestions could come from. */
  get canSuggest(): boolean {
    return this.hasTrainedModel || this.currentMemory !== undefined;
  }

  /** Has the worker remember these files as they are now, and suggest from that, with a model or without one. */
  remember(corpus: CorpusOptions): void {
    if (this.isDisposed) return;
    const isFirst = this.corpus === undefined;
    this.corpus = corpus;
    if (this.worker.isOn) this.sendCorpus();
    // A worker that kept crashing stays off, however often files change.
    else if (isFirst) this.worker.start();
  }

  /**
   * Tells the worker how a document reads, unless it follows it already or the document is too long for that.
   * @param textOf asked only where it does not.
   */
  follow(document: string, textOf: () => string): void {
    if (this.corpus === undefined || this.followed.has(document) || this.tooLong.has(document)) return;
    const text = textOf();
    if (text.length > longestFollowed) {
      this.tooLong.add(document);
      return;
    }
    this.followed.add(document);
    this.post({ type: 'open', document, text });
  }

  /** Tells what changed in a document, if the worker follows it. */
  change(document: string, changes: readonly TextChange[]): void {
    if (changes.length > 0 && this.followed.has(document)) this.post({ type: 'change', document, changes });
  }

  /** Has a model read the text before the cursor ahead of the next request; a memory alone needs no time for that. */
  warm(text: TextBefore): void {
    if (this.hasTrainedModel) this.post({ type: 'warm', text });
  }

  /** Loads (again) the model file; suggestions go on with the old one until the new one is in. */
  load(modelPath: string): void {
    if (this.isDisposed) return;
    this.modelPath = modelPath;
    if (this.worker.isOn) this.sendModel();
    else this.worker.start();
  }

  /** Forgets the model and the workspace, and stops the worker. */
  unload(): void {
    this.modelPath = undefined;
    this.corpus = undefined;
    this.loseMemory();
    this.worker.stop();
    this.endRequests('The model was removed before the sample was complete; train one and try again.');
    if (this.currentStatus.kind !== 'noModel') this.setStatus({ kind: 'noModel' });
  }

  /** Undefined: nothing to say, too late, cancelled, or no model. Never rejects. */
  suggest(request: SuggestionRequest, signal?: AbortSignal): Promise<Suggestion | undefined> {
    if (!this.canSuggest || signal?.aborted) return Promise.resolve(undefined);
    const id = ++this.lastId;
    const { automaticDeadline, explicitDeadline } = this.limits;
    return new Promise((resolve) => {
      const giveUp = () => {
        this.post({ type: 'cancel', id });
        finish(undefined);
      };
      const timer = setTimeout(giveUp, request.explicit ? explicitDeadline : automaticDeadline);
      const finish = (suggestion: Suggestion | undefined) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.suggestions.delete(id);
        resolve(suggestion);
      };
      signal?.addEventListener('abort', giveUp);
      this.suggestions.set(id, finish);
      this.post({ type: 'suggest', id, request });
    });
  }

  /** @throws UserFacingError that says why, where there is no model ready to write. */
  requireModel(): void {
    if (!this.hasTrainedModel) throw noModelError(this.currentStatus);
  }

  /**
   * Streams a sample; resolves at its end, or when aborted. Rejects with a UserFacingError when there is no model
   * or the worker dies.
   */
  async sample(options: SampleOptions, onText: (text: string) => void, signal?: AbortSignal): Promise<void> {
    this.requireModel();
    if (signal?.aborted) return;
    const id = ++this.lastId;
    const stop = () => {
      this.post({ type: 'cancel', id });
      this.samples.get(id)?.resolve();
    };
    try {
      await new Promise<void>((resolve, reject) => {
        this.samples.set(id, { onText, resolve, reject });
        signal?.addEventListener('abort', stop);
        this.post({ type: 'sample', id, options });
      });
    } finally {
      this.samples.delete(id);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Drops what is kept for a document that was closed. */
  forget(document: string): void {
    this.followed.delete(document);
    this.tooLong.delete(document);
    this.post({ type: 'forget', document });
  }

  dispose(): void {
    this.isDisposed = true;
    this.unload();
  }

  private get hasTrainedModel(): boolean {
    return this.currentStatus.kind === 'ready' && this.currentStatus.summary.isTrained;
  }

  private sendModel(): void {
    if (this.modelPath === undefined) return;
    if (this.currentStatus.kind !== 'ready') this.setStatus({ kind: 'loading' });
    this.post({ type: 'load', modelPath: this.modelPath });
  }

  private sendCorpus(): void {
    if (this.corpus !== undefined) this.post({ type: 'remember', corpus: this.corpus });
  }

  private loseMemory(): void {
    this.followed.clear();
    this.currentMemory = undefined;
  }

  private receive(message: FromSuggestionWorker): void {
    switch (message.type) {
      case 'memory':
        if (message.summary.isComplete) this.worker.noteSuccess();
        this.currentMemory = message.summary;
        this.setStatus(this.currentStatus);
        return;
      case 'memoryFailed':
        this.context.onLog(`the workspace is not remembered: ${message.detail || message.sentence}`);
        return;
      case 'outOfStep':
        this.followed.delete(message.document);
        return;
      case 'loaded':
        this.setStatus({ kind: 'ready', summary: message.summary });
        return;
      case 'loadFailed':
        this.context.onLog(message.detail);
        if (this.currentStatus.kind !== 'ready')
          this.setStatus({ kind: 'failed', sentence: message.sentence });
        return;
      case 'suggestion':
        this.worker.noteSuccess();
        this.suggestions.get(message.id)?.(message.suggestion);
        return;
      case 'sampleText':
        this.samples.get(message.id)?.onText(message.text);
        return;
      case 'sampleEnd':
        this.worker.noteSuccess();
        this.samples.get(message.id)?.resolve();
        return;
      case 'failed':
        this.context.onLog(message.detail || message.sentence);
        this.suggestions.get(message.id)?.(undefined);
        this.samples.get(message.id)?.reject(new UserFacingError(message.sentence));
        return;
      default:
        assertNever(message);
    }
  }

  private handleCrash(reason: string, willRestart: boolean): void {
    this.context.onLog(`the suggestion worker stopped: ${reason}`);
    this.loseMemory();
    const sentence = willRestart
      ? `The suggestion worker stopped unexpectedly (${reason}) and is being started again; wait a moment.`
      : `The suggestion worker keeps stopping (${reason}), so suggestions are off; reload the window or train again to try once more.`;
    this.setStatus({ kind: 'failed', sentence });
    this.endRequests(
      `The sample is incomplete because the suggestion worker stopped unexpectedly (${reason}); try again in a moment.`,
    );
  }

  private endRequests(sentence: string): void {
    for (const finish of [...this.suggestions.values()]) finish(undefined);
    for (const { reject } of [...this.samples.values()]) reject(new UserFacingError(sentence));
  }

  private setStatus(status: WorkerStatus): void {
    this.currentStatus = status;
    if (!this.isDisposed) this.context.onStatus(status);
  }

  private post(message: ToSuggestionWorker): void {
    this.worker.post(message);
  }
}

function noModelError(status: WorkerStatus): UserFacingError {
  if (status.kind === 'failed') return new UserFacingError(status.sentence);
  if (status.kind === 'loading') {
    return new UserFacingError('The model is still being loaded; try again in a moment.');
  }
  return new UserFacingError(
    'There is no model to write a sample with because none was trained yet; train one first.',
    { action: { title: 'Train', command: 'charRnn.train' } },
  );
}
