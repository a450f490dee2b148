import * as vscode from 'vscode';
import { sentenceOf, UserFacingError } from '../../common/errors.ts';
import type { SuggestionClient, SuggestionSources } from '../../completion/index.ts';
import { desiredSources, isEnabledAnywhere, type Obstacle, rememberedPart } from '../../session/index.ts';
import { readSetting } from '../../settings.ts';
import type { MemoryStore } from '../model/memory-store.ts';
import type { ModelStore } from '../model/model-store.ts';
import { currentObstacle } from '../status/obstacle.ts';
import { obstacleText } from '../status/status-text.ts';
import { corpusOptions } from '../training/corpus-options.ts';
import type { TrainingController } from '../training/training-controller.ts';
import type { WorkspaceChanges } from '../training/workspace-changes.ts';

/** A workspace that can have a model. */
export interface ModelWorkspace {
  readonly store: Pick<ModelStore, 'path' | 'version' | 'onDidChange' | 'purgeLeftovers' | 'claimStray'>;
  readonly memory: Pick<MemoryStore, 'path' | 'forget'>;
  readonly training: Pick<TrainingController, 'state' | 'onDidChange' | 'onDidCheckpoint'>;
  readonly changes: Pick<WorkspaceChanges, 'onDidChange'>;
}

/**
 * Keeps the sources of suggestions up to date. They are derived anew from settings, trust, folders, training and the
 * model file whenever one of these changes (`desiredSources`). The model file is checked whenever it may have changed.
 */
export class ModelSession<W extends ModelWorkspace = ModelWorkspace> implements vscode.Disposable {
  private readonly client: Pick<SuggestionClient, 'setSources'>;
  private readonly workspace: W | undefined;
  private readonly base: NonNullable<SuggestionSources['model']>;
  private readonly owned: vscode.Disposable[] = [];
  /** Number of checks of the model file begun; the result of an older check is dropped. */
  private checksBegun = 0;
  /** Number of the newest check whose result was used. */
  private checksSettled = 0;
  private modelVersion: string | undefined;
  private corpus: SuggestionSources['corpus'];
  private corpusRevision = 0;
  private wasTraining = false;
  /** Whether there may be a file with what is remembered. */
  private isKept = true;
  /** The sources that the client was given last. */
  private sources: SuggestionSources = {};

  /**
   * @param workspace undefined where no folder is open.
   * @param base the network that comes with the extension.
   */
  constructor(
    client: Pick<SuggestionClient, 'setSources'>,
    workspace: W | undefined,
    base: NonNullable<SuggestionSources['model']>,
    log: Pick<vscode.LogOutputChannel, 'warn'>,
  ) {
    this.client = client;
    this.workspace = workspace;
    this.base = base;
    const refreshAll = (): void => {
      this.corpus = undefined;
      void this.refresh();
    };
    this.owned.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('charRnn')) this.apply();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(refreshAll),
      vscode.workspace.onDidChangeWorkspaceFolders(refreshAll),
    );
    if (workspace) {
      this.watch(workspace);
      void this.tidy(workspace.store, log);
    }
    void this.refresh();
  }

  get obstacle(): Obstacle {
    return currentObstacle(this.workspace !== undefined);
  }

  /** Checks the model file and brings the sources up to date. */
  async refresh(): Promise<void> {
    const generation = ++this.checksBegun;
    const version = this.obstacle ? undefined : await this.workspace?.store.version();
    if (generation === this.checksBegun) this.settle(version);
  }

  /**
   * Unloads the model of a file that a command found to be missing, without waiting for the watcher to report it.
   * @returns whether the workspace was read for suggestions, and is no longer.
   */
  noteModelMissing(): boolean {
    const wasRead = this.sources.corpus !== undefined;
    this.checksBegun++;
    this.settle(undefined);
    return wasRead && this.sources.corpus === undefined;
  }

  /** @throws UserFacingError with the reason if this window can have no model. */
  requireWorkspace(): W {
    const { obstacle } = this;
    if (this.workspace && !obstacle) return this.workspace;
    const { text, detail } = obstacleText(obstacle ?? 'no-folder');
    throw new UserFacingError(`${text}; ${detail}.`, { code: obstacle ?? 'no-folder' });
  }

  /** @throws UserFacingError if a training is running, so that the model cannot be `done` now. */
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

  /** Ends what windows of earlier sessions began: a deletion, and a model of their own. */
  private async tidy(store: W['store'], log: Pick<vscode.LogOutputChannel, 'warn'>): Promise<void> {
    await store.purgeLeftovers().catch((error: unknown) => {
      log.warn(`a deleted model is still on disk: ${sentenceOf(error)}`);
    });
    try {
      if (await store.claimStray()) await this.refresh();
    } catch (error) {
      log.warn(`the model of another window is not used: ${sentenceOf(error)}`);
    }
  }

  private watch({ store, training, changes }: ModelWorkspace): void {
    // This window's training reports its checkpoints itself; those of other windows are noticed by their files.
    const refreshWhenIdle = (): void => {
      if (!training.state) void this.refresh();
    };
    this.owned.push(
      changes.onDidChange(() => {
        this.corpus = undefined;
        this.apply();
      }),
      training.onDidChange(() => this.followTraining(training.state !== undefined)),
      training.onDidCheckpoint(() => void this.refresh()),
      store.onDidChange(refreshWhenIdle),
      // VS Code starts to watch a storage folder that is made after the window opened only seconds later.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) refreshWhenIdle();
      }),
    );
  }

  private followTraining(isTraining: boolean): void {
    if (isTraining === this.wasTraining) return;
    this.wasTraining = isTraining;
    if (isTraining) this.apply();
    // The training may have ended before it wrote a model file.
    else void this.refresh();
  }

  private settle(version: string | undefined): void {
    this.checksSettled = this.checksBegun;
    this.modelVersion = version;
    this.apply();
  }

  /** Gives the desired sources to the client, unless a check of the model file is running, which will do so at its end. */
  private apply(): void {
    if (this.checksSettled !== this.checksBegun) return;
    const { store, training } = this.workspace ?? {};
    this.sources = desiredSources({
      obstacle: this.obstacle,
      isSuggesting: isEnabledAnywhere(readSetting('charRnn.suggestions.enabled', () => undefined)),
      showsSurprise: readSetting('charRnn.surprise.enabled', () => undefined),
      isTraining: training?.state !== undefined,
      suggestsBeforeTraining: readSetting('charRnn.suggestions.beforeTraining', () => undefined),
      base: this.base,
      model:
        store && this.modelVersion !== undefined
          ? { path: store.path, version: this.modelVersion, basePath: this.base.path }
          : undefined,
      corpus: (this.corpus ??= this.currentCorpus()),
    });
    this.forgetUnlessRead();
    this.client.setSources(this.sources);
  }

  /** What is remembered is kept on disk only as long as it is wanted; an untrusted window decides nothing. */
  private forgetUnlessRead(): void {
    const isRead = this.sources.corpus !== undefined;
    if (!isRead && this.isKept && !this.obstacle) void this.workspace?.memory.forget();
    this.isKept = isRead || this.obstacle !== undefined;
  }

  /** Undefined where a setting that keeps files out is not valid, which is shown by itself. */
  private currentCorpus(): SuggestionSources['corpus'] {
    try {
      return {
        options: rememberedPart(
          corpusOptions(() => undefined),
          (key) => readSetting(key, () => undefined),
        ),
        revision: ++this.corpusRevision,
        memoryPath: this.workspace?.memory.path,
      };
    } catch (error) {
      if (error instanceof UserFacingError) return undefined;
      throw error;
    }
  }
}
