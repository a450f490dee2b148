import {
  AbstractMessageReader,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import type { Readable } from 'node:stream';
import { fieldsOf, type Fields, isCount } from '../params.ts';
import { MessageFraming } from './framing.ts';

type Id = number | string;

export interface GateContext {
  /** The client sent `exit`, or there is nothing more to read. @param isOrderly whether it asked to shut down before. */
  onEnd(isOrderly: boolean): void;
  /** Process id of the client, where it gives one. */
  onClientProcess(pid: number): void;
  onLog(line: string): void;
}

/**
 * What stands between the stream and the library: every request is answered, and nothing but well-formed messages in an
 * order that the protocol allows comes through.
 */
export class Gate extends AbstractMessageReader implements MessageReader {
  readonly writer: MessageWriter;
  private readonly input: Readable;
  private readonly output: MessageWriter;
  private readonly context: GateContext;
  private readonly framing = new MessageFraming();
  /** Requests without an answer yet. */
  private readonly open = new Set<Id>();
  private state: 'new' | 'running' | 'shutDown' | 'ended' = 'new';

  /** @param output writes answers; the library is to use `writer`, which passes them on to it. */
  constructor(input: Readable, output: MessageWriter, context: GateContext) {
    super();
    this.input = input;
    this.output = output;
    this.context = context;
    this.writer = {
      onError: output.onError,
      onClose: output.onClose,
      write: (message) => {
        const { id, method } = fieldsOf(message);
        if (method === undefined && isId(id)) this.open.delete(id);
        return output.write(message);
      },
      end: () => output.end(),
      dispose: () => output.dispose(),
    };
  }

  listen(callback: DataCallback): Disposable {
    const onData = (bytes: Buffer): void => {
      for (const frame of this.framing.read(bytes)) {
        if (frame.kind === 'message') this.pass(frame.value, callback);
        else this.refuse(frame.id, ErrorCodes.ParseError, frame.reason);
      }
    };
    const onEnd = (): void => this.end();
    this.input.on('data', onData);
    this.input.on('end', onEnd);
    this.input.on('close', onEnd);
    this.input.on('error', onEnd);
    return { dispose: () => void this.input.off('data', onData) };
  }

  private end(): void {
    if (this.state === 'ended') return;
    const isOrderly = this.state === 'shutDown';
    this.state = 'ended';
    this.context.onEnd(isOrderly);
  }

  private pass(value: unknown, callback: DataCallback): void {
    if (this.state === 'ended') return;
    const message = fieldsOf(value);
    const { id, method } = message;
    if (typeof method !== 'string') {
      // An answer to a request of the server, or nothing.
      if (isId(id) && ('result' in message || 'error' in message)) callback(value as Message);
      else this.refuse(isId(id) ? id : null, ErrorCodes.InvalidRequest, 'A message has no method.');
    } else if (isId(id)) {
      this.passRequest(id, method, message, callback);
    } else if (id !== undefined && id !== null) {
      this.refuse(null, ErrorCodes.InvalidRequest, 'The id of a request must be a number or a text.');
    } else {
      this.passNotification(method, message, callback);
    }
  }

  private passRequest(id: Id, method: string, message: Fields, callback: DataCallback): void {
    const refuse = (code: number, reason: string): void => this.refuse(id, code, reason);
    if (this.open.has(id)) {
      refuse(ErrorCodes.InvalidRequest, `The request with the id ${JSON.stringify(id)} has no answer yet.`);
    } else if (this.state === 'shutDown') {
      refuse(ErrorCodes.InvalidRequest, 'The server was asked to shut down and answers nothing more.');
    } else if (this.state === 'new' && method !== 'initialize') {
      refuse(ErrorCodes.ServerNotInitialized, 'The first request must be initialize.');
    } else if (this.state === 'running' && method === 'initialize') {
      refuse(ErrorCodes.InvalidRequest, 'The server is initialized already.');
    } else if (!isParams(message['params'])) {
      refuse(ErrorCodes.InvalidParams, `The parameters of ${method} must be an object.`);
    } else {
      this.open.add(id);
      if (method === 'shutdown') this.state = 'shutDown';
      const params = method === 'initialize' ? this.initialize(message) : message['params'];
      const { jsonrpc = '2.0' } = message;
      callback({
        jsonrpc,
        id,
        method,
        ...(params !== undefined && params !== null && { params }),
      } as Message);
    }
  }

  private passNotification(method: string, message: Fields, callback: DataCallback): void {
    if (method === 'exit') return this.end();
    if (this.state !== 'running' || !isParams(message['params'])) {
      this.context.onLog(
        `the notification ${method} is passed over, because it comes too early, too late or in a form that is not the protocol's`,
      );
      return;
    }
    if (method === '$/cancelRequest' && !isId(fieldsOf(message['params'])['id'])) return;
    callback(message as unknown as Message);
  }

  /** The parameters that the library sees: it must not watch the client's process, because we do. */
  private initialize({ params }: Fields): Fields {
    this.state = 'running';
    const { processId, ...others } = fieldsOf(params);
    if (isCount(processId) && processId > 0) this.context.onClientProcess(processId);
    return { ...others, processId: null, capabilities: fieldsOf(others['capabilities']) };
  }

  private refuse(id: Id | null, code: number, message: string): void {
    this.context.onLog(`a message is refused: ${message}`);
    const answer = { jsonrpc: '2.0', id, error: { code, message } } as Message;
    // Not through `writer`: another request with this id may be open.
    void this.output.write(answer).catch(() => undefined);
  }
}

function isId(value: unknown): value is Id {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function isParams(params: unknown): boolean {
  return params === undefined || params === null || (typeof params === 'object' && !Array.isArray(params));
}
