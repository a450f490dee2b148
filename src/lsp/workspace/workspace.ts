import { unwatchFile, watchFile } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { UserFacingError } from '../../common/errors.ts';
import type { SuggestionClient } from '../../completion/index.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import {
  FileChanges,
  isEnabledAnywhere,
  MemoryStore,
  ModelFile,
  PowerSource,
  rememberedPart,
  SourceKeeper,
  workspaceCorpus,
} from '../../session/index.ts';
import type { ServerLog } from '../log.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import { modelLocation } from './model-location.ts';

/** Time between two looks at the model file, which other processes may write. */
const MODEL_WATCH_MS = 3000;

/** The files that are kept for a workspace. */
export interface StoredModel {
  readonly model: ModelFile;
  readonly memory: MemoryStore;
}

export interface WorkspaceOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  /** File of the base network; undefined where it was not installed. */
  readonly basePath: string | undefined;
}

/** What is known of the client's workspace: its folders, its model, and what suggestions come from. */
export class ServerWorkspace {
  /** Files that changed; see `FileChanges`. */
  readonly changes: FileChanges;
  private readonly settings: ServerSettings;
  private readonly log: ServerLog;
  private readonly basePath: string | undefined;
  private readonly keeper: SourceKeeper;
  private folders: readonly string[];
  private stored: StoredModel | undefined;
  /** What was to be remembered when the settings changed last. */
  private remembered: CorpusOptions | undefined;
  private isTraining = false;
  /** Set once the settings are known. */
  private isStarted = false;

  constructor(
    client: Pick<SuggestionClient, 'setSources' | 'isIgnored'>,
    settings: ServerSettings,
    { folders, basePath }: WorkspaceOptions,
    log: ServerLog,
  ) {
    this.settings = settings;
    this.folders = folders;
    this.basePath = basePath;
    this.log = log;
    this.changes = new FileChanges(
      {
        isIgnored: (path) => client.isIgnored(path),
        restsOnBattery: () => settings.get('charRnn.corpus.restOnBattery'),
        onChange: () => this.keeper.noteFiles(),
        onResting: () => undefined,
      },
      new PowerSource(),
    );
    this.keeper = new SourceKeeper(client, {
      inputs: () => ({
        obstacle: this.stored && this.isStarted ? undefined : 'no-folder',
        isSuggesting: isEnabledAnywhere(settings.get('charRnn.suggestions.enabled')),
        showsSurprise: settings.get('charRnn.surprise.enabled'),
        isTraining: this.isTraining,
        suggestsBeforeTraining: settings.get('charRnn.suggestions.beforeTraining'),
        // Where nobody has trained, the memory of the files suggests alone.
        base: undefined,
      }),
      model: () =>
        this.stored && { path: this.stored.model.path, ...(basePath !== undefined && { basePath }) },
      modelVersion: async () => this.stored?.model.version(),
      corpus: () => rememberedPart(this.corpus(), settings.get),
      memory: () => this.stored?.memory,
    });
    this.locate();
    this.remembered = this.wantedMemory();
  }

  /** Reads files and the model from now on, because the settings that keep files out are known. */
  start(): void {
    this.isStarted = true;
    void this.keeper.refreshAll();
  }

  /** Path of the model file; undefined where there can be none. */
  get modelPath(): string | undefined {
    return this.stored?.model.path;
  }

  /** Whether its files are read for suggestions and the surprise of lines. */
  get isRead(): boolean {
    return this.keeper.current.corpus !== undefined;
  }

  /** @throws UserFacingError where there is no workspace that could have a model. */
  requireStored(): StoredModel {
    if (this.stored) return this.stored;
    throw new UserFacingError(
      'There is no folder on disk to learn from; open one, or name a model file in charRnn.model.',
      { code: 'no-folder' },
    );
  }

  /** The files of a training: those it learns, the model that it writes, and the network that a new one begins with. */
  trainingFiles(): { corpus: CorpusOptions; modelPath: string; basePath?: string } {
    const { model } = this.requireStored();
    const { basePath } = this;
    return { corpus: this.corpus(), modelPath: model.path, ...(basePath !== undefined && { basePath }) };
  }

  /** Folders were added or removed. */
  setFolders(change: (folders: readonly string[]) => readonly string[]): void {
    this.folders = change(this.folders);
    this.locate();
    void this.keeper.refreshAll();
  }

  /** Settings may have changed. */
  noteSettings(): void {
    const before = this.stored?.model.path;
    this.locate();
    if (this.stored?.model.path !== before) void this.keeper.refreshAll();
    else this.keeper.apply();
    const remembered = this.wantedMemory();
    if (!isDeepStrictEqual(remembered, this.remembered)) this.changes.noteRules();
    this.remembered = remembered;
  }

  /** A training began or ended. */
  noteTraining(isTraining: boolean): void {
    this.isTraining = isTraining;
    this.keeper.noteTraining(isTraining);
  }

  /** Checks the model file, and settles when what suggestions come from is up to date with it. */
  refresh(): Promise<void> {
    return this.keeper.refresh();
  }

  /** Reads the files again although no change was reported. */
  readAgain(): void {
    this.keeper.noteFiles();
  }

  dispose(): void {
    this.changes.dispose();
    if (this.stored) unwatchFile(this.stored.model.path, this.noteModel);
  }

  private readonly noteModel = (): void => {
    // This server's own training reports its checkpoints itself.
    if (!this.isTraining) void this.keeper.refresh();
  };

  private locate(): void {
    const location = modelLocation(this.folders, this.settings.modelFile);
    const { model } = this.stored ?? {};
    if (location?.modelPath !== model?.path) {
      if (model) unwatchFile(model.path, this.noteModel);
      if (location)
        watchFile(location.modelPath, { interval: MODEL_WATCH_MS, persistent: false }, this.noteModel);
    }
    this.stored = location && {
      model: location.modelPath === model?.path ? model : new ModelFile(location.modelPath),
      memory: new MemoryStore(location.storage, this.log),
    };
    if (location) this.log.debug(`the model of this workspace is ${location.modelPath}`);
  }

  /** @throws UserFacingError where a setting that keeps files out is not valid. */
  private corpus(): CorpusOptions {
    const corpus = workspaceCorpus({ roots: this.folders }, this.settings.get, this.settings.faults());
    if (corpus.roots.length === 0) {
      throw new UserFacingError('There is no folder on disk to learn from; open one.', { code: 'no-folder' });
    }
    return corpus;
  }

  private wantedMemory(): CorpusOptions | undefined {
    try {
      return rememberedPart(this.corpus(), this.settings.get);
    } catch {
      // Nothing is learnt, which is shown where the setting is checked.
      return undefined;
    }
  }
}
