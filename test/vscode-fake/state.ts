import { EventEmitter } from './events.ts';
import { FileType, UIKind } from './values.ts';
import type { FakePanel, FakeQuickPick, FakeStatusBarItem } from './widgets.ts';

export interface FakeDocument {
  readonly uri: { readonly scheme: string };
  readonly languageId?: string;
}
type Level = Readonly<Record<string, unknown>>;

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

/** Objects of all levels are merged, the workspace's over the person's; of anything else the last level counts. */
export function valueOf(key: string, folder?: { fsPath: string }): unknown {
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
