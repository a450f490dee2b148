import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive } from '../../common/process-alive.ts';
import { userCache } from '../../common/user-cache.ts';

/** Long enough not to crash at every start, short enough that a mended installation is found by itself. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers across processes that trying a native library took the process along, which no `catch` can: a mark
 * stands while the library is tried, and one whose process is gone tells of a crash.
 */
export class CrashGuard {
  private readonly path: string;

  /** @param path of the mark. */
  constructor(path = join(userCache(), 'tensorflow-trial.json')) {
    this.path = path;
  }

  /** Whether the last try, less than a day ago, ended its process. */
  get lastTryCrashed(): boolean {
    let mark: { pid?: unknown; at?: unknown } | null;
    try {
      mark = JSON.parse(readFileSync(this.path, 'utf8')) as typeof mark;
    } catch {
      return false;
    }
    if (typeof mark?.pid !== 'number' || typeof mark.at !== 'number') return false;
    return Date.now() - mark.at < REMEMBERED_MS && !isAlive(mark.pid);
  }

  /** To be called before the library is touched. Where nothing can be written, nothing is remembered. */
  begin(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(this.path, JSON.stringify({ pid: process.pid, at: Date.now() }));
    } catch {
      // A read-only home: every try is like the first.
    }
  }

  /** To be called when the library was tried and this process still runs. */
  end(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // As above.
    }
  }
}
