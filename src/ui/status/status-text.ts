import type { ModelSummary, WorkerStatus, WorkspaceSummary } from '../../completion/index.ts';
import { localize, localized, displayLanguage } from '../../common/localization/localize.ts';
import { percentText, bitsPerCharacterText } from '../../common/localization/numbers.ts';
import { type Message, message } from '../../common/localization/message.ts';
import { type Button, button, manageTrust, openFolder, openSetting, showLog } from '../command-ids.ts';
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

function noModelText(): StatusText {
  return {
    kind: 'noModel',
    text: localize`Char-RNN: no model yet`,
    detail: localize`train one on this workspace to get suggestions`,
    severity: 'information',
    command: button(localize`Train`, 'train'),
  };
}

/** Kinds of status in which files are learnt in the background. */
const LEARNING_KINDS: readonly StatusText['kind'][] = ['noModel', 'loading', 'ready'];

/** The text of the language status item, derived from the whole state each time. */
export function statusText(input: StatusInput): StatusText {
  const status = textOfState(input);
  if (input.isResting !== true || !LEARNING_KINDS.includes(status.kind)) return status;
  const resting = localize`changed files are read once there is other power than the battery`;
  return { ...status, detail: status.detail === '' ? resting : localize`${status.detail}; ${resting}` };
}

function textOfState(input: StatusInput): StatusText {
  if (input.obstacle) return obstacleText(input.obstacle);
  if (input.training) {
    const bits = input.training.bitsPerCharacter;
    return {
      kind: 'training',
      text: localize`Char-RNN: training ${percentText(input.training.fraction)}`,
      detail:
        bits === undefined
          ? beforeFirstMeasureText(input.worker, input.workspace)
          : bitsPerCharacterText(bits),
      severity: 'information',
      command: button(localize`Stop`, 'stopTraining'),
    };
  }
  if (input.settingFault) {
    return {
      kind: 'invalid',
      text: localize`Char-RNN: setting not valid`,
      detail: clipped(localized(input.settingFault.sentence)),
      severity: 'error',
      command: openSetting(input.settingFault.key),
    };
  }
  const failure =
    input.trainingFailure ?? (input.worker.kind === 'failed' ? localized(input.worker.sentence) : undefined);
  if (failure !== undefined) {
    return {
      kind: 'failed',
      text: localize`Char-RNN: failed`,
      detail: clipped(failure),
      severity: 'error',
      command: showLog(),
    };
  }
  if (input.snoozedUntil !== undefined) return snoozedText(input.snoozedUntil);
  switch (input.worker.kind) {
    case 'loading':
      return {
        kind: 'loading',
        text: localize`Char-RNN: loading the model`,
        detail: '',
        severity: 'information',
        command: showLog(),
      };
    case 'ready':
      // A training that ended before its first step has left a network of random weights.
      if (!input.worker.summary.isTrained || input.worker.summary.isBase) break;
      return input.enabledHere ? readyText(input.worker.summary, input.now) : offText(input.languageId);
    case 'noModel':
    case 'failed':
      break;
  }
  if (!input.enabledHere) return offText(input.languageId);
  if (input.workspace === undefined) return noModelText();
  return hasBase(input.worker) ? beforeTrainingText(input.workspace) : withoutNetworkText(input.workspace);
}

function hasBase(worker: WorkerStatus): boolean {
  return worker.kind === 'ready' && worker.summary.isBase === true;
}

/** The text where nobody has trained yet, but suggestions come. */
function beforeTrainingText(workspace: WorkspaceSummary): StatusText {
  return {
    ...noModelText(),
    detail: localize`suggestions come from ${baseSourcesText(workspace)}; train on this workspace to get better ones`,
  };
}

function baseSourcesText(workspace: WorkspaceSummary): string {
  return localize`the base network and the context model of ${filesText(workspace)}`;
}

function filesText({ files }: WorkspaceSummary): string {
  return files === 1 ? localize`1 file` : localize`${files} files`;
}

/** The text while there is no network, as after a training that ended before its first checkpoint. */
function withoutNetworkText(workspace: WorkspaceSummary): StatusText {
  return {
    kind: 'ready',
    text: localize`Char-RNN: context model ready`,
    detail: localize`${filesText(workspace)} learnt, no network trained yet`,
    severity: 'information',
    command: button(localize`Train`, 'train'),
  };
}

/** The detail during a training that has not been measured yet. */
function beforeFirstMeasureText(worker: WorkerStatus, workspace: WorkspaceSummary | undefined): string {
  if (worker.kind === 'ready' && worker.summary.isTrained && !hasBase(worker)) {
    return localize`suggestions come from the last checkpoint`;
  }
  if (workspace === undefined) return localize`suggestions begin in a moment`;
  return hasBase(worker)
    ? localize`suggestions come from ${baseSourcesText(workspace)}`
    : localize`suggestions come from the context model of ${filesText(workspace)}`;
}

/** The status in a window that can have no model. */
export function obstacleText(obstacle: Exclude<Obstacle, undefined>): StatusText {
  const { text, detail, command } = OBSTACLE_TEXTS[obstacle];
  return {
    kind: 'unavailable',
    text: localized(text),
    detail: localized(detail),
    severity: obstacle === 'untrusted' ? 'warning' : 'information',
    command: command(),
  };
}

/** Why commands do nothing there, as a sentence. */
export function obstacleSentence(obstacle: Exclude<Obstacle, undefined>): Message {
  const { text, detail } = OBSTACLE_TEXTS[obstacle];
  return message`${text}; ${detail}.`;
}

const OBSTACLE_TEXTS: Record<
  Exclude<Obstacle, undefined>,
  { readonly text: Message; readonly detail: Message; readonly command: () => Button }
> = {
  'no-folder': {
    text: message`Char-RNN: no folder open`,
    detail: message`a model belongs to a folder or workspace`,
    command: openFolder,
  },
  untrusted: {
    text: message`Char-RNN: restricted`,
    detail: message`nothing is trained or suggested until this workspace is trusted`,
    command: manageTrust,
  },
  virtual: {
    text: message`Char-RNN: not available here`,
    detail: message`this workspace is not on a disk that training can read`,
    command: showLog,
  },
};

function offText(languageId: string | undefined): StatusText {
  return {
    kind: 'off',
    text: localize`Char-RNN: off here`,
    detail:
      languageId === undefined
        ? localize`suggestions are turned off for this language`
        : localize`suggestions are turned off for ${languageId}`,
    severity: 'information',
    command: button(localize`Turn On`, 'toggleSuggestions'),
  };
}

function snoozedText(until: number): StatusText {
  const time = new Date(until).toLocaleTimeString(displayLanguage(), { hour: '2-digit', minute: '2-digit' });
  return {
    kind: 'off',
    text: localize`Char-RNN: snoozed`,
    detail: Number.isFinite(until)
      ? localize`suggestions come again at ${time}`
      : localize`suggestions rest until this window closes`,
    severity: 'information',
    command: button(localize`Change`, 'snooze'),
  };
}

function readyText(summary: ModelSummary, now: Date): StatusText {
  const { bitsPerCharacter: bits } = summary;
  const ago = agoText(now.getTime() - Date.parse(summary.savedAt));
  return {
    kind: 'ready',
    text: localize`Char-RNN: ready`,
    detail:
      bits === null ? localize`trained ${ago}` : localize`${bitsPerCharacterText(bits)}, trained ${ago}`,
    severity: 'information',
    command: button(localize`Continue Training`, 'train'),
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
  if (minutes < 1) return localize`just now`;
  if (minutes < 60) return localize`${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? localize`1 hour ago` : localize`${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? localize`yesterday` : localize`${days} days ago`;
}
