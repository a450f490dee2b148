export {
  DamagedSnapshot,
  MAX_CHARACTERS,
  MAX_REMEMBERED_CHARACTERS,
  MIXING_WEIGHTS,
  PRIOR_SYMBOLS,
  SnapshotOutdated,
} from './context-model.ts';
export type {
  ContextModel,
  DocumentModel,
  Prediction,
  Priors,
  Reader,
  SavedWorkspace,
  WorkspaceSnapshot,
} from './context-model.ts';
export { createContextModel } from './workspace-model.ts';
