export type Listener<T> = (event: T) => unknown;

export class EventEmitter<T = unknown> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  /** For tests: whether nobody forgot to dispose of a listener. */
  get listenerCount(): number {
    return this.listeners.size;
  }
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Disposable {
  private readonly end: () => unknown;
  static from(...disposables: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => disposables.forEach((disposable) => disposable.dispose()));
  }
  constructor(end: () => unknown) {
    this.end = end;
  }
  dispose(): void {
    this.end();
  }
}
