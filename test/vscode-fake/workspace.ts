import type * as vscode from 'vscode';
import { EventEmitter, type Listener } from './events.ts';
import { fake, type FakeDocument, valueOf } from './state.ts';
import { ConfigurationTarget } from './values.ts';

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
