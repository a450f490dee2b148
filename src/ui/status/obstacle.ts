import * as vscode from 'vscode';
import { type Obstacle, obstacleOf } from '../../session/index.ts';

/** The obstacle of the window as it is now. */
export function currentObstacle(hasStorage: boolean): Obstacle {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return obstacleOf({
    hasStorage,
    schemes: folders.map(({ uri }) => uri.scheme),
    isTrusted: vscode.workspace.isTrusted,
  });
}
