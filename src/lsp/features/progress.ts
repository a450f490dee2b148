import { randomUUID } from 'node:crypto';
import { type Connection, WorkDoneProgress, WorkDoneProgressCreateRequest } from 'vscode-languageserver/node';
import { answersInTime } from '../answers-in-time.ts';

type Token = string | number;

/** A progress that the client shows, with a button that cancels (Language Server Protocol, work-done progress). */
export class ShownProgress {
  private readonly connection: Connection;
  /** Undefined where the client shows none. */
  private readonly token: Token | undefined;

  constructor(connection: Connection, token: Token | undefined) {
    this.connection = connection;
    this.token = token;
  }

  begin(title: string): void {
    this.send({ kind: 'begin', title, percentage: 0, cancellable: true });
  }

  /** @param percentage 0 to 100. */
  report(percentage: number, message: string): void {
    this.send({ kind: 'report', percentage, message });
  }

  end(): void {
    this.send({ kind: 'end' });
  }

  /** Whether `window/workDoneProgress/cancel` with this token means this progress. */
  isMeantBy(token: unknown): boolean {
    return this.token !== undefined && token === this.token;
  }

  private send(value: Parameters<Connection['sendProgress']>[2]): void {
    if (this.token === undefined) return;
    void this.connection.sendProgress(WorkDoneProgress.type, this.token, value as never);
  }
}

/**
 * The progress for which a request has a token, or one that is made if the client shows such. A client that does not
 * answer gets none, so that the training begins nevertheless.
 */
export async function progressFor(
  connection: Connection,
  token: unknown,
  canCreate: boolean,
): Promise<ShownProgress> {
  if (typeof token === 'string' || typeof token === 'number') return new ShownProgress(connection, token);
  if (!canCreate) return new ShownProgress(connection, undefined);
  const own = randomUUID();
  try {
    const created = connection.sendRequest(WorkDoneProgressCreateRequest.type, { token: own });
    return new ShownProgress(connection, (await answersInTime(created)) ? own : undefined);
  } catch {
    // The client does not want it; the training goes on without.
    return new ShownProgress(connection, undefined);
  }
}
