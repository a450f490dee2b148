import * as vscode from 'vscode';

/** Why nothing can be trained or suggested in this window at all; undefined where it can. */
export type Obstacle = 'no-folder' | 'untrusted' | 'virtual' | undefined;

/** The state of the window that the obstacle depends on. */
export interface WindowInputs {
  /** Whether VS Code has storage for this workspace; none where no folder is open. */
  readonly hasStorage: boolean;
  /** URI schemes of the workspace folders. */
  readonly schemes: readonly string[];
  readonly isTrusted: boolean;
}

export function obstacleOf({ hasStorage, schemes, isTrusted }: WindowInputs): Obstacle {
  if (!hasStorage || schemes.length === 0) return 'no-folder';
  if (!schemes.includes('file')) return 'virtual';
  return isTrusted ? undefined : 'untrusted';
}

/** The obstacle of the window as it is now. */
export function currentObstacle(hasStorage: boolean): Obstacle {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return obstacleOf({
    hasStorage,
    schemes: folders.map(({ uri }) => uri.scheme),
    isTrusted: vscode.workspace.isTrusted,
  });
}
