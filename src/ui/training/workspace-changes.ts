import * as vscode from 'vscode';

/** Time without changes after which the changes so far are reported together. */
const QUIET_MS = 2000;
/** Time after which changes are reported even if files go on changing. */
const MAX_DELAY_MS = 10_000;
const CORPUS_SETTINGS = [
  'charRnn.corpus',
  'files.exclude',
  'search.exclude',
  'files.encoding',
  'files.autoGuessEncoding',
  'files.associations',
];

/** Reports that files of the workspace may have changed, once for many changes. */
export class WorkspaceChanges implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly isIgnored: (path: string) => boolean;
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** When the changes so far must be reported at the latest, in ms of `performance.now()`. */
  private deadline: number | undefined;

  /** @param isIgnored whether changes of a file are not reported; those of Git's own files never are. */
  constructor(isIgnored: (path: string) => boolean) {
    this.isIgnored = isIgnored;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const noteFile = ({ fsPath }: vscode.Uri): void => this.noteFile(fsPath);
    const note = (): void => this.note();
    this.owned = [
      watcher,
      watcher.onDidCreate(noteFile),
      watcher.onDidChange(noteFile),
      watcher.onDidDelete(noteFile),
      // The watcher misses files where the system does not report them, as on network drives.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.scheme === 'file') noteFile(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(note),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (CORPUS_SETTINGS.some((section) => change.affectsConfiguration(section))) note();
      }),
      this.changed,
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.owned) disposable.dispose();
  }

  private noteFile(path: string): void {
    if (!/[\\/]\.git[\\/]/.test(path) && !this.isIgnored(path)) this.note();
  }

  private note(): void {
    const now = performance.now();
    this.deadline ??= now + MAX_DELAY_MS;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.deadline = undefined;
        this.changed.fire();
      },
      Math.min(QUIET_MS, this.deadline - now),
    );
  }
}
