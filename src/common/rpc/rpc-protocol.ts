import { UserFacingError, detailOf, messageOf } from '../errors.ts';
import { isMessage, type Message, message } from '../localization/message.ts';

/**
 * What the host and one kind of worker may send each other; a protocol file declares it once for both sides. Messages
 * are structured clones.
 */
export interface RpcProtocol {
  /** The requests by method: parameters, result, and the parts that are streamed before the result. */
  readonly requests: Readonly<
    Record<string, { readonly params: unknown; readonly result: unknown; readonly part?: unknown }>
  >;
  /** Messages from the host that have no answer. */
  readonly notices: { readonly type: string };
  /** Messages from the worker that belong to no request. */
  readonly events: { readonly type: string };
}

export type Requests<P extends RpcProtocol> = P['requests'];
export type Method<P extends RpcProtocol> = keyof Requests<P> & string;

/** A request on its way to the worker. */
export type RequestMessage<P extends RpcProtocol, M extends Method<P> = Method<P>> = {
  [K in M]: {
    readonly type: 'request';
    readonly id: number;
    readonly method: K;
    readonly params: Requests<P>[K]['params'];
  };
}[M];

/** Asks for the early end of a request, which is answered all the same. */
export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
}

/** Everything that a worker receives. */
export type ToWorker<P extends RpcProtocol> = RequestMessage<P> | CancelMessage | P['notices'];

/** An error as it crosses the boundary: `sentence` is for a person, `detail` for the log. */
export interface Failure {
  readonly sentence: Message | string;
  readonly detail: string;
  /** The code of a `UserFacingError`, if it has one. */
  readonly code?: string;
}

/** The messages from a worker that every protocol has. A `failure` without id fails every request. */
export type Envelope<P extends RpcProtocol> =
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'part'; readonly id: number; readonly part: Requests<P>[Method<P>]['part'] }
  | { readonly type: 'reply'; readonly id: number; readonly result: Requests<P>[Method<P>]['result'] }
  | ({ readonly type: 'failure'; readonly id: number | null } & Failure);

/** Everything that a worker sends; `hello` comes first. */
export type FromWorker<P extends RpcProtocol> = Envelope<P> | P['events'];

/** Anything thrown, as it is sent to the host. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof UserFacingError ? error.code : undefined;
  return {
    sentence: messageOf(error),
    detail: detailOf(error),
    ...(code !== undefined && { code }),
  };
}

/** The error that a worker answered a request with. */
export class RemoteError extends UserFacingError {
  /** The stack, or what else the log keeps of the error. */
  readonly detail: string;

  constructor({ sentence, detail, code }: Failure) {
    // A broken worker may send anything in their place.
    const isSentence = typeof sentence === 'string' || isMessage(sentence);
    super(isSentence ? sentence : message`A part of Char-RNN failed without saying why.`, { code });
    this.detail = typeof detail === 'string' ? detail : '';
  }
}
