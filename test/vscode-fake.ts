import path from 'node:path';
import type * as vscode from 'vscode';

/**
 * What tests outside VS Code import as `vscode` (see vitest.config.ts): as much of it as the extension uses, with its
 * state in `fake`. Each test file has a fake of its own; `resetFake` makes it new.
 */

type Listener<T> = (event: T) => unknown;

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

export interface FakeDocument {
  readonly uri: { readonly scheme: string };
  readonly languageId?: string;
}
type Level = Readonly<Record<string, unknown>>;

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

/** Whether VS Code runs in a window of its own or in a browser. */
export const UIKind = { Desktop: 1, Web: 2 };

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

const freshState = () => ({
  isTrusted: true,
  workspaceFolders: [] as { uri: { scheme: string; fsPath: string } }[],
  /** Settings of the person and of the workspace, by full key. */
  settings: { global: {} as Level, workspace: {} as Level },
  /** Settings of single workspace folders, by their paths. */
  folderSettings: new Map<string, Level>(),
  /** As the manifest would declare them; only for settings that VS Code merges. */
  defaults: {} as Level,
  activeTextEditor: undefined as unknown,
  visibleTextEditors: [] as unknown[],
  textDocuments: [] as unknown[],
  notebookDocuments: [] as unknown[],
  /** Manifests of installed extensions. */
  extensions: [] as { packageJSON: object }[],
  /** Settings for single languages, by language id. */
  languageSettings: new Map<string, Level>(),
  commands: new Map<string, (given?: unknown) => Promise<void>>(),
  /** VS Code's own, which run where no extension has registered the same. */
  ownCommands: new Map<string, (given?: unknown) => Promise<void>>(),
  notifications: [] as { sentence: string; buttons: string[] }[],
  /** The button that is pressed on a notification. */
  answer: (): Promise<string | undefined> | undefined => undefined,
  /** The file chosen in an open dialog. */
  pickedFile: undefined as string | undefined,
  quickPick: { chosen: -1, offered: [] as { label: string; description?: string }[] },
  /** Settles before the task of a progress notification begins. */
  untilProgress: (): Promise<void> => Promise.resolve(),
  /** Language status items that were created, with what was set of them. */
  statusItems: [] as object[],
  /** The display language, and the translations for it as l10n/ has them. */
  language: 'en',
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  createDirectory: (): Promise<void> => Promise.resolve(),
  fileType: (_path: string): Promise<{ type: number }> => Promise.resolve({ type: FileType.File }),
  /** Lists and items of the status bar that were created. */
  quickPicks: [] as FakeQuickPick[],
  statusBarItems: [] as FakeStatusBarItem[],
  statusBarMessages: [] as string[],
  uiKind: UIKind.Desktop,
  /** What says something on hovering. */
  hoverProviders: new Set<{ provideHover(document: unknown, position: unknown): unknown }>(),
  /** Panels that were created, and what restores them after a reload. */
  panels: [] as FakePanel[],
  panelSerializers: new Map<string, { deserializeWebviewPanel(panel: unknown): Promise<void> }>(),
});

const freshEvents = () => ({
  configuration: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
  trust: new EventEmitter(),
  folders: new EventEmitter(),
  textDocument: new EventEmitter<{ document: FakeDocument; contentChanges?: readonly object[] }>(),
  openedDocument: new EventEmitter<FakeDocument>(),
  closedDocument: new EventEmitter<FakeDocument>(),
  notebook: new EventEmitter<{ notebook: unknown; contentChanges: readonly object[] }>(),
  closedNotebook: new EventEmitter(),
  savedDocument: new EventEmitter<{ uri: { scheme: string; fsPath: string } }>(),
  activeEditor: new EventEmitter(),
  selection: new EventEmitter(),
  visibleEditors: new EventEmitter(),
  visibleRanges: new EventEmitter<{ textEditor: unknown }>(),
  windowState: new EventEmitter<{ focused: boolean }>(),
  /** Files of the workspace. */
  fileCreated: new EventEmitter<{ fsPath: string }>(),
  fileChanged: new EventEmitter<{ fsPath: string }>(),
  fileDeleted: new EventEmitter<{ fsPath: string }>(),
});

/** The state of the fake editor. */
export const fake = { ...freshState(), events: freshEvents() };

export function resetFake(): void {
  Object.assign(fake, freshState(), { events: freshEvents() });
}

/** Sets settings of the person and reports them as changed. */
export function configure(values: Level): void {
  fake.settings.global = { ...fake.settings.global, ...values };
  fake.events.configuration.fire({
    affectsConfiguration: (section) => Object.keys(values).some((key) => key.startsWith(section)),
  });
}

function show(sentence: string, ...buttons: string[]): Promise<string | undefined> {
  fake.notifications.push({ sentence, buttons });
  return fake.answer() ?? Promise.resolve(undefined);
}

/** Objects of all levels are merged, the workspace's over the person's; of anything else the last level counts. */
function valueOf(key: string, folder?: { fsPath: string }): unknown {
  const { global, workspace } = fake.settings;
  const own = folder && fake.folderSettings.get(folder.fsPath)?.[key];
  const levels = [fake.defaults[key], global[key], workspace[key], own].filter(
    (value) => value !== undefined,
  );
  const areObjects = levels.every(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return areObjects && levels.length > 0 ? Object.assign({}, ...(levels as object[])) : levels.at(-1);
}

export const ConfigurationTarget = { Global: 1, Workspace: 2 };
export const FileType = { File: 1, Directory: 2 };
export const ViewColumn = { Active: -1 };
export const EndOfLine = { LF: 1, CRLF: 2 };
export const InlineCompletionTriggerKind = { Invoke: 0, Automatic: 1 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const ExtensionMode = { Production: 1, Development: 2, Test: 3 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ProgressLocation = { Notification: 15 };

export class Range {
  readonly start: unknown;
  readonly end: unknown;
  readonly isSingleLine = true;
  constructor(start: unknown, end: unknown) {
    this.start = start;
    this.end = end;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Selection extends Range {
  declare readonly start: Position;
  get active(): Position {
    return this.start;
  }
}

export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };
export const OverviewRulerLane = { Right: 4 };
export const DecorationRangeBehavior = { ClosedClosed: 1 };

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  value = '';
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    this.value += text
      .replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
      .replace(/[ \t]/g, '&nbsp;')
      .replace(/>/g, '\\>')
      .replace(/\n/g, '\n\n');
    return this;
  }
}

export class Hover {
  readonly contents: unknown;
  constructor(contents: unknown) {
    this.contents = contents;
  }
}

export class InlineCompletionItem {
  readonly insertText: string;
  readonly range: unknown;
  readonly command: unknown;
  constructor(insertText: string, range: unknown, command?: unknown) {
    this.insertText = insertText;
    this.range = range;
    this.command = command;
  }
}

export class RelativePattern {
  readonly pattern: string;
  constructor(_base: unknown, pattern: string) {
    this.pattern = pattern;
  }
}

export const Uri = {
  file: (fsPath: string) => ({ scheme: 'file', fsPath }),
  joinPath: ({ fsPath }: { fsPath: string }, ...names: string[]) => ({ fsPath: path.join(fsPath, ...names) }),
};

export const commands = {
  registerCommand: (id: string, run: (given?: unknown) => Promise<void>) => {
    if (fake.commands.has(id)) throw new Error(`command '${id}' already exists`);
    fake.commands.set(id, run);
    return new Disposable(() => fake.commands.delete(id));
  },
  executeCommand: (id: string, given?: unknown) => {
    const run = fake.commands.get(id) ?? fake.ownCommands.get(id);
    return run?.(given) ?? Promise.resolve();
  },
} satisfies Partial<Record<keyof typeof vscode.commands, unknown>>;

export const env = {
  get uiKind() {
    return fake.uiKind;
  },
  get language() {
    return fake.language;
  },
} satisfies Partial<Record<keyof typeof vscode.env, unknown>>;

export const extensions = {
  get all() {
    return fake.extensions;
  },
} satisfies Partial<Record<keyof typeof vscode.extensions, unknown>>;

export const l10n = {
  get bundle() {
    return fake.bundle;
  },
  t: (template: string, ...values: (string | number | boolean)[]) =>
    (fake.bundle?.[template] ?? template).replace(/\{(\d+)\}/g, (whole, index: string) =>
      String(values[Number(index)] ?? whole),
    ),
} satisfies Partial<Record<keyof typeof vscode.l10n, unknown>>;

export const languages = {
  createLanguageStatusItem: () => {
    const item = { dispose: () => undefined };
    fake.statusItems.push(item);
    return item;
  },
  registerInlineCompletionItemProvider: () => new Disposable(() => undefined),
  registerHoverProvider: (
    _selector: unknown,
    provider: { provideHover(document: unknown, position: unknown): unknown },
  ) => {
    fake.hoverProviders.add(provider);
    return new Disposable(() => fake.hoverProviders.delete(provider));
  },
} satisfies Partial<Record<keyof typeof vscode.languages, unknown>>;

export const window = {
  get activeTextEditor() {
    return fake.activeTextEditor;
  },
  get visibleTextEditors() {
    return fake.visibleTextEditors;
  },
  onDidChangeActiveTextEditor: (listener: Listener<unknown>) => fake.events.activeEditor.event(listener),
  onDidChangeTextEditorSelection: (listener: Listener<unknown>) => fake.events.selection.event(listener),
  onDidChangeVisibleTextEditors: (listener: Listener<unknown>) => fake.events.visibleEditors.event(listener),
  onDidChangeTextEditorVisibleRanges: (listener: Listener<{ textEditor: unknown }>) =>
    fake.events.visibleRanges.event(listener),
  createQuickPick: () => {
    const pick = new FakeQuickPick();
    fake.quickPicks.push(pick);
    return pick;
  },
  createStatusBarItem: () => {
    const item = new FakeStatusBarItem();
    fake.statusBarItems.push(item);
    return item;
  },
  createTextEditorDecorationType: (options: object) => ({ options, dispose: () => undefined }),
  onDidChangeWindowState: (listener: Listener<{ focused: boolean }>) =>
    fake.events.windowState.event(listener),
  createWebviewPanel: () => {
    const panel = new FakePanel();
    fake.panels.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer: (
    type: string,
    serializer: { deserializeWebviewPanel(panel: unknown): Promise<void> },
  ) => {
    fake.panelSerializers.set(type, serializer);
    return new Disposable(() => fake.panelSerializers.delete(type));
  },
  showInformationMessage: show,
  showWarningMessage: show,
  showErrorMessage: show,
  setStatusBarMessage: (text: string) => {
    fake.statusBarMessages.push(text);
    return new Disposable(() => undefined);
  },
  state: { focused: true },
  showOpenDialog: () =>
    Promise.resolve(fake.pickedFile === undefined ? undefined : [{ fsPath: fake.pickedFile }]),
  showQuickPick: (items: { label: string }[]) => {
    fake.quickPick.offered = items;
    return Promise.resolve(items[fake.quickPick.chosen]);
  },
  withProgress: async (_options: unknown, task: (...parameters: unknown[]) => unknown) => {
    await fake.untilProgress();
    return task(
      { report: () => undefined },
      { onCancellationRequested: () => new Disposable(() => undefined) },
    );
  },
} satisfies Partial<Record<keyof typeof vscode.window, unknown>>;

export const workspace = {
  get textDocuments() {
    return fake.textDocuments;
  },
  get notebookDocuments() {
    return fake.notebookDocuments;
  },
  get isTrusted() {
    return fake.isTrusted;
  },
  get workspaceFolders() {
    return fake.workspaceFolders;
  },
  fs: {
    createDirectory: () => fake.createDirectory(),
    stat: ({ fsPath }: { fsPath: string }) => fake.fileType(fsPath),
  },
  getConfiguration: (
    _section?: string,
    scope?: { fsPath: string } | { uri: { fsPath: string }; languageId: string },
  ) => ({
    get: (key: string) => {
      if (scope === undefined || 'fsPath' in scope) return valueOf(key, scope);
      return fake.languageSettings.get(scope.languageId)?.[key] ?? valueOf(key, scope.uri);
    },
    inspect: (key: string) => ({
      languageIds: [...fake.languageSettings].filter(([, level]) => key in level).map(([id]) => id),
      defaultValue: fake.defaults[key],
      globalValue: fake.settings.global[key],
      workspaceValue: fake.settings.workspace[key],
    }),
    update: (key: string, value: unknown, target: number) => {
      const level = target === ConfigurationTarget.Workspace ? 'workspace' : 'global';
      fake.settings[level] = { ...fake.settings[level], [key]: value };
      return Promise.resolve();
    },
  }),
  createFileSystemWatcher: (pattern: unknown) => {
    const { fileCreated, fileChanged, fileDeleted } = fake.events;
    const none = new EventEmitter();
    const isWorkspace = typeof pattern === 'string';
    return {
      onDidCreate: isWorkspace ? fileCreated.event : none.event,
      onDidChange: isWorkspace ? fileChanged.event : none.event,
      onDidDelete: isWorkspace ? fileDeleted.event : none.event,
      dispose: () => undefined,
    };
  },
  onDidChangeConfiguration: (listener: Parameters<typeof fake.events.configuration.event>[0]) =>
    fake.events.configuration.event(listener),
  onDidGrantWorkspaceTrust: (listener: Listener<unknown>) => fake.events.trust.event(listener),
  onDidChangeWorkspaceFolders: (listener: Listener<unknown>) => fake.events.folders.event(listener),
  onDidChangeTextDocument: (listener: Parameters<typeof fake.events.textDocument.event>[0]) =>
    fake.events.textDocument.event(listener),
  onDidOpenTextDocument: (listener: Listener<FakeDocument>) => fake.events.openedDocument.event(listener),
  onDidCloseTextDocument: (listener: Listener<FakeDocument>) => fake.events.closedDocument.event(listener),
  onDidChangeNotebookDocument: (listener: Parameters<typeof fake.events.notebook.event>[0]) =>
    fake.events.notebook.event(listener),
  onDidCloseNotebookDocument: (listener: Listener<unknown>) => fake.events.closedNotebook.event(listener),
  onDidSaveTextDocument: (listener: Parameters<typeof fake.events.savedDocument.event>[0]) =>
    fake.events.savedDocument.event(listener),
} satisfies Partial<Record<keyof typeof vscode.workspace, unknown>>;
