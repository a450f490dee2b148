/**
 * What tests outside VS Code import as `vscode` (see vitest.config.ts): as much of it as the extension uses, with its
 * state in `fake`. Each test file has a fake of its own; `resetFake` makes it new.
 */
export * from './api.ts';
export { Disposable, EventEmitter } from './events.ts';
export { configure, fake, type FakeDocument, resetFake } from './state.ts';
export * from './values.ts';
export { FakePanel, FakeQuickPick, FakeStatusBarItem } from './widgets.ts';
export { window } from './window.ts';
export { workspace } from './workspace.ts';
