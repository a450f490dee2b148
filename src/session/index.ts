export { FileChanges } from './changes/file-changes.ts';
export { MemoryStore } from './model/memory-store.ts';
export { ASIDE_ENDING, ModelFile } from './model/model-file.ts';
export { PowerSource } from './power/power-source.ts';
export { checkedSetting, faultsOf, isEnabledAnywhere, isEnabledFor } from './settings/checked-settings.ts';
export type { GetSetting, SettingFault } from './settings/checked-settings.ts';
export { SETTING_KEYS } from './settings/declared-settings.ts';
export type { SettingKey, SettingValue } from './settings/declared-settings.ts';
export { rememberedPart, workspaceCorpus } from './sources/corpus-options.ts';
export { obstacleOf } from './sources/obstacle.ts';
export type { Obstacle } from './sources/obstacle.ts';
export { SourceKeeper } from './sources/source-keeper.ts';
export { indentationIn, indentationOf } from './suggestions/indentation.ts';
export type { Indentation } from './suggestions/indentation.ts';
export {
  MAX_PRIME_LENGTH,
  MAX_SAMPLE_LENGTH,
  MAX_TEMPERATURE,
  SAMPLE_LENGTH,
  SAMPLE_TEMPERATURE,
} from './suggestions/sample-limits.ts';
export { isWrittenScheme, SuggestionFlow, WRITTEN_SCHEMES } from './suggestions/suggestion-flow.ts';
export type {
  CursorRequest,
  NamedText,
  SuggestionSettings,
  SuggestionSource,
} from './suggestions/suggestion-flow.ts';
export { ProgressReport } from './training/progress-report.ts';
export { doneText } from './training/progress-text.ts';
export { isUsableCheckpoint, trainingLogEntry } from './training/training-log.ts';
export { trainingRunsError } from './training/training-runs-error.ts';
export { trainingRequest } from './training/training-request.ts';
