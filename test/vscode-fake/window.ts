import type * as vscode from 'vscode';
import { Disposable, type Listener } from './events.ts';
import { fake } from './state.ts';
import { FakePanel, FakeQuickPick, FakeStatusBarItem } from './widgets.ts';

function show(sentence: string, ...buttons: string[]): Promise<string | undefined> {
  fake.notifications.push({ sentence, buttons });
  return fake.answer() ?? Promise.resolve(undefined);
}

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
