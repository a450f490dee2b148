/** Why nothing can be trained or suggested at all; undefined where it can. */
export type Obstacle = 'no-folder' | 'untrusted' | 'virtual' | undefined;

/** The state of the editor that the obstacle depends on. */
export interface WindowInputs {
  /** Whether there is storage for this workspace; VS Code has none where no folder is open. */
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
