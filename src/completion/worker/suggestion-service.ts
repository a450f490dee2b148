import { assertNever, detailOf, sentenceOf } from '../../common/errors.ts';
import { NetworkPredictor } from '../predict/network-predictor.ts';
import type { Network } from './load-network.ts';
import type { FromSuggestionWorker, ToSuggestionWorker } from './protocol.ts';
import { sample, samplePredictions } from '../../sampling/index.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import type { Corpus, CorpusOptions } from '../../corpus/index.ts';
import type { ContextModel } from '../../context-model/index.ts';
import { MemoryPredictor } from '../predict/memory-predictor.ts';
import { Suggester } from '../decode/suggest.ts';
import { WorkspaceMemory } from './workspace-index.ts';

/** What joins the service to the thread it runs in. */
export interface ServicePort {
  post(message: FromSuggestionWorker): void;
  /** The next message that has arrived, if any, without waiting for one. */
  poll(): ToSuggestionWorker | undefined;
  loadNetwork(modelPath: string): Promise<Network>;
  createContextModel(): Promise<ContextModel>;
  readCorpus(options: CorpusOptions): Promise<Corpus>;
}

type DocumentMessage = Extract<ToSuggestionWorker, { type: 'open' | 'change' | 'forget' }>;
type WarmMessage = Extract<ToSuggestionWorker, { type: 'warm' }>;
type SuggestMessage = Extract<ToSuggestionWorker, { type: 'suggest' }>;

interface RunningMemory {
  readonly memory: ContextModel;
  readonly workspace: WorkspaceMemory;
}

interface RunningSample {
  readonly network: Network;
  readonly pieces: Generator<string, void, void>;
}

/**
 * Answers the messages of the suggestion worker, one piece of work per turn of the event loop: waiting suggestions
 * first, then the next piece of a sample. A suggestion looks for new messages while it is computed, so that it can
 * be cancelled, and ends when a newer one for the same document arrives.
 */
export class SuggestionService {
  private readonly port: ServicePort;
  private network: Network | undefined;
  private suggester: Suggester | undefined;
  /** From the first time on that files are to be remembered. */
  private memory: Promise<RunningMemory> | undefined;
  private predictor: MemoryPredictor | undefined;
  private wantedModel: string | undefined;
  private isLoading = false;
  private waiting: SuggestMessage[] = [];
  private current: SuggestMessage | undefined;
  private warming: WarmMessage | undefined;
  private isCurrentCancelled = false;
  /** To documents while a suggestion was computed. */
  private readonly happened: DocumentMessage[] = [];
  private readonly samples = new Map<number, RunningSample>();
  /** Replaced while samples were being written with them. */
  private readonly retired = new Set<Network>();
  private isTurnDue = false;

  constructor(port: ServicePort) {
    this.port = port;
  }

  receive(message: ToSuggestionWorker): void {
    switch (message.type) {
      case 'load':
        this.wantedModel = message.modelPath;
        void this.loadWanted();
        return;
      case 'suggest':
        this.warming = undefined;
        this.endSuggestions((older) => older.request.document === message.request.document);
        this.waiting.push(message);
        this.requestTurn();
        return;
      case 'warm':
        this.warming = message;
        this.requestTurn();
        return;
      case 'sample':
        this.startSample(message);
        return;
      case 'cancel':
        this.endSuggestions(({ id }) => id === message.id);
        if (this.samples.has(message.id)) this.endSample(message.id, { type: 'sampleEnd', id: message.id });
        return;
      case 'remember':
        void this.remember(message.corpus);
        return;
      case 'open':
      case 'change':
      case 'forget':
        this.follow(message);
        return;
      default:
        assertNever(message);
    }
  }

  /** What happens to a document waits for the suggestion that is reading it, which is of no use any more. */
  private follow(message: DocumentMessage): void {
    if (this.current) {
      this.isCurrentCancelled ||= this.current.request.document === message.document;
      this.happened.push(message);
      return;
    }
    switch (message.type) {
      case 'open':
        if (this.predictor) this.predictor.open(message.document, message.text);
        else this.port.post({ type: 'outOfStep', document: message.document });
        return;
      case 'change':
        this.predictor?.change(message.document, message.changes);
        return;
      case 'forget':
        this.suggester?.forget(message.document);
        return;
      default:
        assertNever(message);
    }
  }

  private async loadWanted(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    while (this.wantedModel !== undefined) {
      const modelPath = this.wantedModel;
      this.wantedModel = undefined;
      try {
        this.replaceNetwork(await this.port.loadNetwork(modelPath));
      } catch (error) {
        this.port.post({ type: 'loadFailed', sentence: sentenceOf(error), detail: detailOf(error) });
      }
    }
    this.isLoading = false;
  }

  private replaceNetwork(network: Network): void {
    if (this.network) this.retired.add(this.network);
    this.network = network;
    if (this.predictor) this.predictor.join(network);
    else this.suggester = new Suggester(new NetworkPredictor(network.stepper, network.vocabulary));
    this.disposeUnused();
    this.port.post({ type: 'loaded', summary: network.summary });
  }

  private async remember(corpus: CorpusOptions): Promise<void> {
    this.memory ??= this.startMemory();
    try {
      (await this.memory).workspace.remember(corpus);
    } catch (error) {
      this.memory = undefined;
      this.port.post({ type: 'memoryFailed', sentence: sentenceOf(error), detail: detailOf(error) });
    }
  }

  private async startMemory(): Promise<RunningMemory> {
    const memory = await this.port.createContextModel();
    const predictor = new MemoryPredictor(memory, (document) =>
      this.port.post({ type: 'outOfStep', document }),
    );
    predictor.join(this.network);
    this.predictor = predictor;
    this.suggester = new Suggester(predictor);
    const workspace = new WorkspaceMemory(memory, {
      readCorpus: (options) => this.port.readCorpus(options),
      onProgress: (summary) => this.port.post({ type: 'memory', summary }),
      onError: (error) =>
        this.port.post({ type: 'memoryFailed', sentence: sentenceOf(error), detail: detailOf(error) }),
    });
    return { memory, workspace };
  }

  private disposeUnused(): void {
    const used = new Set([...this.samples.values()].map(({ network }) => network));
    for (const network of this.retired) {
      if (used.has(network)) continue;
      this.retired.delete(network);
      network.stepper.dispose();
      network.output?.dispose();
    }
  }

  private startSample({ id, options }: Extract<ToSuggestionWorker, { type: 'sample' }>): void {
    const { network } = this;
    if (!network) {
      const sentence = 'No sample can be written because no model is loaded; train one first.';
      this.port.post({ type: 'failed', id, sentence, detail: '' });
      return;
    }
    this.samples.set(id, { network, pieces: this.writing(network, options) });
    this.requestTurn();
  }

  /** By the network and what is known of the workspace, as suggestions are; by the network alone where nothing is. */
  private *writing({ stepper, vocabulary }: Network, options: SampleOptions): Generator<string, void, void> {
    if (!this.predictor?.isJoined) return yield* sample(stepper, vocabulary, options);
    const text = this.predictor.write(options.prime);
    try {
      yield* samplePredictions(text, options);
    } finally {
      text.dispose();
    }
  }

  private failSample(id: number, error: unknown): void {
    this.endSample(id, { type: 'failed', id, sentence: sentenceOf(error), detail: detailOf(error) });
  }

  private endSample(id: number, message: FromSuggestionWorker): void {
    this.samples.get(id)?.pieces.return();
    this.samples.delete(id);
    this.disposeUnused();
    this.port.post(message);
  }

  /** Answers waiting suggestions with nothing, and has the one being computed do so. */
  private endSuggestions(isMeant: (message: SuggestMessage) => boolean): void {
    const ended = this.waiting.filter(isMeant);
    this.waiting = this.waiting.filter((message) => !isMeant(message));
    for (const { id } of ended) this.port.post({ type: 'suggestion', id, suggestion: undefined });
    if (this.current && isMeant(this.current)) this.isCurrentCancelled = true;
  }

  /** A later turn of the event loop, so that messages which have arrived are heard first. */
  private requestTurn(): void {
    if (this.isTurnDue) return;
    this.isTurnDue = true;
    setImmediate(() => {
      this.isTurnDue = false;
      this.turn();
      if (this.waiting.length > 0 || this.warming || this.samples.size > 0) this.requestTurn();
    });
  }

  private turn(): void {
    const message = this.waiting.shift();
    if (message) this.suggest(message);
    else if (this.warming) this.warm(this.warming);
    else for (const [id, running] of this.samples) this.continueSample(id, running);
  }

  private suggest(message: SuggestMessage): void {
    const { id, request } = message;
    this.current = message;
    this.isCurrentCancelled = false;
    try {
      const suggestion = this.suggester?.suggest(request, () => this.pollForCancellation());
      this.port.post({ type: 'suggestion', id, suggestion });
    } catch (error) {
      this.suggester?.forget(request.document);
      if (this.predictor) this.port.post({ type: 'outOfStep', document: request.document });
      this.port.post({ type: 'failed', id, sentence: sentenceOf(error), detail: detailOf(error) });
    }
    this.current = undefined;
    for (const happened of this.happened.splice(0)) this.follow(happened);
  }

  private warm({ text }: WarmMessage): void {
    this.warming = undefined;
    let arrived: ToSuggestionWorker | undefined;
    try {
      this.suggester?.warm(text, () => (arrived ??= this.port.poll()) !== undefined);
    } catch {
      // A suggestion there will meet the same error, and tell it.
    }
    if (arrived) this.receive(arrived);
  }

  private pollForCancellation(): boolean {
    for (let message = this.port.poll(); message; message = this.port.poll()) this.receive(message);
    return this.isCurrentCancelled;
  }

  private continueSample(id: number, { pieces }: RunningSample): void {
    try {
      const piece = pieces.next();
      if (piece.done) this.endSample(id, { type: 'sampleEnd', id });
      else this.port.post({ type: 'sampleText', id, text: piece.value });
    } catch (error) {
      this.failSample(id, error);
    }
  }
}
