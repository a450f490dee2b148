import type { FromWorker, RequestMessage, ToWorker } from '../../common/rpc/rpc-protocol.ts';
import type { Message } from '../../common/localization/message.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import type { Suggestion, SuggestionRequest } from '../decode/suggest.ts';
import type { TextChange } from '../predict/open-document.ts';
import type { TextBefore } from '../predict/predictor.ts';
import type { DocumentToRate } from '../surprise/rated-document.ts';
import type { FoundUnits } from '../units/find-units.ts';
import type { UnitLine, UnitToRead } from '../units/unit-document.ts';
import type { WorkspaceSummary } from './workspace-index.ts';

/** Raised with every change of the messages: after an update, a window may start a worker of another version. */
export const SUGGESTION_PROTOCOL_VERSION = 7;

/** A model file. */
export interface ModelSource {
  readonly path: string;
  /** Differs whenever the file has another content. */
  readonly version: string;
  /** The file of the base network, with which a model may have begun. */
  readonly basePath?: string;
  /** Set where it is the base network, whose file has a format of its own. */
  readonly isBase?: true;
}

/** Files of the workspace. */
export interface CorpusSource {
  readonly options: CorpusOptions;
  /** Grows whenever the files may have changed, which has them read again. */
  readonly revision: number;
  /** The file in which what is remembered of them is kept for the next start; left out: it is not kept. */
  readonly memoryPath?: string;
}

/** The sources that suggestions come from; a source that is left out is unloaded. */
export interface SuggestionSources {
  readonly model?: ModelSource;
  readonly corpus?: CorpusSource;
}

/** Facts about a loaded model, for the status item. */
export interface ModelSummary {
  readonly steps: number;
  /** False for the random weights that a training saves before its first step; an imported network counts as trained. */
  readonly isTrained: boolean;
  /** Set for the base network, which knows public code and nothing of the workspace. */
  readonly isBase?: true;
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

/** Messages that keep the worker's copy of a document up to date. */
export type DocumentNotice =
  /** The whole text of a document, whose changes are sent from now on. */
  | { readonly type: 'open'; readonly document: string; readonly text: string; readonly isUnsaved?: boolean }
  /** Changes in their order; the offsets of each are those of the text that the one before it left. */
  | { readonly type: 'change'; readonly document: string; readonly changes: readonly TextChange[] }
  | { readonly type: 'forget'; readonly document: string };

/** Messages between the extension host and the suggestion worker. */
export interface SuggestionProtocol {
  readonly requests: {
    /** A newer request for the same document ends an older one without a suggestion. */
    readonly suggest: { readonly params: SuggestionRequest; readonly result: Suggestion | undefined };
    /** Ends when the sources that were sent before are loaded, read and learnt, as far as they can be. */
    readonly settle: { readonly params: undefined; readonly result: undefined };
    /** Streams a sample; ends when it is complete or cancelled. */
    readonly sample: { readonly params: SampleOptions; readonly result: undefined; readonly part: string };
    /**
     * Streams how surprising the lines of a document are; a newer request for the same document ends an older one.
     * There is none where no workspace is read.
     */
    readonly surprise: {
      readonly params: DocumentToRate;
      readonly result: undefined;
      readonly part: readonly LineSurprise[];
    };
    /** Finds units of the network that follow what a person can name; no result when cancelled. */
    readonly findUnits: { readonly params: undefined; readonly result: FoundUnits | undefined };
    /** Streams what a unit holds in lines of a document; a newer request for the same document ends an older one. */
    readonly readUnit: {
      readonly params: UnitToRead;
      readonly result: undefined;
      readonly part: readonly UnitLine[];
    };
  };
  readonly notices:
    | DocumentNotice
    /** No document's surprise is shown any more. */
    | { readonly type: 'endSurprise' }
    /** No unit is shown any more. */
    | { readonly type: 'endUnits' }
    /** The text before the cursor, to be read ahead of a request; reading ends with the next message. */
    | { readonly type: 'warm'; readonly text: TextBefore }
    /** The desired sources as a whole; the worker acts on what differs from the last such message. */
    | { readonly type: 'sources'; readonly sources: SuggestionSources };
  readonly events:
    | { readonly type: 'modelLoaded'; readonly summary: ModelSummary }
    /** The model that was loaded before, if any, stays in use. */
    | { readonly type: 'modelFailed'; readonly sentence: Message | string; readonly detail: string }
    | { readonly type: 'workspaceRead'; readonly summary: WorkspaceSummary }
    /** Files and folders of the workspace whose changes need no reading. */
    | { readonly type: 'workspaceIgnored'; readonly paths: readonly string[] }
    /** Files could not be read or learnt; what was learnt before stays. */
    | { readonly type: 'workspaceFailed'; readonly sentence: Message | string; readonly detail: string }
    /** Something about what is remembered of the workspace, for the log. */
    | { readonly type: 'workspaceNote'; readonly line: string }
    /** The followed text differs from the document, or a change failed for the reason `detail`; it may be opened again. */
    | { readonly type: 'outOfStep'; readonly document: string; readonly detail?: string }
    /** The document cannot be followed, and opening it again would fail for the same reason. */
    | { readonly type: 'openFailed'; readonly document: string; readonly detail: string };
}

export type ToSuggestionWorker = ToWorker<SuggestionProtocol>;
export type FromSuggestionWorker = FromWorker<SuggestionProtocol>;
export type SuggestMessage = RequestMessage<SuggestionProtocol, 'suggest'>;
export type SampleMessage = RequestMessage<SuggestionProtocol, 'sample'>;
export type SurpriseMessage = RequestMessage<SuggestionProtocol, 'surprise'>;
export type FindUnitsMessage = RequestMessage<SuggestionProtocol, 'findUnits'>;
export type ReadUnitMessage = RequestMessage<SuggestionProtocol, 'readUnit'>;
