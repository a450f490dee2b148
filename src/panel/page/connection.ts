import type { FromPage, ToPage } from '../protocol.ts';
import type { Axis } from '../view-model/chart-data.ts';

/** What the page keeps while it is hidden and over a reload of the window. */
export interface KeptState {
  readonly axis?: Axis;
  /** Step of the sample that is shown; left out: the newest. */
  readonly sampleStep?: number;
  readonly scroll?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
};

const vscode = acquireVsCodeApi();

export function send(message: FromPage): void {
  vscode.postMessage(message);
}

export function receive(listener: (message: ToPage) => void): void {
  // Messages of a webview come from the extension host alone.
  window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => listener(data));
}

export function keptState(): KeptState {
  return vscode.getState() ?? {};
}

/** Keeps `change` together with what is kept already. */
export function keep(change: KeptState): void {
  vscode.setState({ ...keptState(), ...change });
}
