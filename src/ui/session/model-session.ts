import * as vscode from 'vscode';
import { sentenceOf, UserFacingError } from '../../common/errors.ts';
import type { SuggestionClient, SuggestionSources } from '../../completion/index.ts';
import {
  isEnabledAnywhere,
  type MemoryStore,
  type Obstacle,
  rememberedPart,
  type SettingKey,
  type SettingValue,
  SourceKeeper,
  trainingRunsError,
} from '../../session/index.ts';
import { readSetting } from '../../settings.ts';
import type { ModelStore } from '../model/model-store.ts';
import { currentObstacle } from '../status/obstacle.ts';
import { obstacleSentence } from '../status/status-text.ts';
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
 * Keeps the sources of suggestions up to date (`SourceKeeper`) with settings, trust, folders, training and the model
 * file of this window.
 */
export class ModelSession<W extends ModelWorkspace = ModelWorkspace> implements vscode.Disposable {
  private readonly workspace: W | undefined;
  private readonly keeper: SourceKeeper;
  private readonly owned: vscode.Disposable[] = [];

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
    this.workspace = workspace;
    const get = <K extends SettingKey>(key: K): SettingValue<K> => readSetting(key, () => undefined);
    this.keeper = new SourceKeeper(client, {
      inputs: () => ({
        obstacle: this.obstacle,
        isSuggesting: isEnabledAnywhere(get('charRnn.suggestions.enabled')),
        showsSurprise: get('charRnn.surprise.enabled'),
        isTraining: workspace?.training.state !== undefined,
        suggestsBeforeTraining: get('charRnn.suggestions.beforeTraining'),
        base,
      }),
      model: () => workspace && { path: workspace.store.path, basePath: base.path },
      modelVersion: async () => workspace?.store.version(),
      corpus: () =>
        rememberedPart(
          corpusOptions(() => undefined),
          get,
        ),
      memory: () => workspace?.memory,
    });
    const refreshAll = (): void => void this.keeper.refreshAll();
    this.owned.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('charRnn')) this.keeper.apply();
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
  refresh(): Promise<void> {
    return this.keeper.refresh();
  }

  /** See `SourceKeeper`. */
  noteModelMissing(): boolean {
    return this.keeper.noteModelMissing();
  }

  /** @throws UserFacingError with the reason if this window can have no model. */
  requireWorkspace(): W {
    const { obstacle } = this;
    if (this.workspace && !obstacle) return this.workspace;
    throw new UserFacingError(obstacleSentence(obstacle ?? 'no-folder'), { code: obstacle ?? 'no-folder' });
  }

  /** @throws UserFacingError if a training is running, so that the model cannot be `done` now. */
  requireIdleWorkspace(done: 'deleted' | 'replaced'): W {
    const workspace = this.requireWorkspace();
    if (!workspace.training.state) return workspace;
    throw trainingRunsError(done);
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
      changes.onDidChange(() => this.keeper.noteFiles()),
      training.onDidChange(() => this.keeper.noteTraining(training.state !== undefined)),
      training.onDidCheckpoint(() => void this.refresh()),
      store.onDidChange(refreshWhenIdle),
      // VS Code starts to watch a storage folder that is made after the window opened only seconds later.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) refreshWhenIdle();
      }),
    );
  }
}
