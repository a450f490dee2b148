import * as vscode from 'vscode';

const MINUTE_MS = 60_000;

/** Keeps ghost text that nobody asked for by hand away for a while, in this window alone. */
export class Snooze implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when the snooze began or ended. */
  readonly onDidChange = this.changed.event;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private endsAt: number | undefined;

  get isOn(): boolean {
    return this.until !== undefined;
  }

  /** When it ends, in ms since 1970, Infinity until the window closes; undefined where it is off. */
  get until(): number | undefined {
    // While the machine sleeps, the timer does not go on.
    return this.endsAt !== undefined && Date.now() < this.endsAt ? this.endsAt : undefined;
  }

  /** @param minutes from now; Infinity until the window closes. */
  begin(minutes: number): void {
    clearTimeout(this.timer);
    this.endsAt = Date.now() + minutes * MINUTE_MS;
    if (Number.isFinite(minutes)) this.timer = setTimeout(() => this.end(), minutes * MINUTE_MS);
    this.changed.fire();
  }

  end(): void {
    clearTimeout(this.timer);
    this.endsAt = undefined;
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }
}
