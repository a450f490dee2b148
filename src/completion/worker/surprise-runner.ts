import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import type { ContextModel } from '../../context-model/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import { KnownTexts } from '../surprise/known-texts.ts';
import { RatedDocument, type DocumentToRate } from '../surprise/rated-document.ts';
import type { FromSuggestionWorker, SurpriseMessage } from './protocol.ts';

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

interface Rating {
  readonly document: string;
  readonly lines: Generator<LineSurprise | undefined, void, void>;
}

/** How long a step takes, so that a suggestion never waits longer for one. */
const STEP_MS = 4;
/** Documents of which what was read is kept. */
const MAX_DOCUMENTS = 4;

/** Rates the lines of documents, a few milliseconds at a time and the newest request first. */
export class SurpriseRunner {
  private readonly context: SurpriseRunnerContext;
  private known = new KnownTexts();
  /** In the order of their last use. */
  private readonly documents = new Map<string, RatedDocument>();
  /** By the ids of their requests, in order. */
  private readonly ratings = new Map<number, Rating>();

  constructor(context: SurpriseRunnerContext) {
    this.context = context;
  }

  /** Whether `step` would do anything. */
  get hasWork(): boolean {
    return this.ratings.size > 0;
  }

  /** Begins to rate a document; an older request for the same one ends. */
  start({ id, params }: SurpriseMessage): void {
    for (const [older, { document }] of this.ratings) if (document === params.document) this.cancel(older);
    this.ratings.set(id, { document: params.document, lines: this.rate(params) });
  }

  /** Ends a request early; does nothing where it ended by itself. */
  cancel(id: number): void {
    const rating = this.ratings.get(id);
    if (!rating) return;
    rating.lines.return();
    this.ratings.delete(id);
    this.context.post({ type: 'reply', id, result: undefined });
  }

  /** Goes on with the newest request. */
  step(): void {
    const [id, { document, lines }] = [...this.ratings].at(-1)!;
    const until = performance.now() + STEP_MS;
    const part: LineSurprise[] = [];
    try {
      let isDone: boolean | undefined = false;
      while (!isDone && performance.now() < until) {
        const { done, value } = lines.next();
        isDone = done;
        if (value) part.push(value);
      }
      if (part.length > 0) this.context.post({ type: 'part', id, part });
      if (isDone) this.cancel(id);
    } catch (error) {
      this.ratings.delete(id);
      this.drop(document);
      this.context.post({ type: 'failure', id, ...failureOf(error) });
    }
  }

  /** Ends all requests and drops everything that is kept, of the workspace too. */
  clear(): void {
    for (const id of [...this.ratings.keys()]) this.cancel(id);
    for (const document of [...this.documents.keys()]) this.drop(document);
    this.known = new KnownTexts();
  }

  private *rate(request: DocumentToRate): Generator<LineSurprise | undefined, void, void> {
    const workspace = this.context.workspace();
    if (!workspace) return;
    if (yield* this.known.follow(workspace.texts)) {
      for (const document of this.documents.values()) document.forgetLines();
    }
    yield* this.use(request.document, workspace).rate(request, this.known);
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
    const rated = new Set([...this.ratings.values()].map(({ document }) => document));
    for (const name of [...this.documents.keys()]) {
      if (this.documents.size > MAX_DOCUMENTS && !rated.has(name)) this.drop(name);
    }
  }

  private drop(name: string): void {
    this.documents.get(name)?.dispose();
    this.documents.delete(name);
  }
}
