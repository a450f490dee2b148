export { registerCommands } from './commands/commands.ts';
export { registerGhostText } from './inline-completion/ghost-text.ts';
export { GhostTextProvider } from './inline-completion/provider.ts';
export { ModelStore } from './model/model-store.ts';
export { ModelSession } from './session/model-session.ts';
export { SettingFaults } from './status/setting-faults.ts';
export type { StatusText } from './status/status-text.ts';
export { StatusView } from './status/status-view.ts';
export { TrainingController } from './training/training-controller.ts';
