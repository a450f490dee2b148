import { isDeepStrictEqual } from 'node:util';
import { assertNever, UserFacingError } from '../../common/errors.ts';
import { RemoteError } from '../../common/rpc/rpc-protocol.ts';
import { sleep } from '../../common/sleep.ts';
import type { WorkerExit } from '../../common/rpc/worker-channel.ts';
import { WorkerRpc } from '../../common/rpc/worker-rpc.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import type { Suggestion, SuggestionRequest } from '../decode/suggest.ts';
import type { TextChange } from '../predict/open-document.ts';
import type { TextBefore } from '../predict/predictor.ts';
import {
  SUGGESTION_PROTOCOL_VERSION,
  type SuggestionProtocol,
  type SuggestionSources,
} from '../worker/protocol.ts';
import type { WorkspaceSummary } from '../worker/workspace-index.ts';
import { type DocumentText, FollowedDocuments } from './followed-documents.ts';
import { type ClientLimits, deadlineOf, DEFAULT_LIMITS, MAX_LOADING_MS } from './client-limits.ts';
import { IgnoredPaths } from './ignored-paths.ts';
import { suggestionThread } from './suggestion-thread.ts';
import { SurpriseClient } from './surprise-client.ts';
import { UnitClient } from './unit-client.ts';
import {
  exitSentence,
  incompleteError,
  MODEL_REMOVED,
  noModelError,
  type WorkerStatus,
} from './worker-status.ts';

export interface ClientContext {
  /** The status, the workspace's summary or the revision changed. */
  onStatus(status: WorkerStatus): void;
  onLog(line: string): void;
}

/**
 * The suggestion worker behind plain methods. It runs while there is anything to suggest from, and is started again
 * with back-off after a crash.
 */
export class SuggestionClient {
  /** How surprising lines are. */
  readonly surprise: SurpriseClient;
  /** What units of the network hold. */
  readonly units: UnitClient;
  private readonly context: ClientContext;
  private readonly limits: ClientLimits;
  private readonly worker: WorkerRpc<SuggestionProtocol>;
  private readonly documents: FollowedDocuments;
  private readonly ignored = new IgnoredPaths();
  private currentStatus: WorkerStatus = { kind: 'noModel' };
  private currentRevision = 0;
  private sources: SuggestionSources = {};
  private currentWorkspace: WorkspaceSummary | undefined;
  private readonly loadWaiters: (() => void)[] = [];
  /** Aborts the samples that are being written. */
  private sampling = new AbortController();
  private isDisposed = false;

  /** @param workerPath the bundled `suggestion-worker.cjs`. */
  constructor(workerPath: string, context: ClientContext, limits: Partial<ClientLimits> = {}) {
    this.context = context;
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.worker = new WorkerRpc<SuggestionProtocol>({
      open: suggestionThread(workerPath),
      version: SUGGESTION_PROTOCOL_VERSION,
      restart: this.limits,
      onStart: () => this.begin(),
      onEvent: (event) => this.receive(event),
      onExit: (exit, willRestart) => this.handleExit(exit, willRestart),
      exitError: incompleteError,
    });
    this.surprise = new SurpriseClient(this.worker, () => this.sources.corpus !== undefined);
    this.units = new UnitClient(this.worker, () => this.currentStatus);
    this.documents = new FollowedDocuments((notice) => this.worker.notify(notice));
  }

  get status(): WorkerStatus {
    return this.currentStatus;
  }

  /** What is known of the workspace; undefined while nothing is. */
  get workspace(): WorkspaceSummary | undefined {
    return this.currentWorkspace;
  }

  /** Whether a change of this file of the workspace needs no reading, because rules about paths leave it out. */
  isIgnored(path: string): boolean {
    return this.ignored.has(path);
  }

  /** A number that grows whenever the model that answers has changed. */
  get revision(): number {
    return this.currentRevision;
  }

  /** Whether there is anything that suggestions could come from. */
  get canSuggest(): boolean {
    return this.hasTrainedModel || this.currentWorkspace !== undefined;
  }

  /**
   * Sets the sources of suggestions; the same sources again change nothing. While a new model is loaded, suggestions
   * go on with the old one. Without any source the worker ends.
   */
  setSources(sources: SuggestionSources): void {
    if (this.isDisposed || isDeepStrictEqual(sources, this.sources)) return;
    const isOtherModel = !isDeepStrictEqual(sources.model, this.sources.model);
    const isFirstCorpus = sources.corpus !== undefined && this.sources.corpus === undefined;
    this.sources = sources;
    if (!sources.model) this.loseModel();
    if (!sources.corpus) this.loseWorkspace();
    if (!sources.model && !sources.corpus) {
      this.worker.stop(new UserFacingError(MODEL_REMOVED));
    } else if (this.worker.isOn) {
      if (isOtherModel) this.noteLoading();
      this.worker.notify({ type: 'sources', sources });
    } else if (isOtherModel || isFirstCorpus) {
      // A worker that kept crashing stays off, however often files change.
      this.worker.start();
    }
  }

  /** Makes the worker follow a document, of which it is sent the text. Does nothing where no workspace is read. */
  follow(document: string, text: DocumentText): void {
    if (this.sources.corpus) this.documents.follow(document, text);
  }

  /** Reports what changed in a document that may be followed. */
  change(document: string, changes: readonly TextChange[]): void {
    this.documents.change(document, changes);
  }

  /** Has the whole text of a document sent again when it is to be followed next. */
  resend(document: string): void {
    this.documents.lose(document);
  }

  /** Drops what is kept for a document that was closed. */
  forget(document: string): void {
    this.documents.close(document);
  }

  /** Makes the network read the text before the cursor ahead of a request; the context model needs no such time. */
  warm(text: TextBefore): void {
    if (this.hasTrainedModel) this.worker.notify({ type: 'warm', text });
  }

  /** @returns undefined if there is nothing to suggest, no source, the request was cancelled or overdue; never rejects. */
  async suggest(request: SuggestionRequest, signal?: AbortSignal): Promise<Suggestion | undefined> {
    if (!this.canSuggest || signal?.aborted) return undefined;
    const deadlineMs = deadlineOf(this.limits, request.explicit);
    try {
      return await this.worker.request('suggest', request, { deadlineMs, signal });
    } catch (error) {
      if (error instanceof RemoteError) this.context.onLog(error.detail);
      return undefined;
    }
  }

  /** Settles when no model is being loaded any more, or after some seconds at the most. */
  async whenLoaded(): Promise<void> {
    if (this.currentStatus.kind !== 'loading') return;
    const loaded = new AbortController();
    this.loadWaiters.push(() => loaded.abort());
    await sleep(MAX_LOADING_MS, loaded.signal);
  }

  /**
   * Settles when the sources are loaded, read and learnt, as far as they can be.
   * @throws an error when aborted, or the worker ends.
   */
  async whenSettled(signal: AbortSignal): Promise<void> {
    if (this.worker.isOn) await this.worker.request('settle', undefined, { signal });
  }

  /** @throws UserFacingError where there is no model ready to write; its code is `no-model` where none was trained. */
  requireModel(): void {
    if (!this.hasTrainedModel || this.isOfBase) throw noModelError(this.currentStatus);
  }

  /**
   * Streams a sample; resolves at its end, or when aborted.
   * @throws UserFacingError when there is no model, it is removed meanwhile, or the worker ends.
   */
  async sample(options: SampleOptions, onText: (text: string) => void, signal?: AbortSignal): Promise<void> {
    this.requireModel();
    if (signal?.aborted) return;
    const removed = this.sampling.signal;
    try {
      await this.worker.request('sample', options, {
        signal: signal ? AbortSignal.any([signal, removed]) : removed,
        onPart: onText,
      });
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof RemoteError) this.context.onLog(error.detail);
      throw error;
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.sources = {};
    this.loseModel();
    this.loseWorkspace();
    this.worker.stop(new UserFacingError(MODEL_REMOVED));
  }

  private get hasTrainedModel(): boolean {
    return this.currentStatus.kind === 'ready' && this.currentStatus.summary.isTrained;
  }

  /** Whether the network is the base, which was not trained on this workspace. */
  private get isOfBase(): boolean {
    return this.currentStatus.kind === 'ready' && this.currentStatus.summary.isBase === true;
  }

  /** The worker has started, the first time or again. */
  private begin(): void {
    this.noteLoading();
    this.worker.notify({ type: 'sources', sources: this.sources });
  }

  /** A model is about to be loaded; one that is ready stays so meanwhile. */
  private noteLoading(): void {
    if (this.sources.model && this.currentStatus.kind !== 'ready') this.setStatus({ kind: 'loading' });
  }

  private loseModel(): void {
    this.sampling.abort(new UserFacingError(MODEL_REMOVED));
    this.sampling = new AbortController();
    if (this.currentStatus.kind !== 'noModel') this.setStatus({ kind: 'noModel' });
  }

  private loseWorkspace(): void {
    this.documents.clear();
    this.ignored.set([]);
    if (!this.currentWorkspace) return;
    this.currentWorkspace = undefined;
    this.setStatus(this.currentStatus);
  }

  private receive(event: SuggestionProtocol['events']): void {
    switch (event.type) {
      case 'workspaceRead':
        // This summary was sent before the workspace was dropped.
        if (!this.sources.corpus) return;
        if (event.summary.isComplete) this.worker.noteSuccess();
        this.currentWorkspace = event.summary;
        this.setStatus(this.currentStatus);
        return;
      case 'workspaceIgnored':
        this.ignored.set(event.paths);
        return;
      case 'workspaceFailed':
        this.context.onLog(`the workspace cannot be read for suggestions: ${event.detail}`);
        return;
      case 'workspaceNote':
        this.context.onLog(event.line);
        return;
      case 'outOfStep':
        if (event.detail !== undefined) this.context.onLog(event.detail);
        this.documents.lose(event.document);
        return;
      case 'openFailed':
        this.context.onLog(`suggestions know only the text before the cursor: ${event.detail}`);
        this.documents.fail(event.document);
        return;
      case 'modelLoaded':
        if (this.sources.model) this.setStatus({ kind: 'ready', summary: event.summary });
        return;
      case 'modelFailed':
        this.context.onLog(event.detail);
        if (this.sources.model && this.currentStatus.kind !== 'ready')
          this.setStatus({ kind: 'failed', sentence: event.sentence });
        return;
      default:
        assertNever(event);
    }
  }

  private handleExit({ kind, reason }: WorkerExit, willRestart: boolean): void {
    this.context.onLog(`the suggestion worker stopped: ${reason}`);
    this.documents.clear();
    this.currentWorkspace = undefined;
    this.setStatus({ kind: 'failed', sentence: exitSentence(kind, reason, willRestart) });
  }

  private setStatus(status: WorkerStatus): void {
    const isOther = status !== this.currentStatus;
    if (isOther && (status.kind === 'ready' || this.currentStatus.kind === 'ready')) this.currentRevision++;
    this.currentStatus = status;
    if (status.kind !== 'loading') for (const resolve of this.loadWaiters.splice(0)) resolve();
    if (!this.isDisposed) this.context.onStatus(status);
  }
}
