/** Writes lines to standard error, which clients keep as the log of a server; detailed ones only while traced. */
export class ServerLog {
  private readonly write: (text: string) => void;
  /** Whether the client asked for every detail (`$/setTrace`). */
  isVerbose = false;

  /** @param write writes to the log; must not throw. */
  constructor(write: (text: string) => void) {
    this.write = write;
  }

  readonly debug = (line: string): void => {
    if (this.isVerbose) this.write(`[debug] ${line}\n`);
  };

  readonly info = (line: string): void => this.write(`[info] ${line}\n`);

  readonly warn = (line: string): void => this.write(`[warn] ${line}\n`);
}
