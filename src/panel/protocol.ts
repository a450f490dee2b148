/**
 * Messages between the extension host and the page of `Char-RNN: Show Training`. Both are of the same package. The page
 * is sent nothing while it is hidden; it is made anew, and asks for everything with `ready`, when it is shown again.
 */

/** What was measured at one step; a curve has no value where its field is left out. */
export interface CurvePoint {
  readonly step: number;
  /** Since the training began that took the step; left out for steps of earlier trainings. */
  readonly seconds?: number;
  /** Of the batch before its update, in nats per symbol. */
  readonly loss?: number;
  /** Of the held-out files, per character. */
  readonly heldOutBits?: number;
  readonly learningRate?: number;
  /** Global L2 norm before clipping. */
  readonly gradientNorm?: number;
  readonly charactersPerSecond?: number;
}

/** What the extension does now, or why it does nothing. */
export type Activity =
  /** `sentence` says why nothing can be trained here. */
  | { readonly kind: 'unavailable'; readonly sentence: string }
  | { readonly kind: 'idle'; readonly hasModel: boolean; readonly failure?: string }
  | { readonly kind: 'reading'; readonly filesSeen: number; readonly charactersRead: number }
  | { readonly kind: 'remembering'; readonly fraction: number }
  | {
      readonly kind: 'training';
      /** 0 to 1, of this training. */
      readonly fraction: number;
      readonly secondsLeft: number;
      /** Epochs finished. */
      readonly epoch: number;
    };

/** A text that the network wrote at some step. */
export interface Sample {
  readonly step: number;
  /** Training loss then, in nats per symbol. */
  readonly loss: number;
  readonly text: string;
}

/** Files that have something in common. `characters` is 0 where the files are not learnt. */
export interface FileGroup {
  readonly name: string;
  readonly files: number;
  readonly characters: number;
}

/** By what the files of the corpus are grouped; `reason` groups what is left out. */
export const GROUPINGS = ['language', 'folder', 'reason'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the last training that read the files learnt and left out. */
export interface CorpusSummary {
  readonly files: number;
  readonly heldOutFiles: number;
  readonly characters: number;
  readonly vocabularySize: number;
  /** Each by falling size. */
  readonly groups: Readonly<Record<Grouping, readonly FileGroup[]>>;
}

/** One file of a group. */
export interface ListedFile {
  /** Absolute; what `openFile` takes. */
  readonly path: string;
  /** Below its workspace folder. */
  readonly shown: string;
  /** Why it was left out, or that it is held out; empty for the others. */
  readonly note: string;
  readonly characters: number;
}

export interface NetworkSummary {
  readonly cell: string;
  readonly layers: number;
  readonly units: number;
  /** Values of an embedding; 0: one-hot input. */
  readonly embedding: number;
  readonly vocabularySize: number;
  readonly isJoint: boolean;
  readonly parameters: number;
  /** Of the model file. */
  readonly bytes: number;
  readonly engine: string;
  readonly engineReason: string;
  readonly steps: number;
  readonly epochs: number;
  /** Learnt, repeats counted. */
  readonly characters: number;
  /** Spent in training steps. */
  readonly seconds: number;
  /** ISO 8601 time of the last checkpoint. */
  readonly savedAt: string;
}

/** How often suggestions were shown and taken. */
export interface SuggestionCounts {
  readonly shown: number;
  readonly taken: number;
  /** Of the texts taken. */
  readonly characters: number;
  /** Texts taken of which five minutes later it was seen whether they are still there. */
  readonly judged: number;
  /** Those of `judged` that are still there. */
  readonly kept: number;
}

/** Spans of days up to today over which suggestions are counted. */
export const SPANS = { today: 1, week: 7, weeks: 28 } as const;
export type Span = keyof typeof SPANS;

/** Counts by language identifier. */
export type CountsByLanguage = Readonly<Record<string, SuggestionCounts>>;
export type CountsBySpan = Readonly<Record<Span, CountsByLanguage>>;

/** All that the page shows, but for the files of groups. */
export interface PanelContent {
  readonly activity: Activity;
  /** By rising step. */
  readonly points: readonly CurvePoint[];
  /** By rising step. */
  readonly samples: readonly Sample[];
  readonly corpus: CorpusSummary | null;
  readonly network: NetworkSummary | null;
  readonly counts: CountsBySpan;
}

/** From the extension host to the page. */
export type ToPage =
  /** Everything, in place of what was there. */
  | { readonly type: 'content'; readonly content: PanelContent }
  /** Only what changed; points and samples are added to those that are there. */
  | { readonly type: 'update'; readonly update: Partial<PanelContent> }
  | {
      readonly type: 'files';
      readonly group: GroupName;
      readonly files: readonly ListedFile[];
      readonly total: number;
    };

export interface GroupName {
  readonly by: Grouping;
  readonly name: string;
}

/** What the buttons of the page do; none of them takes a parameter. */
export const ACTIONS = ['train', 'stop', 'useModelFile', 'deleteModel', 'forgetCounts'] as const;
export type Action = (typeof ACTIONS)[number];

/** From the page to the extension host. */
export type FromPage =
  /** The page is there and shows nothing yet. */
  | { readonly type: 'ready' }
  | { readonly type: 'act'; readonly action: Action }
  | { readonly type: 'listFiles'; readonly group: GroupName }
  | { readonly type: 'openFile'; readonly path: string };

/** A message of the page, which is checked as anything from outside is; undefined where it is none. */
export function parseFromPage(message: unknown): FromPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, action, group, path } = message as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'ready':
      return { type };
    case 'act': {
      const known = ACTIONS.find((candidate) => candidate === action);
      return known && { type, action: known };
    }
    case 'listFiles': {
      const { by, name } = (group ?? {}) as Readonly<Record<string, unknown>>;
      const grouping = GROUPINGS.find((candidate) => candidate === by);
      return grouping && typeof name === 'string' ? { type, group: { by: grouping, name } } : undefined;
    }
    case 'openFile':
      return typeof path === 'string' ? { type, path } : undefined;
    default:
      return undefined;
  }
}
