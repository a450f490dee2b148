import { UserFacingError } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { failureOf } from '../../common/rpc/rpc-protocol.ts';
import { sample, samplePredictions, type SampleOptions } from '../../sampling/index.ts';
import type { ContextModelPredictor } from '../predict/context-model-predictor.ts';
import type { Network } from './load-network.ts';
import type { BorrowedNetwork } from './model-slot.ts';
import type { FromSuggestionWorker, SampleMessage } from './protocol.ts';

export interface SampleRunnerContext {
  borrowNetwork(): BorrowedNetwork | undefined;
  /** The predictor that knows the workspace; undefined where none is read. */
  predictor(): ContextModelPredictor | undefined;
  post(message: FromSuggestionWorker): void;
}

interface RunningSample {
  readonly borrowed: BorrowedNetwork;
  readonly pieces: Generator<string, void, void>;
}

/** Writes samples piece by piece, each with the network that was in use when it began. */
export class SampleRunner {
  private readonly context: SampleRunnerContext;
  private readonly running = new Map<number, RunningSample>();

  constructor(context: SampleRunnerContext) {
    this.context = context;
  }

  /** Whether `step` would write anything. */
  get hasWork(): boolean {
    return this.running.size > 0;
  }

  /** Begins a sample, or answers the request with an error. */
  start({ id, params }: SampleMessage): void {
    const borrowed = this.context.borrowNetwork();
    if (borrowed) {
      this.running.set(id, { borrowed, pieces: this.write(borrowed.network, params) });
      return;
    }
    const error = new UserFacingError(
      message`No sample can be written because no model is loaded; train one first.`,
    );
    this.context.post({ type: 'failure', id, ...failureOf(error) });
  }

  /** Ends a sample early; does nothing where it ended by itself. */
  cancel(id: number): void {
    if (this.running.has(id)) this.end(id, { type: 'reply', id, result: undefined });
  }

  /** Writes the next piece of every sample. */
  step(): void {
    for (const [id, { pieces }] of this.running) {
      try {
        const piece = pieces.next();
        if (piece.done) this.end(id, { type: 'reply', id, result: undefined });
        else this.context.post({ type: 'part', id, part: piece.value });
      } catch (error) {
        this.end(id, { type: 'failure', id, ...failureOf(error) });
      }
    }
  }

  /** Writes with the predictor of suggestions or, where no workspace is read, with the network alone. */
  private *write({ stepper, vocabulary }: Network, options: SampleOptions): Generator<string, void, void> {
    const predictor = this.context.predictor();
    if (!predictor?.isJoined) return yield* sample(stepper, vocabulary, options);
    const text = predictor.write(options.prime);
    try {
      yield* samplePredictions(text, options);
    } finally {
      text.dispose();
    }
  }

  private end(id: number, message: FromSuggestionWorker): void {
    const running = this.running.get(id);
    running?.pieces.return();
    running?.borrowed.release();
    this.running.delete(id);
    this.context.post(message);
  }
}
