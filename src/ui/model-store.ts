import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';

const fileName = 'model.safetensors';

/** Where this workspace's model lives: in VS Code's storage for the workspace, never in the workspace itself. */
export class ModelStore implements vscode.Disposable {
  readonly path: string;
  private readonly changed = new vscode.EventEmitter<void>();
  /** The file was written, here or by another window. */
  readonly onDidChange = this.changed.event;
  private readonly watcher: vscode.FileSystemWatcher;
  private readonly folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.folder = storage;
    this.path = vscode.Uri.joinPath(storage, fileName).fsPath;
    this.watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(storage, fileName),
      false,
      false,
      true,
    );
    this.watcher.onDidCreate(() => this.changed.fire());
    this.watcher.onDidChange(() => this.changed.fire());
  }

  /** Makes the storage folder; VS Code names it but leaves the making to the extension. */
  async prepare(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
  }

  async exists(): Promise<boolean> {
    return fs.stat(this.path).then(
      (stat) => stat.isFile(),
      () => false,
    );
  }

  /** Puts the model aside so that `restore` can undo it; false where there is none. */
  async putAside(): Promise<boolean> {
    if (!(await this.exists())) return false;
    await fs.rename(this.path, `${this.path}.deleted`);
    return true;
  }

  async restore(): Promise<void> {
    await fs.rename(`${this.path}.deleted`, this.path);
  }

  /** Deletes for good what was put aside, and the copy that training anew kept. */
  async purge(): Promise<void> {
    await fs.rm(`${this.path}.deleted`, { force: true });
    if (!(await this.exists())) await fs.rm(`${this.path}.previous`, { force: true });
  }

  dispose(): void {
    this.watcher.dispose();
    this.changed.dispose();
  }
}
