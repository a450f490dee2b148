import { assertNever } from '../../common/errors.ts';
import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import type { ContextModel, SavedWorkspace } from '../../context-model/index.ts';
import type { Corpus, CorpusOptions } from '../../corpus/index.ts';
import { Suggester } from '../decode/suggest.ts';
import type { ContextModelPredictor } from '../predict/context-model-predictor.ts';
import { NetworkPredictor } from '../predict/network-predictor.ts';
import type { TextBefore } from '../predict/predictor.ts';
import type { Network } from './load-network.ts';
import { ModelSlot } from './model-slot.ts';
import type {
  DocumentNotice,
  FromSuggestionWorker,
  ModelSource,
  SuggestionSources,
  SuggestMessage,
  ToSuggestionWorker,
} from './protocol.ts';
import { SampleRunner } from './sample-runner.ts';
import { SurpriseRunner } from './surprise-runner.ts';
import { UnitRunner } from './unit-runner.ts';
import { WorkQueue } from './work-queue.ts';
import { WorkspaceSlot } from './workspace-slot.ts';

/** The thread that the service runs in, and what it loads and reads; replaced in tests. */
export interface ServicePort {
  post(message: FromSuggestionWorker): void;
  /** The next message that has arrived, if any, without waiting for one. */
  poll(): ToSuggestionWorker | undefined;
  loadNetwork(model: ModelSource): Promise<Network>;
  createContextModel(saved?: SavedWorkspace): Promise<ContextModel>;
  readCorpus(options: CorpusOptions): Promise<Corpus>;
  learnablePaths(options: CorpusOptions): Promise<ReadonlySet<string>>;
  /** Differs from one build of the worker to the next. */
  readonly code: string;
}

/** Messages that change the state from which suggestions are computed. */
type StateNotice = DocumentNotice | { readonly type: 'sources'; readonly sources: SuggestionSources };

/**
 * Answers the messages of the suggestion worker, one piece of work per turn of the event loop: waiting suggestions
 * first, then reading ahead, then the next piece of each sample, then units that are read, then lines that are rated.
 * While a suggestion is computed, new messages are received, so that it can be cancelled; it ends when a newer request
 * for the same document arrives.
 */
export class SuggestionService {
  private readonly port: ServicePort;
  private readonly model: ModelSlot;
  private readonly workspace: WorkspaceSlot;
  private readonly samples: SampleRunner;
  private readonly surprises: SurpriseRunner;
  private readonly units: UnitRunner;
  private readonly queue: WorkQueue;
  private suggester: Suggester | undefined;
  /** Knows the workspace and follows documents; undefined while no workspace is wanted. */
  private predictor: ContextModelPredictor | undefined;
  private waiting: SuggestMessage[] = [];
  private warming: TextBefore | undefined;
  /** The request whose suggestion is being computed. */
  private current: SuggestMessage | undefined;
  private isCurrentCancelled = false;
  /** Notices received while a suggestion was computed, handled after it. */
  private readonly postponed: StateNotice[] = [];

  constructor(port: ServicePort) {
    this.port = port;
    this.queue = new WorkQueue(() => this.nextWork());
    this.model = new ModelSlot({
      loadNetwork: (model) => port.loadNetwork(model),
      onChange: (network) => {
        this.renewSuggester();
        if (network) port.post({ type: 'modelLoaded', summary: network.summary });
      },
      onError: (error) => port.post({ type: 'modelFailed', ...failureOf(error) }),
    });
    this.workspace = new WorkspaceSlot({
      createContextModel: (saved) => port.createContextModel(saved),
      readCorpus: (options) => port.readCorpus(options),
      learnablePaths: (options) => port.learnablePaths(options),
      code: port.code,
      onChange: (predictor) => {
        this.predictor = predictor;
        this.surprises.clear();
        this.renewSuggester();
      },
      onIgnored: (paths) => port.post({ type: 'workspaceIgnored', paths }),
      onProgress: (summary) => port.post({ type: 'workspaceRead', summary }),
      onError: (error) => port.post({ type: 'workspaceFailed', ...failureOf(error) }),
      onNote: (line) => port.post({ type: 'workspaceNote', line }),
      onOutOfStep: (document) => port.post({ type: 'outOfStep', document }),
    });
    this.surprises = new SurpriseRunner({
      workspace: () => this.workspace.known,
      post: (message) => port.post(message),
    });
    this.units = new UnitRunner({
      borrowNetwork: () => this.model.borrow(),
      texts: () => this.workspace.known?.texts,
      post: (message) => port.post(message),
    });
    this.samples = new SampleRunner({
      borrowNetwork: () => this.model.borrow(),
      predictor: () => this.predictor,
      post: (message) => port.post(message),
    });
  }

  /** Settles when nothing waits to be computed. */
  get whenIdle(): Promise<void> {
    return this.queue.whenIdle;
  }

  receive(message: ToSuggestionWorker): void {
    switch (message.type) {
      case 'request':
        if (message.method === 'suggest') this.enqueue(message);
        else if (message.method === 'settle') void this.settle(message.id);
        else if (message.method === 'sample') this.samples.start(message);
        else if (message.method === 'surprise') this.surprises.start(message);
        else this.units.start(message);
        this.queue.notify();
        return;
      case 'cancel':
        this.endSuggestions(({ id }) => id === message.id);
        this.samples.cancel(message.id);
        this.surprises.cancel(message.id);
        this.units.cancel(message.id);
        return;
      case 'endSurprise':
        this.surprises.clear();
        return;
      case 'endUnits':
        this.units.clear();
        return;
      case 'warm':
        this.warming = message.text;
        this.queue.notify();
        return;
      case 'sources':
      case 'open':
      case 'change':
      case 'forget':
        this.updateState(message);
        return;
      default:
        assertNever(message);
    }
  }

  private async settle(id: number): Promise<void> {
    // Sources that came while a suggestion was computed are set after it.
    await this.queue.whenIdle;
    await this.model.whenLoaded;
    await this.workspace.whenRead();
    this.port.post({ type: 'reply', id, result: undefined });
  }

  private enqueue(message: SuggestMessage): void {
    this.warming = undefined;
    this.endSuggestions((older) => older.params.document === message.params.document);
    this.waiting.push(message);
  }

  /** Changes the state after the suggestion that is being computed, which ends now if it is of the same document. */
  private updateState(notice: StateNotice): void {
    if (this.current) {
      this.isCurrentCancelled ||=
        notice.type !== 'sources' && this.current.params.document === notice.document;
      this.postponed.push(notice);
    } else if (notice.type === 'sources') {
      this.model.set(notice.sources.model);
      this.workspace.set(notice.sources.corpus);
    } else {
      this.updateDocument(notice);
    }
  }

  private updateDocument(notice: DocumentNotice): void {
    const { document } = notice;
    try {
      switch (notice.type) {
        case 'open':
          if (this.predictor) this.predictor.open(document, notice.text, notice.isUnsaved);
          else this.port.post({ type: 'outOfStep', document });
          return;
        case 'change':
          this.predictor?.change(document, notice.changes);
          return;
        case 'forget':
          this.suggester?.forget(document);
          return;
        default:
          assertNever(notice);
      }
    } catch (error) {
      this.suggester?.forget(document);
      const { detail } = failureOf(error);
      this.port.post({ type: notice.type === 'open' ? 'openFailed' : 'outOfStep', document, detail });
    }
  }

  /** Makes a new suggester after the network or the workspace changed. */
  private renewSuggester(): void {
    const { network } = this.model;
    if (this.predictor) {
      this.predictor.join(network);
      this.suggester = new Suggester(this.predictor);
    } else {
      this.suggester = network && new Suggester(new NetworkPredictor(network.stepper, network.vocabulary));
    }
  }

  /** Answers the waiting requests that `isMeant` accepts with nothing, and ends the one being computed likewise. */
  private endSuggestions(isMeant: (message: SuggestMessage) => boolean): void {
    const ended = this.waiting.filter(isMeant);
    this.waiting = this.waiting.filter((message) => !isMeant(message));
    for (const { id } of ended) this.port.post({ type: 'reply', id, result: undefined });
    if (this.current && isMeant(this.current)) this.isCurrentCancelled = true;
  }

  private nextWork(): (() => void) | undefined {
    const message = this.waiting.shift();
    if (message) return () => this.suggest(message);
    const text = this.warming;
    if (text) return () => this.warm(text);
    if (this.samples.hasWork) return () => this.samples.step();
    if (this.units.hasWork) return () => this.units.step();
    return this.surprises.hasWork ? () => this.surprises.step() : undefined;
  }

  private suggest(message: SuggestMessage): void {
    const { id, params } = message;
    this.current = message;
    this.isCurrentCancelled = false;
    this.workspace.edits(params.document);
    try {
      const result = this.suggester?.suggest(params, () => this.pollForCancellation());
      this.port.post({ type: 'reply', id, result });
    } catch (error) {
      this.suggester?.forget(params.document);
      if (this.predictor) this.port.post({ type: 'outOfStep', document: params.document });
      this.port.post({ type: 'failure', id, ...failureOf(error) });
    }
    this.current = undefined;
    for (const notice of this.postponed.splice(0)) this.updateState(notice);
  }

  private warm(text: TextBefore): void {
    this.warming = undefined;
    let arrived: ToSuggestionWorker | undefined;
    try {
      this.suggester?.warm(text, () => (arrived ??= this.port.poll()) !== undefined);
    } catch {
      // A request there will fail with the same error and report it.
    }
    if (arrived) this.receive(arrived);
  }

  private pollForCancellation(): boolean {
    for (let message = this.port.poll(); message; message = this.port.poll()) this.receive(message);
    return this.isCurrentCancelled;
  }
}
