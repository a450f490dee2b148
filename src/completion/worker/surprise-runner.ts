import type { ContextModel } from '../../context-model/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import { KnownTexts } from '../surprise/known-texts.ts';
import { RatedDocument, type DocumentToRate } from '../surprise/rated-document.ts';
import type { FromSuggestionWorker, SurpriseMessage } from './protocol.ts';
import { SlicedRequests } from './sliced-requests.ts';

/** The workspace as its context model knows it. */
export interface KnownWorkspace {
  readonly contextModel: ContextModel;
  /** Learnt texts by file; undefined where a file is just being learnt. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** The name that the context model has for a document's file. */
  readonly nameOf: (document: string) => string;
}

export interface SurpriseRunnerContext {
  /** Undefined while no workspace is read. */
  workspace(): KnownWorkspace | undefined;
  post(message: FromSuggestionWorker): void;
}

/** Documents of which what was read is kept. */
const MAX_DOCUMENTS = 4;

/** Rates the lines of documents; see `SlicedRequests`. */
export class SurpriseRunner {
  private readonly context: SurpriseRunnerContext;
  private known = new KnownTexts();
  /** In the order of their last use. */
  private readonly documents = new Map<string, RatedDocument>();
  private readonly requests: SlicedRequests<LineSurprise>;

  constructor(context: SurpriseRunnerContext) {
    this.context = context;
    this.requests = new SlicedRequests((message) => context.post(message));
  }

  /** Whether `step` would do anything. */
  get hasWork(): boolean {
    return this.requests.hasWork;
  }

  /** Begins to rate a document; an older request for the same one ends. */
  start({ id, params }: SurpriseMessage): void {
    const { document } = params;
    this.requests.start(id, {
      document,
      parts: this.rate(params),
      onEnd: (hasFailed) => {
        if (hasFailed) this.drop(document);
      },
    });
  }

  /** Ends a request early; does nothing where it ended by itself. */
  cancel(id: number): void {
    this.requests.cancel(id);
  }

  step(): void {
    this.requests.step();
  }

  /** Ends all requests and drops everything that is kept, of the workspace too. */
  clear(): void {
    this.requests.cancelDocuments();
    for (const document of [...this.documents.keys()]) this.drop(document);
    this.known = new KnownTexts();
  }

  private *rate(request: DocumentToRate): Generator<LineSurprise | undefined, undefined, void> {
    const workspace = this.context.workspace();
    if (!workspace) return undefined;
    if (yield* this.known.follow(workspace.texts)) {
      for (const document of this.documents.values()) document.forgetLines();
    }
    yield* this.use(request.document, workspace).rate(request, this.known);
    return undefined;
  }

  private use(name: string, { contextModel, nameOf }: KnownWorkspace): RatedDocument {
    const kept = this.documents.get(name);
    this.documents.delete(name);
    const isSame = kept?.contextModel === contextModel;
    if (kept && !isSame) kept.dispose();
    const document = kept && isSame ? kept : new RatedDocument(contextModel, nameOf(name));
    this.documents.set(name, document);
    this.dropOldest();
    return document;
  }

  /** Drops documents beyond the limit, but none whose rating pauses, which would go on with what is gone. */
  private dropOldest(): void {
    for (const name of [...this.documents.keys()]) {
      if (this.documents.size > MAX_DOCUMENTS && !this.requests.isFor(name)) this.drop(name);
    }
  }

  private drop(name: string): void {
    this.documents.get(name)?.dispose();
    this.documents.delete(name);
  }
}
