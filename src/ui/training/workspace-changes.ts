import * as vscode from 'vscode';
import { FileChanges, type PowerSource } from '../../session/index.ts';
import { readSetting } from '../../settings.ts';

const CORPUS_SETTINGS = [
  'charRnn.corpus',
  'charRnn.memory',
  'files.exclude',
  'search.exclude',
  'files.encoding',
  'files.autoGuessEncoding',
  'files.associations',
];

/**
 * Reports that files of the workspace may have changed, as VS Code's watchers, saved documents, folders and settings
 * show; see `FileChanges`.
 */
export class WorkspaceChanges implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly rested = new vscode.EventEmitter<void>();
  /** Fires when `isResting` changed. */
  readonly onDidChangeResting = this.rested.event;
  private readonly files: FileChanges;
  private readonly owned: vscode.Disposable[];

  /** @param isIgnored whether changes of a file are not reported. */
  constructor(isIgnored: (path: string) => boolean, power: Pick<PowerSource, 'isOnBattery' | 'validMs'>) {
    this.files = new FileChanges(
      {
        isIgnored,
        restsOnBattery: () => readSetting('charRnn.corpus.restOnBattery', () => undefined),
        onChange: () => this.changed.fire(),
        onResting: () => this.rested.fire(),
      },
      power,
    );
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const noteFile = ({ fsPath }: vscode.Uri): void => this.files.noteFile(fsPath);
    const noteRules = (): void => this.files.noteRules();
    this.owned = [
      watcher,
      watcher.onDidCreate(noteFile),
      watcher.onDidChange(noteFile),
      watcher.onDidDelete(noteFile),
      // The watcher misses files where the system does not report them, as on network drives.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.scheme === 'file') noteFile(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(noteRules),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (CORPUS_SETTINGS.some((section) => change.affectsConfiguration(section))) noteRules();
      }),
      this.changed,
      this.rested,
    ];
  }

  /** Whether files have changed that are not reported before there is other power than the battery. */
  get isResting(): boolean {
    return this.files.isResting;
  }

  dispose(): void {
    this.files.dispose();
    for (const disposable of this.owned) disposable.dispose();
  }
}
