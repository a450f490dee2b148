import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.ts';
import { type Message, englishText } from '../../common/localization/message.ts';
import { localize, localized } from '../../common/localization/localize.ts';
import type { SkippedFile } from '../../corpus/index.ts';
import {
  type TrainingDone,
  type TrainingEvent,
  type TrainingRequest,
  type TrainingRun,
  startTraining,
} from '../../training/index.ts';
import {
  doneText,
  isUsableCheckpoint,
  ProgressReport,
  trainingLogEntry,
  trainingRequest,
} from '../../session/index.ts';
import { readSetting } from '../../settings.ts';
import { type Button, button, showLog } from '../command-ids.ts';
import type { UnaskedNotices } from '../first-steps/unasked-notices.ts';
import type { ModelStore } from '../model/model-store.ts';
import { notify, notifyError } from '../status/notifications.ts';
import type { TrainingState } from '../status/status-text.ts';
import { leftOutNotices } from './left-out-notices.ts';
import type { TrainingMark } from './training-mark.ts';
import { corpusOptions } from './corpus-options.ts';

/** Files in one entry of the log. */
const LEFT_OUT_PER_ENTRY = 300;

type TrainingLog = Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'warn' | 'error'>;

/** Runs trainings, one at a time, and reports on them: a notification, the log, and events for the status. */
export class TrainingController implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when `state` or `failure` changed. */
  readonly onDidChange = this.changed.event;
  private readonly checkpointed = new vscode.EventEmitter<void>();
  /** Fires when a checkpoint was written that suggestions may use. */
  readonly onDidCheckpoint = this.checkpointed.event;

  private readonly reported = new vscode.EventEmitter<TrainingEvent>();
  /** Fires with everything that a training reports. */
  readonly onDidReport = this.reported.event;

  private run: TrainingRun | undefined;
  private current: TrainingState | undefined;
  private lastFailure: string | undefined;
  /** Set when the training was asked to stop, which may be before it has a process. */
  private isStopping = false;
  /** Notes that this window has shown, because each training would repeat them. */
  private readonly shownNotes = new Set<string>();

  private isDisposed = false;

  private readonly processPath: string;
  private readonly store: Pick<ModelStore, 'path' | 'prepare'>;
  private readonly log: TrainingLog;
  private readonly basePath: string;
  private readonly mark: Pick<TrainingMark, 'set' | 'clear'>;
  private readonly notices: Pick<UnaskedNotices, 'show'>;

  /**
   * @param processPath the bundled training process.
   * @param basePath file of the base network, with which new models begin.
   * @param mark set while a training is under way, and left where the window closes meanwhile.
   */
  constructor(
    processPath: string,
    basePath: string,
    store: Pick<ModelStore, 'path' | 'prepare'>,
    log: TrainingLog,
    mark: Pick<TrainingMark, 'set' | 'clear'>,
    notices: Pick<UnaskedNotices, 'show'>,
  ) {
    this.mark = mark;
    this.notices = notices;
    this.processPath = processPath;
    this.basePath = basePath;
    this.store = store;
    this.log = log;
  }

  /** The training under way, if there is one. */
  get state(): TrainingState | undefined {
    return this.current;
  }

  /** Why the last training failed, in the display language, until the next one starts. */
  get failure(): string | undefined {
    return this.lastFailure;
  }

  get pid(): number | undefined {
    return this.run?.pid;
  }

  /**
   * Trains from the settings, with a notification that can be cancelled; settles when it ended, well or not.
   * @param engine replaces the engine of the settings for this training.
   */
  async train(engine?: TrainingRequest['engine']): Promise<void> {
    if (this.current) {
      void notify(
        'information',
        localize`Char-RNN is training already; it goes on in the background.`,
        button(localize`Stop Training`, 'stopTraining'),
      );
      return;
    }
    this.lastFailure = undefined;
    this.isStopping = false;
    this.show({ fraction: 0, bitsPerCharacter: undefined });
    try {
      const warn = (sentence: Message): void => this.log.warn(englishText(sentence));
      const settled = trainingRequest(
        { modelPath: this.store.path, basePath: this.basePath },
        corpusOptions(warn),
        (key) => readSetting(key, warn),
      );
      const request = engine === undefined ? settled : { ...settled, engine };
      await this.store.prepare();
      this.mark.set();
      const done = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          // VS Code names the button of a progress notification Cancel, whatever it does.
          title: localize`Char-RNN training (Cancel keeps what was learnt)`,
          cancellable: true,
        },
        (progress, token) => this.follow(request, progress, token),
      );
      this.announce(done);
    } catch (error) {
      this.lastFailure = localized(messageOf(error));
      notifyError(error, this.log, button(localize`Train Again`, 'train'));
    } finally {
      if (!this.isDisposed) this.mark.clear();
      this.run = undefined;
      this.show(undefined);
    }
  }

  /** Asks the training under way to save and end; false where there is none. */
  stop(): boolean {
    this.isStopping = true;
    this.run?.stop();
    return this.current !== undefined;
  }

  /** Removes the last failure from the status. */
  forgetFailure(): void {
    this.lastFailure = undefined;
    this.changed.fire();
  }

  dispose(): void {
    this.isDisposed = true;
    this.stop();
    this.changed.dispose();
    this.checkpointed.dispose();
    this.reported.dispose();
  }

  private async follow(
    request: TrainingRequest,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<TrainingDone> {
    const report = new ProgressReport();
    const run = startTraining(this.processPath, request, {
      onLog: (line) => this.log.info(line),
      onEvent: (event) => {
        const update = report.next(event);
        if (update) progress.report(update);
        if (event.event === 'step' || event.event === 'validation') {
          this.show({ fraction: report.fraction, bitsPerCharacter: report.bitsPerCharacter });
        }
        this.record(event);
        this.reported.fire(event);
      },
    });
    this.run = run;
    token.onCancellationRequested(() => {
      progress.report({ message: localize`saving what was learnt` });
      this.stop();
    });
    if (this.isStopping) run.stop();
    const typing = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (isTypedIn(document)) run.noteTyping();
    });
    return run.finished.finally(() => void typing.dispose());
  }

  /** Writes an event to the log, and shows what is to be known of it once. */
  private record(event: TrainingEvent): void {
    const entry = trainingLogEntry(event);
    if (entry) this.log[entry.level](entry.line);
    if (event.event === 'corpus') {
      this.logLeftOut(event.leftOut, 0);
      for (const { level, sentence, buttons } of leftOutNotices(event.leftOut))
        this.showOnce(level, sentence, ...buttons);
    } else if (event.event === 'started' && event.note !== undefined) {
      this.log.warn(englishText(event.note));
      this.showOnce('information', localized(event.note), showLog());
    }
    if (isUsableCheckpoint(event)) this.checkpointed.fire();
  }

  /** A few hundred lines in an entry and one entry per turn: there may be a hundred thousand files. */
  private logLeftOut(leftOut: readonly SkippedFile[], start: number): void {
    if (this.isDisposed) return;
    const end = start + LEFT_OUT_PER_ENTRY;
    const files = leftOut.slice(start, end);
    if (files.length > 0)
      this.log.info(files.map(({ path, reason }) => `  left out: ${path}: ${reason}`).join('\n'));
    if (end < leftOut.length) setTimeout(() => this.logLeftOut(leftOut, end), 0);
  }

  /** Shows a note unless this window has shown it already. */
  private showOnce(level: 'information' | 'warning', note: string, ...buttons: Button[]): void {
    if (this.shownNotes.has(note)) return;
    this.shownNotes.add(note);
    void this.notices.show(level, note, ...buttons);
  }

  private announce(done: TrainingDone): void {
    const action =
      done.ending === 'interrupted'
        ? button(localize`Continue Training`, 'train')
        : button(localize`Generate Sample`, 'generate');
    void this.notices.show('information', doneText(done), action);
  }

  private show(state: TrainingState | undefined): void {
    this.current = state;
    this.changed.fire();
  }
}

/** Whether a user may be typing in a document; VS Code's logs are documents that change, too. */
function isTypedIn(document: vscode.TextDocument): boolean {
  return document === vscode.window.activeTextEditor?.document && document.uri.scheme !== 'output';
}
