export { changesOf, GhostTextProvider, nameOf } from './inline-completion/provider.ts';
export { ModelStore } from './model/model-store.ts';
export { Product } from './commands/commands.ts';
export type { StatusText } from './status/status-text.ts';
export { TrainingController } from './training/training-controller.ts';
