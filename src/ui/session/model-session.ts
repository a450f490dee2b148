import * as vscode from 'vscode';
import { sentenceOf, UserFacingError } from '../../common/errors.ts';
import type { SuggestionClient, SuggestionSources } from '../../completion/index.ts';
import { isEnabledAnywhere, readSetting } from '../../settings.ts';
import type { ModelStore } from '../model/model-store.ts';
import { type Obstacle, currentObstacle } from '../status/obstacle.ts';
import { obstacleText } from '../status/status-text.ts';
import { corpusOptions } from '../training/corpus-options.ts';
import type { TrainingController } from '../training/training-controller.ts';
import { WorkspaceChanges } from '../training/workspace-changes.ts';
import { desiredSources } from './desired-sources.ts';

/** A workspace that can have a model. */
export interface ModelWorkspace {
  readonly store: Pick<ModelStore, 'path' | 'version' | 'onDidChange' | 'purgeLeftovers'>;
  readonly training: Pick<TrainingController, 'state' | 'onDidChange' | 'onDidCheckpoint'>;
}

/**
 * Keeps the sources of suggestions as settings, trust, folders, training and the model file want them: whatever
 * happens, they are derived from all of these anew. The model file is looked at when it may have changed.
 */
export class ModelSession<W extends ModelWorkspace = ModelWorkspace> implements vscode.Disposable {
  private readonly client: Pick<SuggestionClient, 'setSources' | 'isIgnored'>;
  private readonly workspace: W | undefined;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly owned: vscode.Disposable[] = [];
  /** Counts looks at the model file; only the newest one counts. */
  private loadGeneration = 0;
  /** The newest look that has ended. */
  private settledGeneration = 0;
  private modelVersion: string | undefined;
  private corpus: SuggestionSources['corpus'];
  private corpusRevision = 0;
  private wasTraining = false;
  /** What the client was given last. */
  private sources: SuggestionSources = {};

  /** @param workspace undefined where no folder is open. */
  constructor(
    client: Pick<SuggestionClient, 'setSources' | 'isIgnored'>,
    workspace: W | undefined,
    log: Pick<vscode.LogOutputChannel, 'warn'>,
  ) {
    this.client = client;
    this.workspace = workspace;
    this.log = log;
    const lookAnew = (): void => {
      this.corpus = undefined;
      void this.look();
    };
    this.owned.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('charRnn')) this.apply();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(lookAnew),
      vscode.workspace.onDidChangeWorkspaceFolders(lookAnew),
    );
    if (workspace) {
      this.watch(workspace);
      workspace.store.purgeLeftovers().catch((error: unknown) => {
        log.warn(`a deleted model is still on disk: ${sentenceOf(error)}`);
      });
    }
    void this.look();
  }

  get obstacle(): Obstacle {
    return currentObstacle(this.workspace !== undefined);
  }

  /** Looks at the model file and brings the sources up to date. */
  async look(): Promise<void> {
    const generation = ++this.loadGeneration;
    const version = this.obstacle ? undefined : await this.workspace?.store.version();
    if (generation === this.loadGeneration) this.settle(version);
  }

  /**
   * The model file was found to be missing, however little else said so.
   * @returns whether the workspace was read for suggestions.
   */
  noteModelMissing(): boolean {
    const wasRead = this.sources.corpus !== undefined;
    this.loadGeneration++;
    this.settle(undefined);
    return wasRead;
  }

  /** @throws UserFacingError that says why this window can have no model. */
  requireWorkspace(): W {
    const { obstacle } = this;
    if (this.workspace && !obstacle) return this.workspace;
    const { text, detail } = obstacleText(obstacle ?? 'no-folder');
    throw new UserFacingError(`${text}; ${detail}.`, { code: obstacle ?? 'no-folder' });
  }

  /** @throws UserFacingError that says why the model cannot be `done` now. */
  requireIdleWorkspace(done: 'deleted' | 'replaced'): W {
    const workspace = this.requireWorkspace();
    if (!workspace.training.state) return workspace;
    throw new UserFacingError(
      `The Char-RNN model is being trained, so it was not ${done}; stop the training first.`,
      { code: 'training-runs' },
    );
  }

  dispose(): void {
    for (const disposable of this.owned.reverse()) disposable.dispose();
  }

  private watch({ store, training }: ModelWorkspace): void {
    // Our own training reports its checkpoints; other windows are noticed by their files.
    const lookAtRest = (): void => {
      if (!training.state) void this.look();
    };
    const changes = new WorkspaceChanges((path) => this.client.isIgnored(path));
    this.owned.push(
      changes,
      changes.onDidChange(() => {
        this.corpus = undefined;
        this.apply();
      }),
      training.onDidChange(() => this.followTraining(training.state !== undefined)),
      training.onDidCheckpoint(() => void this.look()),
      store.onDidChange(lookAtRest),
      // VS Code notices a storage folder made after the window opened seconds late, and reports no file until then.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) lookAtRest();
      }),
    );
  }

  private followTraining(isTraining: boolean): void {
    if (isTraining === this.wasTraining) return;
    this.wasTraining = isTraining;
    if (isTraining) this.apply();
    // It may have ended before there was a model file.
    else void this.look();
  }

  private settle(version: string | undefined): void {
    this.settledGeneration = this.loadGeneration;
    this.modelVersion = version;
    this.apply();
  }

  /** Hands the desired sources to the client; a look at the model file that is under way does so at its end. */
  private apply(): void {
    if (this.settledGeneration !== this.loadGeneration) return;
    const { store, training } = this.workspace ?? {};
    this.sources = desiredSources({
      obstacle: this.obstacle,
      isSuggesting: isEnabledAnywhere(readSetting('charRnn.suggestions.enabled', () => undefined)),
      isTraining: training?.state !== undefined,
      model:
        store && this.modelVersion !== undefined
          ? { path: store.path, version: this.modelVersion }
          : undefined,
      corpus: (this.corpus ??= this.currentCorpus()),
    });
    this.client.setSources(this.sources);
  }

  private currentCorpus(): NonNullable<SuggestionSources['corpus']> {
    const options = corpusOptions((sentence) => this.log.warn(sentence));
    return { options, revision: ++this.corpusRevision };
  }
}
