import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { UserFacingError, messageOf } from '../../common/errors.ts';
import { message } from '../../common/localization/message.ts';
import { lockModel } from '../../common/lock-file.ts';
import { writeModel } from '../../model/index.ts';
import type { Model } from '../../model/index.ts';
import { isAlive } from '../../common/process-alive.ts';
import { linkOrCopy } from '../../common/link-or-copy.ts';
import { ASIDE_ENDING, ModelFile } from '../../session/index.ts';
import { claimStrayModel, strayModels } from './stray-models.ts';

const FILE_NAME = 'model.safetensors';
/** What the training panel shows of a model's trainings beyond the model file. */
const PANEL_FILE_NAME = 'training-history.json';

/** The replacement of one model by another, for undoing it. */
export interface Adoption {
  /** Path of the replaced model; undefined where there was none. */
  readonly aside: string | undefined;
  /** Version of the new model as it was written (see `ModelStore.version`). */
  readonly version: string | undefined;
}

/** This workspace's model file, in VS Code's storage for the workspace and never in the workspace itself. */
export class ModelStore extends ModelFile implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** The file was written or removed, here or by another window. */
  readonly onDidChange = this.changed.event;
  private readonly watcher: vscode.FileSystemWatcher;
  private readonly folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    super(vscode.Uri.joinPath(storage, FILE_NAME).fsPath);
    this.folder = storage;
    this.watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(storage, FILE_NAME));
    this.watcher.onDidCreate(() => this.changed.fire());
    this.watcher.onDidChange(() => this.changed.fire());
    this.watcher.onDidDelete(() => this.changed.fire());
  }

  /**
   * Creates the storage folder, which VS Code only names.
   * @throws UserFacingError where the disk does not allow it.
   */
  async prepare(): Promise<void> {
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
    } catch (error) {
      throw new UserFacingError(
        message`The folder ${this.folder.fsPath}, where VS Code keeps the model of this workspace, cannot be made (${messageOf(error)}); check its permissions and the free space of the disk.`,
        { cause: error },
      );
    }
  }

  /**
   * Replaces this workspace's model, which is put aside. A whole model exists at every moment.
   * @throws UserFacingError while a training works on it, or when the disk does not take it.
   */
  async adopt(model: Model): Promise<Adoption> {
    await this.prepare();
    const lock = await lockModel(this.path);
    const aside = (await this.exists()) ? this.asidePath() : undefined;
    try {
      if (aside !== undefined) await linkOrCopy(this.path, aside);
      await writeModel(this.path, model);
      return { aside, version: await this.version() };
    } catch (error) {
      if (aside !== undefined) await fs.rm(aside, { force: true });
      throw error;
    } finally {
      lock.release();
    }
  }

  /**
   * Restores the replaced model.
   * @returns false if the new model has changed since.
   * @throws UserFacingError while a training works on it.
   */
  async undoAdoption({ aside, version }: Adoption): Promise<boolean> {
    return this.whileLocked(async () => {
      if ((await this.version()) !== version) return false;
      if (aside === undefined) await fs.rm(this.path, { force: true });
      else await fs.rename(aside, this.path);
      return true;
    }, false);
  }

  /**
   * Deletes a model that was put aside, the copy that training anew kept, the history of its trainings, and models that
   * would come in its place.
   */
  override async purge(aside: string): Promise<void> {
    await super.purge(aside);
    if (await this.exists()) return;
    const strays = await strayModels(this.path);
    for (const file of [panelFileOf(this.path), ...strays]) await fs.rm(file, { force: true });
  }

  /**
   * Takes over a model that an earlier version kept for a further window of this workspace, where there is no other.
   * @returns whether one was taken over.
   * @throws UserFacingError while a training works on a new one.
   */
  async claimStray(): Promise<boolean> {
    return !(await this.exists()) && (await claimStrayModel(this.path));
  }

  /** Deletes models that windows put aside which were closed before their notification was. */
  async purgeLeftovers(): Promise<void> {
    const names = await fs.readdir(this.folder.fsPath).catch(() => []);
    for (const name of names) {
      if (name.startsWith(FILE_NAME) && name.endsWith(ASIDE_ENDING) && !isOfOtherWindow(name)) {
        await this.purge(path.join(this.folder.fsPath, name));
      }
    }
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}

/** The file of the training panel for a model file. */
export function panelFileOf(modelPath: string): string {
  return path.join(path.dirname(modelPath), PANEL_FILE_NAME);
}

/** Whether a model was put aside by another window that is still open and so may restore it. */
function isOfOtherWindow(name: string): boolean {
  const pid = Number(/\.(\d+)\.deleted$/.exec(name)?.[1] ?? 0);
  return pid > 0 && pid !== process.pid && isAlive(pid);
}
