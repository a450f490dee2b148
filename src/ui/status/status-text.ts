import type { MemorySummary, ModelSummary, WorkerStatus } from '../../completion/index.ts';

/** Why nothing can be trained or suggested here at all; undefined where it can. */
export type Obstacle = 'noFolder' | 'untrusted' | 'virtual' | undefined;

/** A training under way, as the status item tells it. */
export interface TrainingState {
  /** 0 to 1. */
  readonly fraction: number;
  readonly bitsPerCharacter: number | undefined;
}

/** Everything the status depends on. */
export interface StatusInput {
  readonly obstacle: Obstacle;
  readonly training: TrainingState | undefined;
  readonly worker: WorkerStatus;
  /** What is remembered of the workspace; undefined while nothing is. */
  readonly memory: MemorySummary | undefined;
  /** The sentence of the last training, when it failed and none has been started since. */
  readonly trainingFailure: string | undefined;
  /** Language of the active editor, and whether suggestions are on for it. */
  readonly languageId: string | undefined;
  readonly enabledHere: boolean;
  readonly now: Date;
}

export interface StatusText {
  readonly kind: 'unavailable' | 'training' | 'failed' | 'noModel' | 'loading' | 'off' | 'ready';
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  /** A VS Code command, offered beside the text. */
  readonly command: { readonly title: string; readonly command: string };
}

const showLog = { title: 'Show Log', command: 'charRnn.showLog' };
const noModelText: StatusText = {
  kind: 'noModel',
  text: 'Char-RNN: no model yet',
  detail: 'train one on this workspace to get suggestions',
  severity: 'information',
  command: { title: 'Train', command: 'charRnn.train' },
};

/** What the language status item says, from scratch each time. */
export function statusText(input: StatusInput): StatusText {
  if (input.obstacle) return obstacleText(input.obstacle);
  if (input.training) {
    const bits = input.training.bitsPerCharacter;
    return {
      kind: 'training',
      text: `Char-RNN: training ${Math.floor(input.training.fraction * 100)} %`,
      detail:
        bits === undefined
          ? meanwhileText(input.worker, input.memory)
          : `${bits.toFixed(2)} bits per character`,
      severity: 'information',
      command: { title: 'Stop', command: 'charRnn.stopTraining' },
    };
  }
  const failure =
    input.trainingFailure ?? (input.worker.kind === 'failed' ? input.worker.sentence : undefined);
  if (failure !== undefined) {
    return { kind: 'failed', text: 'Char-RNN: failed', detail: failure, severity: 'error', command: showLog };
  }
  switch (input.worker.kind) {
    case 'loading':
      return {
        kind: 'loading',
        text: 'Char-RNN: loading the model',
        detail: '',
        severity: 'information',
        command: showLog,
      };
    case 'ready':
      // A training that ended before its first step has left a network of random weights.
      if (!input.worker.summary.isTrained) break;
      return input.enabledHere ? readyText(input.worker.summary, input.now) : offText(input.languageId);
    case 'noModel':
    case 'failed':
      break;
  }
  if (input.memory === undefined) return noModelText;
  return input.enabledHere ? memoryText(input.memory) : offText(input.languageId);
}

/** The memory alone: a training ended before its first checkpoint. */
function memoryText({ files }: MemorySummary): StatusText {
  return {
    kind: 'ready',
    text: 'Char-RNN: memory ready',
    detail: `${files} ${files === 1 ? 'file' : 'files'} remembered, no network trained yet`,
    severity: 'information',
    command: { title: 'Train', command: 'charRnn.train' },
  };
}

/** While a training has no figure of its own yet. */
function meanwhileText(worker: WorkerStatus, memory: MemorySummary | undefined): string {
  if (worker.kind === 'ready' && worker.summary.isTrained) {
    return 'suggestions come from the last checkpoint';
  }
  if (memory === undefined) return 'suggestions begin in a moment';
  return `suggestions come from the memory of ${memory.files} ${memory.files === 1 ? 'file' : 'files'}`;
}

function obstacleText(obstacle: Exclude<Obstacle, undefined>): StatusText {
  const kind = 'unavailable';
  switch (obstacle) {
    case 'noFolder':
      return {
        kind,
        text: 'Char-RNN: no folder open',
        detail: 'a model belongs to a folder or workspace',
        severity: 'information',
        command: { title: 'Open Folder', command: 'workbench.action.files.openFolder' },
      };
    case 'untrusted':
      return {
        kind,
        text: 'Char-RNN: restricted',
        detail: 'nothing is trained or suggested until this workspace is trusted',
        severity: 'warning',
        command: { title: 'Manage Trust', command: 'workbench.trust.manage' },
      };
    case 'virtual':
      return {
        kind,
        text: 'Char-RNN: not available here',
        detail: 'this workspace is not on a disk that training can read',
        severity: 'information',
        command: showLog,
      };
  }
}

function offText(languageId: string | undefined): StatusText {
  return {
    kind: 'off',
    text: 'Char-RNN: off here',
    detail: `suggestions are turned off for ${languageId ?? 'this language'}`,
    severity: 'information',
    command: { title: 'Turn On', command: 'charRnn.toggleSuggestions' },
  };
}

function readyText(summary: ModelSummary, now: Date): StatusText {
  const bits =
    summary.bitsPerCharacter === null ? [] : [`${summary.bitsPerCharacter.toFixed(2)} bits per character`];
  return {
    kind: 'ready',
    text: 'Char-RNN: ready',
    detail: [...bits, `trained ${agoText(now.getTime() - Date.parse(summary.savedAt))}`].join(', '),
    severity: 'information',
    command: { title: 'Train On', command: 'charRnn.train' },
  };
}

/** A length of time in words, to the unit that matters. */
export function agoText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
