import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import { detailOf, UserFacingError } from '../../common/errors.ts';
import type { ServerLog } from '../log.ts';
import { errorAnswer } from '../params.ts';

/** Registers handlers that get whatever the client sent, and may throw anything. */
export class Router {
  private readonly connection: Connection;
  private readonly log: ServerLog;

  constructor(connection: Connection, log: ServerLog) {
    this.connection = connection;
    this.log = log;
  }

  /** What the handler throws is answered as an error with one sentence; the log has the details. */
  onRequest(method: string, handler: (params: unknown, token: CancellationToken) => unknown): void {
    this.connection.onRequest(method, async (...args: unknown[]) => {
      // Without parameters, the token comes alone.
      const token = args.at(-1) as CancellationToken;
      try {
        const result = await handler(args.length > 1 ? args[0] : undefined, token);
        return result ?? null;
      } catch (error) {
        if (token.isCancellationRequested)
          return new ResponseError(LSPErrorCodes.RequestCancelled, 'The client cancelled the request.');
        this.note(method, error);
        return errorAnswer(error);
      }
    });
  }

  /** What the handler throws is logged; a notification has no answer. */
  onNotification(method: string, handler: (params: unknown) => unknown): void {
    this.connection.onNotification(method, async (params: unknown) => {
      try {
        await handler(params);
      } catch (error) {
        this.note(method, error);
      }
    });
  }

  private note(method: string, error: unknown): void {
    const isExpected = error instanceof ResponseError || error instanceof UserFacingError;
    this.log.warn(`${method}: ${isExpected ? error.message : detailOf(error)}`);
  }
}
