import * as vscode from 'vscode';

/** Milliseconds of quiet after which it is told that files changed. */
const quiet = 2000;

/** Tells, a little later and once for many, that files of the workspace may have changed, come or gone. */
export class WorkspaceChanges implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const note = () => this.note();
    this.owned = [
      watcher,
      watcher.onDidCreate(note),
      watcher.onDidChange(note),
      watcher.onDidDelete(note),
      vscode.workspace.onDidChangeWorkspaceFolders(note),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const sections = ['charRnn.corpus', 'files.exclude', 'search.exclude'];
        if (sections.some((section) => change.affectsConfiguration(section))) note();
      }),
      this.changed,
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.owned) disposable.dispose();
  }

  private note(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed.fire(), quiet);
  }
}
