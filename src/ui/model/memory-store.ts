import * as vscode from 'vscode';
import { sentenceOf } from '../../common/errors.ts';
import { removeMemoryFile } from '../../completion/index.ts';

const FILE_NAME = 'memory.bin';

/** The file in VS Code's storage for the workspace in which what suggestions remember is kept for the next start. */
export class MemoryStore {
  readonly path: string;
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;

  constructor(storage: vscode.Uri, log: Pick<vscode.LogOutputChannel, 'warn'>) {
    this.path = vscode.Uri.joinPath(storage, FILE_NAME).fsPath;
    this.log = log;
  }

  /** Deletes the file, if there is one; never rejects. */
  async forget(): Promise<void> {
    try {
      await removeMemoryFile(this.path);
    } catch (error) {
      this.log.warn(
        `What was remembered of the workspace is still in ${this.path} (${sentenceOf(error)}); delete that file by hand.`,
      );
    }
  }
}
