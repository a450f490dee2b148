import * as path from 'node:path';
import * as vscode from 'vscode';

/**
 * A storage folder for a window whose workspace is open in another one, too: where that one has the lock on
 * `ID/EXTENSION`, VS Code gives this one `ID-1/EXTENSION`, and so on. Ids are hashes, in hexadecimal digits.
 */
const OF_ANOTHER_WINDOW = /^(-?[0-9a-f]+)-\d$/;

/** The storage folder that all windows of a workspace have in common. @param storage as VS Code gives it to a window. */
export function sharedStorage(storage: vscode.Uri): vscode.Uri {
  const workspace = path.posix.basename(path.posix.dirname(storage.path));
  const id = OF_ANOTHER_WINDOW.exec(workspace)?.[1];
  if (id === undefined) return storage;
  return vscode.Uri.joinPath(storage, '..', '..', id, path.posix.basename(storage.path));
}
