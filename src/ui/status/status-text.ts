import type { ModelSummary, WorkerStatus, WorkspaceSummary } from '../../completion/index.ts';
import { type Button, button, MANAGE_TRUST, OPEN_FOLDER, openSetting, SHOW_LOG } from '../command-ids.ts';
import type { Obstacle, SettingFault } from '../../session/index.ts';

/** A training under way, as the status item shows it. */
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
  /** What the context model knows of the workspace; undefined while there is none. */
  readonly workspace: WorkspaceSummary | undefined;
  /** Whether files that changed are not read before there is other power than the battery. */
  readonly isResting?: boolean;
  /** A setting that is not valid; undefined where all are. */
  readonly settingFault?: SettingFault | undefined;
  /** Why the last training failed, as a sentence; undefined once another one was started. */
  readonly trainingFailure: string | undefined;
  /** Language of the active editor, and whether suggestions are on for it. */
  readonly languageId: string | undefined;
  readonly enabledHere: boolean;
  /** When ghost text comes again, in ms since 1970, Infinity for never in this window; undefined where it is not snoozed. */
  readonly snoozedUntil?: number | undefined;
  readonly now: Date;
}

export interface StatusText {
  readonly kind: 'invalid' | 'unavailable' | 'training' | 'failed' | 'noModel' | 'loading' | 'off' | 'ready';
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  /** The button that is shown with the text. */
  readonly command: Button;
}

const NO_MODEL: StatusText = {
  kind: 'noModel',
  text: 'Char-RNN: no model yet',
  detail: 'train one on this workspace to get suggestions',
  severity: 'information',
  command: button('Train', 'train'),
};

/** Kinds of status in which files are learnt in the background. */
const LEARNING_KINDS: readonly StatusText['kind'][] = ['noModel', 'loading', 'ready'];

/** The text of the language status item, derived from the whole state each time. */
export function statusText(input: StatusInput): StatusText {
  const status = textOfState(input);
  if (input.isResting !== true || !LEARNING_KINDS.includes(status.kind)) return status;
  const resting = 'changed files are read once there is other power than the battery';
  return { ...status, detail: status.detail === '' ? resting : `${status.detail}; ${resting}` };
}

function textOfState(input: StatusInput): StatusText {
  if (input.obstacle) return obstacleText(input.obstacle);
  if (input.training) {
    const bits = input.training.bitsPerCharacter;
    return {
      kind: 'training',
      text: `Char-RNN: training ${Math.floor(input.training.fraction * 100)} %`,
      detail:
        bits === undefined
          ? beforeFirstMeasureText(input.worker, input.workspace)
          : `${bits.toFixed(2)} bits per character`,
      severity: 'information',
      command: button('Stop', 'stopTraining'),
    };
  }
  if (input.settingFault) {
    return {
      kind: 'invalid',
      text: 'Char-RNN: setting not valid',
      detail: clipped(input.settingFault.sentence),
      severity: 'error',
      command: openSetting(input.settingFault.key),
    };
  }
  const failure =
    input.trainingFailure ?? (input.worker.kind === 'failed' ? input.worker.sentence : undefined);
  if (failure !== undefined) {
    return {
      kind: 'failed',
      text: 'Char-RNN: failed',
      detail: clipped(failure),
      severity: 'error',
      command: SHOW_LOG,
    };
  }
  if (input.snoozedUntil !== undefined) return snoozedText(input.snoozedUntil);
  switch (input.worker.kind) {
    case 'loading':
      return {
        kind: 'loading',
        text: 'Char-RNN: loading the model',
        detail: '',
        severity: 'information',
        command: SHOW_LOG,
      };
    case 'ready':
      // A training that ended before its first step has left a network of random weights.
      if (!input.worker.summary.isTrained || input.worker.summary.isBase) break;
      return input.enabledHere ? readyText(input.worker.summary, input.now) : offText(input.languageId);
    case 'noModel':
    case 'failed':
      break;
  }
  if (input.workspace === undefined) return NO_MODEL;
  if (!input.enabledHere) return offText(input.languageId);
  return hasBase(input.worker) ? beforeTrainingText(input.workspace) : withoutNetworkText(input.workspace);
}

function hasBase(worker: WorkerStatus): boolean {
  return worker.kind === 'ready' && worker.summary.isBase === true;
}

/** The text where nobody has trained yet, but suggestions come. */
function beforeTrainingText(workspace: WorkspaceSummary): StatusText {
  return {
    ...NO_MODEL,
    detail: `suggestions come from ${baseSourcesText(workspace)}; train on this workspace to get better ones`,
  };
}

function baseSourcesText(workspace: WorkspaceSummary): string {
  return `the base network and the context model of ${filesText(workspace)}`;
}

function filesText({ files }: WorkspaceSummary): string {
  return `${files} ${files === 1 ? 'file' : 'files'}`;
}

/** The text while there is no network, as after a training that ended before its first checkpoint. */
function withoutNetworkText(workspace: WorkspaceSummary): StatusText {
  return {
    kind: 'ready',
    text: 'Char-RNN: context model ready',
    detail: `${filesText(workspace)} learnt, no network trained yet`,
    severity: 'information',
    command: button('Train', 'train'),
  };
}

/** The detail during a training that has not been measured yet. */
function beforeFirstMeasureText(worker: WorkerStatus, workspace: WorkspaceSummary | undefined): string {
  if (worker.kind === 'ready' && worker.summary.isTrained && !hasBase(worker)) {
    return 'suggestions come from the last checkpoint';
  }
  if (workspace === undefined) return 'suggestions begin in a moment';
  return hasBase(worker)
    ? `suggestions come from ${baseSourcesText(workspace)}`
    : `suggestions come from the context model of ${filesText(workspace)}`;
}

/** The status in a window that can have no model; commands show the same text as an error. */
export function obstacleText(obstacle: Exclude<Obstacle, undefined>): StatusText {
  return { kind: 'unavailable', severity: 'information', ...OBSTACLE_TEXTS[obstacle] };
}

const OBSTACLE_TEXTS: Record<
  Exclude<Obstacle, undefined>,
  Pick<StatusText, 'text' | 'detail' | 'command'> & Partial<StatusText>
> = {
  'no-folder': {
    text: 'Char-RNN: no folder open',
    detail: 'a model belongs to a folder or workspace',
    command: OPEN_FOLDER,
  },
  untrusted: {
    text: 'Char-RNN: restricted',
    detail: 'nothing is trained or suggested until this workspace is trusted',
    severity: 'warning',
    command: MANAGE_TRUST,
  },
  virtual: {
    text: 'Char-RNN: not available here',
    detail: 'this workspace is not on a disk that training can read',
    command: SHOW_LOG,
  },
};

function offText(languageId: string | undefined): StatusText {
  return {
    kind: 'off',
    text: 'Char-RNN: off here',
    detail: `suggestions are turned off for ${languageId ?? 'this language'}`,
    severity: 'information',
    command: button('Turn On', 'toggleSuggestions'),
  };
}

function snoozedText(until: number): StatusText {
  const time = new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return {
    kind: 'off',
    text: 'Char-RNN: snoozed',
    detail: Number.isFinite(until)
      ? `suggestions come again at ${time}`
      : 'suggestions rest until this window closes',
    severity: 'information',
    command: button('Change', 'snooze'),
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
    command: button('Continue Training', 'train'),
  };
}

/** Characters that the status item's hover has room for beside its button; the notification and the log have all. */
const MAX_DETAIL_LENGTH = 120;

function clipped(sentence: string): string {
  return sentence.length <= MAX_DETAIL_LENGTH
    ? sentence
    : `${sentence.slice(0, sentence.lastIndexOf(' ', MAX_DETAIL_LENGTH - 1))} …`;
}

/** How long ago something was, in its largest unit. */
export function agoText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}
