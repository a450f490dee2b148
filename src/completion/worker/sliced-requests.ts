import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import type { FromSuggestionWorker } from './protocol.ts';

/** How long a step takes, so that a suggestion never waits longer for one. */
const STEP_MS = 4;

type Result = Extract<FromSuggestionWorker, { type: 'reply' }>['result'];

/** A request that is answered in parts, with pauses. */
export interface SlicedRequest<Part> {
  /** The document that it is about; undefined where it is about none. */
  readonly document: string | undefined;
  /** Yields a part of the answer, or undefined where it only pauses; returns what the reply says. */
  readonly parts: Generator<Part | undefined, Result, void>;
  /** Called once, however it ends, before the last message. */
  readonly onEnd?: (hasFailed: boolean) => void;
}

/**
 * Requests that are worked on a few milliseconds at a time: the newest one for a document first, then the newest one
 * that is for none. A newer request for a document ends an older one.
 */
export class SlicedRequests<Part> {
  private readonly post: (message: FromSuggestionWorker) => void;
  /** By their ids, in order. */
  private readonly requests = new Map<number, SlicedRequest<Part>>();

  constructor(post: (message: FromSuggestionWorker) => void) {
    this.post = post;
  }

  /** Whether `step` would do anything. */
  get hasWork(): boolean {
    return this.requests.size > 0;
  }

  /** Whether a request for a document has begun and not ended. */
  isFor(document: string): boolean {
    return [...this.requests.values()].some((request) => request.document === document);
  }

  start(id: number, request: SlicedRequest<Part>): void {
    if (request.document !== undefined) this.endFor(request.document);
    this.requests.set(id, request);
  }

  /** Ends the requests for a document. */
  endFor(document: string): void {
    for (const [id, request] of this.requests) if (request.document === document) this.cancel(id);
  }

  /** Ends a request early; does nothing where it ended by itself. */
  cancel(id: number): void {
    if (this.requests.has(id)) this.end(id, { type: 'reply', id, result: undefined });
  }

  /** Ends the requests for documents. */
  cancelDocuments(): void {
    for (const [id, { document }] of [...this.requests]) if (document !== undefined) this.cancel(id);
  }

  step(): void {
    const newestFirst = [...this.requests].reverse();
    const [id, { parts }] = newestFirst.find(([, { document }]) => document !== undefined) ?? newestFirst[0];
    const until = performance.now() + STEP_MS;
    const part: Part[] = [];
    try {
      let next: IteratorResult<Part | undefined, Result>;
      do {
        next = parts.next();
        if (!next.done && next.value !== undefined) part.push(next.value);
      } while (!next.done && performance.now() < until);
      if (part.length > 0) this.post({ type: 'part', id, part });
      if (next.done) this.end(id, { type: 'reply', id, result: next.value });
    } catch (error) {
      this.end(id, { type: 'failure', id, ...failureOf(error) }, true);
    }
  }

  private end(id: number, message: FromSuggestionWorker, hasFailed = false): void {
    const request = this.requests.get(id);
    this.requests.delete(id);
    request?.parts.return(undefined);
    request?.onEnd?.(hasFailed);
    this.post(message);
  }
}
