import path from 'node:path';
import * as vscode from 'vscode';
import { isIgnoreList } from '../../corpus/index.ts';
import { readSetting } from '../../settings.ts';
import type { PowerSource } from '../../session/index.ts';

/** Time without changes after which the changes so far are reported together. */
const QUIET_MS = 2000;
/** Time after which changes are reported even if files go on changing. */
const MAX_DELAY_MS = 10_000;
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
 * Reports that files of the workspace may have changed, once for many changes. On battery power, changes of files wait
 * until there is other power; those of what is to be learnt, such as settings and ignore lists, do not.
 */
export class WorkspaceChanges implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly rested = new vscode.EventEmitter<void>();
  /** Fires when `isResting` changed. */
  readonly onDidChangeResting = this.rested.event;
  private readonly isIgnored: (path: string) => boolean;
  private readonly power: Pick<PowerSource, 'isOnBattery' | 'validMs'>;
  private readonly owned: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** When the changes so far must be reported at the latest, in ms of `performance.now()`. */
  private deadline: number | undefined;
  /** Whether changes wait that are reported on battery power, too. */
  private isUrgent = false;
  private resting = false;
  private isDisposed = false;

  /** @param isIgnored whether changes of a file are not reported; those of Git's own files never are. */
  constructor(isIgnored: (path: string) => boolean, power: Pick<PowerSource, 'isOnBattery' | 'validMs'>) {
    this.isIgnored = isIgnored;
    this.power = power;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const noteFile = ({ fsPath }: vscode.Uri): void => this.noteFile(fsPath);
    const noteRules = (): void => this.note(true);
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
    return this.resting;
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    for (const disposable of this.owned) disposable.dispose();
  }

  private noteFile(file: string): void {
    if (/[\\/]\.git[\\/]/.test(file)) return;
    const isList = isIgnoreList(path.basename(file));
    // A list rules its folder, whether it is learnt itself or not.
    if (!this.isIgnored(isList ? path.dirname(file) : file)) this.note(isList);
  }

  private note(isUrgent: boolean): void {
    const now = performance.now();
    this.isUrgent ||= isUrgent;
    this.deadline ??= now + MAX_DELAY_MS;
    this.reportAfter(Math.min(QUIET_MS, this.deadline - now));
  }

  private reportAfter(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.report(), milliseconds);
  }

  private async report(): Promise<void> {
    this.deadline = undefined;
    const mustRest = !this.isUrgent && (await this.restsNow());
    if (this.isDisposed) return;
    if (mustRest) {
      // Changes that were noted meanwhile have set the timer already.
      if (this.deadline === undefined) this.reportAfter(this.power.validMs);
    } else {
      this.isUrgent = false;
      this.changed.fire();
    }
    if (mustRest === this.resting) return;
    this.resting = mustRest;
    this.rested.fire();
  }

  private async restsNow(): Promise<boolean> {
    return readSetting('charRnn.corpus.restOnBattery', () => undefined) && (await this.power.isOnBattery());
  }
}
