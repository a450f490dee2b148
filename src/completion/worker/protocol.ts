import type { SampleOptions } from '../../sampling/index.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import type { TextChange } from '../predict/open-document.ts';
import type { TextBefore } from '../predict/predictor.ts';
import type { Suggestion, SuggestionRequest } from '../decode/suggest.ts';
import type { MemorySummary } from './workspace-index.ts';

/** Messages between the extension host and the suggestion worker. */
export type ToSuggestionWorker =
  | { readonly type: 'load'; readonly modelPath: string }
  | { readonly type: 'suggest'; readonly id: number; readonly request: SuggestionRequest }
  | { readonly type: 'sample'; readonly id: number; readonly options: SampleOptions }
  /** Ends request `id` early; it is still answered. */
  | { readonly type: 'cancel'; readonly id: number }
  /** The whole text of a document, whose changes will be told from now on. */
  | { readonly type: 'open'; readonly document: string; readonly text: string }
  /** In their order, each of the text that the one before has left. */
  | { readonly type: 'change'; readonly document: string; readonly changes: readonly TextChange[] }
  | { readonly type: 'forget'; readonly document: string }
  /** The cursor stands behind this text, and a suggestion may be asked for there; ends with the next message. */
  | { readonly type: 'warm'; readonly text: TextBefore }
  /** Has the memory hold what these files say now; again after they may have changed. */
  | { readonly type: 'remember'; readonly corpus: CorpusOptions };

/** What the status item tells about a loaded model. */
export interface ModelSummary {
  readonly steps: number;
  /** A training writes its file before its first step, with random weights; an imported network learnt elsewhere. */
  readonly isTrained: boolean;
  readonly epochs: number;
  readonly parameters: number;
  readonly vocabularySize: number;
  readonly cell: string;
  readonly layers: number;
  readonly units: number;
  /** Last held-out figure; null where nothing was held out. */
  readonly bitsPerCharacter: number | null;
  /** ISO 8601. */
  readonly savedAt: string;
}

export type FromSuggestionWorker =
  | { readonly type: 'memory'; readonly summary: MemorySummary }
  | { readonly type: 'memoryFailed'; readonly sentence: string; readonly detail: string }
  /** The document is not what was told of it: it must be opened again to be followed. */
  | { readonly type: 'outOfStep'; readonly document: string }
  | { readonly type: 'loaded'; readonly summary: ModelSummary }
  /** The model that was loaded before, if any, stays in use. `detail` is for the log. */
  | { readonly type: 'loadFailed'; readonly sentence: string; readonly detail: string }
  | { readonly type: 'suggestion'; readonly id: number; readonly suggestion: Suggestion | undefined }
  | { readonly type: 'sampleText'; readonly id: number; readonly text: string }
  | { readonly type: 'sampleEnd'; readonly id: number }
  /** Request `id` met an error; the worker goes on. */
  | { readonly type: 'failed'; readonly id: number; readonly sentence: string; readonly detail: string };
