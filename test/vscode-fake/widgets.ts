import { EventEmitter } from './events.ts';
import { QuickPickItemKind } from './values.ts';

/** A webview in an editor tab. */
export class FakePanel {
  visible = true;
  reveals = 0;
  readonly sent: unknown[] = [];
  readonly events = {
    message: new EventEmitter(),
    viewState: new EventEmitter(),
    dispose: new EventEmitter(),
  };
  readonly webview = {
    html: '',
    options: {},
    cspSource: 'https://webview.test',
    asWebviewUri: ({ fsPath }: { fsPath: string }) => `https://webview.test${fsPath}`,
    onDidReceiveMessage: this.events.message.event,
    postMessage: (message: unknown) => Promise.resolve(this.sent.push(message) > 0),
  };
  readonly onDidChangeViewState = this.events.viewState.event;
  readonly onDidDispose = this.events.dispose.event;
  reveal(): void {
    this.reveals++;
  }
  dispose(): void {
    this.events.dispose.fire(undefined);
  }
  /** Shows it or another tab of its group. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.events.viewState.fire(undefined);
  }
}

/** A list to choose from that stays open while its items change. */
export class FakeQuickPick {
  title = '';
  placeholder = '';
  busy = false;
  matchOnDescription = false;
  selectedItems: readonly { label: string }[] = [];
  isShown = false;
  private offered: readonly { label: string; kind?: number }[] = [];
  private active: readonly { label: string }[] = [];
  private readonly events = {
    active: new EventEmitter<readonly unknown[]>(),
    accept: new EventEmitter(),
    hide: new EventEmitter(),
  };
  readonly onDidChangeActive = this.events.active.event;
  readonly onDidAccept = this.events.accept.event;
  readonly onDidHide = this.events.hide.event;
  get items(): readonly { label: string; kind?: number }[] {
    return this.offered;
  }
  /** As in VS Code, the first item that is no separator becomes the active one. */
  set items(items: readonly { label: string; kind?: number }[]) {
    this.offered = items;
    this.activeItems = items.filter(({ kind }) => kind !== QuickPickItemKind.Separator).slice(0, 1);
  }
  get activeItems(): readonly { label: string }[] {
    return this.active;
  }
  set activeItems(items: readonly { label: string }[]) {
    this.active = items;
    if (this.isShown) this.events.active.fire(items);
  }
  show(): void {
    this.isShown = true;
    this.events.active.fire(this.active);
  }
  hide(): void {
    this.isShown = false;
    this.events.hide.fire(undefined);
  }
  dispose(): void {}
  /** The person moves to an item. */
  moveTo(label: string): void {
    this.activeItems = this.offered.filter((item) => item.label === label);
  }
  /** The person chooses the active item. */
  accept(): void {
    this.selectedItems = this.active;
    this.events.accept.fire(undefined);
  }
}

/** An item of the status bar. */
export class FakeStatusBarItem {
  name = '';
  text = '';
  tooltip = '';
  command: unknown;
  accessibilityInformation: unknown;
  isShown = false;
  show(): void {
    this.isShown = true;
  }
  dispose(): void {
    this.isShown = false;
  }
}
