import type * as vscode from 'vscode';
import { Disposable } from './events.ts';
import { fake } from './state.ts';

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
