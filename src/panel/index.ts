export { ACTIONS, GROUPINGS, parseFromPage, SPANS } from './protocol.ts';
export type {
  Action,
  Activity,
  CorpusSummary,
  CountsByLanguage,
  CountsBySpan,
  CurvePoint,
  FileGroup,
  FromPage,
  Grouping,
  GroupName,
  ListedFile,
  NetworkSummary,
  PanelContent,
  Sample,
  Span,
  SuggestionCounts,
  ToPage,
} from './protocol.ts';
export { mergePoints, thinPoints } from './view-model/curve-points.ts';
export { joinUpdates, mergeSamples, NO_CONTENT, NO_COUNTS } from './view-model/state.ts';
export { pageMarkup } from './page.ts';
