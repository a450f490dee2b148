import * as vscode from 'vscode';
import type { SuggestionClient, WorkerStatus } from '../../completion/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { isEnabledAnywhere, isEnabledFor, readSetting } from '../../settings.ts';
import { corpusOptions } from '../training/corpus-options.ts';
import { deleteModel } from './delete-model.ts';
import { generateSample } from './generate-sample.ts';
import type { ModelStore } from '../model/model-store.ts';
import { notify, notifyError } from '../status/notifications.ts';
import { StatusItem } from '../status/status-item.ts';
import { type Obstacle, type StatusText, statusText } from '../status/status-text.ts';
import { askSampleKind, samplesOf, showTimeline } from '../training/timeline.ts';
import { toggleSuggestions } from './toggle-suggestions.ts';
import type { TrainingController } from '../training/training-controller.ts';
import { WorkspaceChanges } from '../training/workspace-changes.ts';
import { useModelFile } from './use-model-file.ts';

/** A workspace that can have a model. */
export interface Workshop {
  readonly store: ModelStore;
  readonly training: TrainingController;
}

/** Milliseconds between refreshes of "trained 5 min ago". */
const refreshInterval = 60_000;

/** The commands and the status: what a person does, and what they are told. */
export class Product implements vscode.Disposable {
  private readonly client: SuggestionClient;
  private readonly workshop: Workshop | undefined;
  private readonly log: vscode.LogOutputChannel;
  private readonly owned: vscode.Disposable[] = [];
  private readonly item: StatusItem;
  private looks = 0;
  /** Of the model that the worker was given last. */
  private loadedVersion: string | undefined;
  private isRemembering = false;

  /** @param workshop undefined where no folder is open. */
  constructor(client: SuggestionClient, workshop: Workshop | undefined, log: vscode.LogOutputChannel) {
    this.client = client;
    this.workshop = workshop;
    this.log = log;
    this.item = new StatusItem();
    const timer = setInterval(() => this.refresh(), refreshInterval);
    this.owned.push(
      this.item,
      { dispose: () => clearInterval(timer) },
      vscode.window.onDidChangeActiveTextEditor(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('charRnn')) return;
        this.rememberAsSet();
        this.refresh();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.loadModel()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.loadModel()),
      ...this.commands(),
    );
    if (workshop) {
      const changes = new WorkspaceChanges();
      this.owned.push(
        changes,
        changes.onDidChange(() => {
          if (this.isRemembering) this.remember();
        }),
        workshop.training.onDidChange(() => {
          if (workshop.training.state) this.rememberAsSet();
          // It may have ended before there was a model file, which nothing else would tell.
          else if (this.isRemembering && this.loadedVersion === undefined) void this.loadModel();
          this.refresh();
        }),
        workshop.training.onDidCheckpoint(() => void this.loadModel()),
        workshop.store.onDidChange(() => this.lookAgain(workshop)),
        // VS Code finds a storage folder that was made after the window seconds later, and tells of no file in between.
        vscode.window.onDidChangeWindowState(({ focused }) => {
          if (focused) this.lookAgain(workshop);
        }),
      );
    }
    void this.workshop?.store.purgeLeftovers();
    void this.loadModel();
  }

  /** What the status item shows. */
  get status(): StatusText | undefined {
    return this.item.shown;
  }

  /** Brings the status up to date; cheap. */
  refresh(workerStatus: WorkerStatus = this.client.status): void {
    const languageId = vscode.window.activeTextEditor?.document.languageId;
    const enabled = readSetting('charRnn.suggestions.enabled', () => undefined);
    this.item.show(
      statusText({
        obstacle: this.obstacle(),
        training: this.workshop?.training.state,
        worker: workerStatus,
        memory: this.client.memory,
        trainingFailure: this.workshop?.training.failure,
        languageId,
        enabledHere: isEnabledFor(enabled, languageId ?? '*'),
        now: new Date(),
      }),
    );
  }

  dispose(): void {
    for (const disposable of this.owned.reverse()) disposable.dispose();
  }

  private obstacle(): Obstacle {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (!this.workshop || folders.length === 0) return 'noFolder';
    if (!folders.some((folder) => folder.uri.scheme === 'file')) return 'virtual';
    return vscode.workspace.isTrusted ? undefined : 'untrusted';
  }

  /** Follows what other windows do to the model; our own checkpoints are told by the training. */
  private lookAgain({ training }: Workshop): void {
    if (!training.state) void this.loadModel();
  }

  /** Gives the model file, where there is a new one and it may be used, to the suggestion worker. */
  private async loadModel(): Promise<void> {
    const look = ++this.looks;
    const store = this.obstacle() ? undefined : this.workshop?.store;
    const version = await store?.version();
    // A later look at the file knows better.
    if (look !== this.looks) return;
    const isBeginning = version === undefined && this.workshop?.training.state !== undefined;
    if (store === undefined || (version === undefined && !isBeginning)) {
      this.client.unload();
      this.isRemembering = false;
    } else if (version !== undefined && version !== this.loadedVersion) {
      if (!this.isRemembering) this.remember();
      this.client.load(store.path);
    }
    this.loadedVersion = version;
    this.refresh();
  }

  /** Begins to remember, or forgets, where the setting says otherwise than what is done. */
  private rememberAsSet(): void {
    const isTrained = this.loadedVersion !== undefined || this.workshop?.training.state !== undefined;
    if (isTrained && !this.isRemembering) this.remember();
    else if (!isOnAnywhere() && this.forgetMemory()) void this.loadModel();
  }

  /** @returns whether there was anything to forget. The model, if any, has to be loaded again then. */
  private forgetMemory(): boolean {
    if (!this.isRemembering) return false;
    this.client.unload();
    this.isRemembering = false;
    this.loadedVersion = undefined;
    return true;
  }

  /**
   * Has the files of the workspace remembered as they are now; once it was trained on, it may be suggested from.
   * Nothing is read for suggestions that are off.
   */
  private remember(): void {
    if (this.obstacle() || !isOnAnywhere()) return;
    this.isRemembering = true;
    this.client.remember(corpusOptions((fault) => this.log.warn(fault)));
  }

  /** The workshop, or an error that says why there is none here. */
  private open(): Workshop {
    const obstacle = this.obstacle();
    if (this.workshop && !obstacle) return this.workshop;
    const { text, detail, command } = statusText({
      obstacle: obstacle ?? 'noFolder',
      training: undefined,
      worker: this.client.status,
      memory: undefined,
      trainingFailure: undefined,
      languageId: undefined,
      enabledHere: true,
      now: new Date(),
    });
    throw new UserFacingError(`${text}; ${detail}.`, { action: command });
  }

  /** The workshop, or an error that says why its model cannot be `done` now. */
  private openAtRest(done: 'deleted' | 'replaced'): Workshop {
    const workshop = this.open();
    if (!workshop.training.state) return workshop;
    throw new UserFacingError(
      `The Char-RNN model is being trained, so it was not ${done}; stop the training first.`,
      { action: { title: 'Stop Training', command: 'charRnn.stopTraining' } },
    );
  }

  private commands(): vscode.Disposable[] {
    const register = (id: string, run: (...args: never[]) => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(id, async (...args: never[]) => {
        try {
          await run(...args);
        } catch (error) {
          notifyError(error, this.log);
        }
      });
    return [
      register('charRnn.train', () => this.open().training.train()),
      // Not in the palette: the button of an error that says why another engine cannot run.
      register('charRnn.trainWithWasm', () => this.open().training.train('wasm')),
      register('charRnn.stopTraining', async () => {
        if (this.workshop?.training.stop()) return;
        await notify('information', 'Char-RNN is not training, so there is nothing to stop.');
      }),
      register('charRnn.generate', async (given?: unknown) => {
        const { store, training } = this.open();
        // Just after the start of a window it may not have been looked for yet; a training tells of its own.
        if (!training.state) await this.loadModel();
        else if (this.client.status.kind === 'noModel') {
          throw new UserFacingError(
            'There is no model to write a sample with before the first checkpoint of this training; try again in half a minute.',
          );
        }
        this.client.requireModel();
        const samples = given === undefined ? await samplesOf(store.path) : [];
        const kind = await askSampleKind(samples);
        if (kind === undefined) return;
        if (kind === 'timeline') return showTimeline(samples);
        await generateSample(
          this.client,
          readSetting('charRnn.temperature', (fault) => this.log.warn(fault)),
          given,
        );
      }),
      register('charRnn.toggleSuggestions', () => toggleSuggestions()),
      register('charRnn.deleteModel', async () => {
        const { store, training } = this.openAtRest('deleted');
        const lookAgain = (): void => {
          training.forgetFailure();
          void this.loadModel();
        };
        await deleteModel(store, lookAgain, () => this.forgetMemory());
      }),
      register('charRnn.useModelFile', async (given?: unknown) => {
        const { store, training } = this.openAtRest('replaced');
        await useModelFile(store, given, () => {
          training.forgetFailure();
          void this.loadModel();
        });
      }),
      register('charRnn.showLog', () => this.log.show()),
    ];
  }
}

function isOnAnywhere(): boolean {
  return isEnabledAnywhere(readSetting('charRnn.suggestions.enabled', () => undefined));
}
