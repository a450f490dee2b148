import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../common/make-folder.ts';
import { isRunning, ownMark, type ProcessMark } from '../../common/process-alive.ts';
import { userCache } from '../../common/user-cache.ts';

/** A day: long enough not to crash at every start, short enough that a repaired installation is tried again. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers across processes that trying a native library crashed the process, which no `catch` notices. A marker file
 * exists while the library is tried; a marker whose process is gone means that the try crashed.
 */
export class CrashGuard {
  private readonly path: string;

  /** @param path of the marker file. */
  constructor(path = join(userCache(), 'tensorflow-trial.json')) {
    this.path = path;
  }

  /** Whether the last try crashed its process less than a day ago. */
  get lastTryCrashed(): boolean {
    let marker: Partial<ProcessMark & { at: number }> | null;
    try {
      marker = JSON.parse(readFileSync(this.path, 'utf8')) as typeof marker;
    } catch {
      return false;
    }
    if (typeof marker?.pid !== 'number' || typeof marker.at !== 'number') return false;
    return Date.now() - marker.at < REMEMBERED_MS && !isRunning({ ...marker, pid: marker.pid });
  }

  /** Call before the library is touched. If the marker cannot be written, a crash is not remembered. */
  async begin(): Promise<void> {
    try {
      await makeFolder(dirname(this.path));
      await writeFile(this.path, JSON.stringify({ ...ownMark(), at: Date.now() }));
    } catch {
      // A read-only home directory: every try is like the first one.
    }
  }

  /** Call after the library was tried, when this process still runs. */
  end(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // A read-only home directory has no marker to remove.
    }
  }
}
