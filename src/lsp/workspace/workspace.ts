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

/** A workspace that can have a model. */
export interface ModelPlace {
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
  private place: ModelPlace | undefined;
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
        obstacle: this.place && this.isStarted ? undefined : 'no-folder',
        isSuggesting: isEnabledAnywhere(settings.get('charRnn.suggestions.enabled')),
        showsSurprise: settings.get('charRnn.surprise.enabled'),
        isTraining: this.isTraining,
        suggestsBeforeTraining: settings.get('charRnn.suggestions.beforeTraining'),
        // Where nobody has trained, the memory of the files suggests alone.
        base: undefined,
      }),
      model: () => this.place && { path: this.place.model.path, ...(basePath !== undefined && { basePath }) },
      modelVersion: async () => this.place?.model.version(),
      corpus: () => rememberedPart(this.corpus(), settings.get),
      memory: () => this.place?.memory,
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
    return this.place?.model.path;
  }

  /** @throws UserFacingError where there is no workspace that could have a model. */
  requirePlace(): ModelPlace {
    if (this.place) return this.place;
    throw new UserFacingError(
      'There is no folder on disk to learn from; open one, or name a model file in charRnn.model.',
      { code: 'no-folder' },
    );
  }

  /** The files of a training: those it learns, the model that it writes, and the network that a new one begins with. */
  trainingFiles(): { corpus: CorpusOptions; modelPath: string; basePath?: string } {
    const { model } = this.requirePlace();
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
    const before = this.place?.model.path;
    this.locate();
    if (this.place?.model.path !== before) void this.keeper.refreshAll();
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
    if (this.place) unwatchFile(this.place.model.path, this.noteModel);
  }

  private readonly noteModel = (): void => {
    // This server's own training reports its checkpoints itself.
    if (!this.isTraining) void this.keeper.refresh();
  };

  private locate(): void {
    const location = modelLocation(this.folders, this.settings.modelFile);
    const { model } = this.place ?? {};
    if (location?.modelPath !== model?.path) {
      if (model) unwatchFile(model.path, this.noteModel);
      if (location)
        watchFile(location.modelPath, { interval: MODEL_WATCH_MS, persistent: false }, this.noteModel);
    }
    this.place = location && {
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
