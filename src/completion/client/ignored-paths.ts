import path from 'node:path';

/** Files and folders of the workspace that suggestions never learn, as the last reading found them. */
export class IgnoredPaths {
  private paths: ReadonlySet<string> = new Set();

  set(paths: readonly string[]): void {
    this.paths = new Set(paths);
  }

  /** Whether the path, or a folder that it lies in, is one of them. */
  has(absolute: string): boolean {
    for (let at = absolute; ; at = path.dirname(at)) {
      if (this.paths.has(at)) return true;
      if (at === path.dirname(at)) return false;
    }
  }
}
