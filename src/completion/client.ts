import type { ModelSummary } from './protocol.ts';
import type { SampleOptions } from './sampler.ts';
import type { Suggestion, SuggestionRequest } from './suggest.ts';

/** What the suggestion worker is doing, for the status item. */
export type WorkerStatus =
  | { readonly kind: 'noModel' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly summary: ModelSummary }
  | { readonly kind: 'failed'; readonly sentence: string };

/**
 * The suggestion worker behind plain methods: starts it on first use, restarts it with back-off after a crash,
 * gives each request an id and a deadline, drops late answers, rejects what is pending when disposed.
 */
export class SuggestionClient {
  constructor(
    _workerPath: string,
    _context: { onStatus: (status: WorkerStatus) => void; onLog: (line: string) => void },
  ) {
    throw new Error('in progress');
  }

  get status(): WorkerStatus {
    throw new Error('in progress');
  }

  /** Loads (again) the model file; suggestions go on with the old one until the new one is in. */
  load(_modelPath: string): void {
    throw new Error('in progress');
  }

  /** Forgets the model and stops the worker. */
  unload(): void {
    throw new Error('in progress');
  }

  /** Undefined: nothing to say, too late, cancelled, or no model. Never rejects. */
  suggest(_request: SuggestionRequest, _signal?: AbortSignal): Promise<Suggestion | undefined> {
    throw new Error('in progress');
  }

  /** Streams a sample. Rejects with a UserFacingError when there is no model or the worker dies. */
  sample(_options: SampleOptions, _onText: (text: string) => void, _signal?: AbortSignal): Promise<void> {
    throw new Error('in progress');
  }

  forget(_document: string): void {
    throw new Error('in progress');
  }

  dispose(): void {
    throw new Error('in progress');
  }
}
