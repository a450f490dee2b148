import type { CancellationToken } from 'vscode-languageserver/node';
import { UserFacingError } from '../../common/errors.ts';
import { englishText } from '../../common/localization/message.ts';
import type { NodeProgram } from '../../common/rpc/worker-channel.ts';
import {
  doneText,
  isUsableCheckpoint,
  ProgressReport,
  trainingLogEntry,
  trainingRequest,
  trainingRunsError,
} from '../../session/index.ts';
import {
  startTraining,
  type TrainingDone,
  type TrainingEvent,
  type TrainingRequest,
  type TrainingRun,
} from '../../training/index.ts';
import type { ServerLog } from '../log.ts';
import { type Fields, invalidParams, isCount } from '../params.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import type { ServerWorkspace } from '../workspace/workspace.ts';
import type { ShownProgress } from './progress.ts';

const TITLE = 'Char-RNN training';

export interface TrainingContext {
  /** The training process. */
  readonly program: NodeProgram;
  readonly workspace: ServerWorkspace;
  readonly settings: ServerSettings;
  readonly log: ServerLog;
}

/** Runs trainings, one at a time, and reports on them to the client. */
export class ServerTraining {
  private readonly context: TrainingContext;
  private run: TrainingRun | undefined;
  private progress: ShownProgress | undefined;
  private isOn = false;
  /** Set when the training was asked to stop, which may be before it has a process. */
  private isStopping = false;

  constructor(context: TrainingContext) {
    this.context = context;
  }

  /**
   * Trains from the settings; settles when the training ended well, with its `done` event.
   * @param given `minutes` and `steps` in place of the settings.
   * @param makeProgress where the client is shown how far it is.
   * @throws UserFacingError where a training is under way here or in another process, and where it fails.
   */
  async train(
    given: Fields,
    token: CancellationToken,
    makeProgress: () => Promise<ShownProgress>,
  ): Promise<TrainingDone> {
    if (this.isOn) {
      throw new UserFacingError(
        'Char-RNN is training already; wait until it ends, or run charRnn.stopTraining first.',
        { code: 'training-runs' },
      );
    }
    const request = this.requestFor(given);
    this.isOn = true;
    this.isStopping = false;
    this.context.workspace.noteTraining(true);
    token.onCancellationRequested(() => this.stop());
    const progress = await makeProgress();
    this.progress = progress;
    progress.begin(TITLE);
    try {
      const done = await this.follow(request, progress);
      this.context.log.info(doneText(done));
      return done;
    } finally {
      progress.end();
      this.progress = undefined;
      this.run = undefined;
      this.isOn = false;
      this.context.workspace.noteTraining(false);
    }
  }

  /** Asks the training under way to save and end; false where there is none. */
  stop(): boolean {
    this.isStopping = true;
    this.run?.stop();
    return this.isOn;
  }

  /** The client cancelled a progress. */
  noteCancelled(token: unknown): void {
    if (this.progress?.isMeantBy(token)) this.stop();
  }

  /** Somebody typed, so that training rests for a moment. */
  noteTyping(): void {
    this.run?.noteTyping();
  }

  /** @throws UserFacingError while a training runs, so that the model cannot be deleted. */
  requireIdle(): void {
    if (this.isOn) throw trainingRunsError('deleted');
  }

  private requestFor({ minutes, steps }: Fields): TrainingRequest {
    const { workspace, settings } = this.context;
    if (minutes !== undefined && !(typeof minutes === 'number' && minutes >= 0))
      throw invalidParams('minutes must be a number of at least 0.');
    if (steps !== undefined && !isCount(steps))
      throw invalidParams('steps must be a whole number of at least 0.');
    const { corpus, ...files } = workspace.trainingFiles();
    const request = trainingRequest(files, corpus, settings.get);
    const limits = { ...(minutes !== undefined && { minutes }), ...(steps !== undefined && { steps }) };
    return { ...request, options: { ...request.options, ...limits } };
  }

  private follow(request: TrainingRequest, progress: ShownProgress): Promise<TrainingDone> {
    const { program, log } = this.context;
    const report = new ProgressReport();
    this.run = startTraining(program, request, {
      onLog: log.info,
      onEvent: (event) => {
        const update = report.next(event);
        if (update) progress.report(Math.floor(report.fraction * 100), update.message);
        this.record(event);
      },
    });
    if (this.isStopping) this.run.stop();
    return this.run.finished;
  }

  private record(event: TrainingEvent): void {
    const { log, workspace } = this.context;
    const entry = trainingLogEntry(event);
    if (entry) log[entry.level](entry.line);
    if (event.event === 'corpus') {
      for (const { path, reason } of event.leftOut) log.debug(`  left out: ${path}: ${reason}`);
    }
    if (event.event === 'started' && event.note !== undefined) log.warn(englishText(event.note));
    if (isUsableCheckpoint(event)) void workspace.refresh();
  }
}
