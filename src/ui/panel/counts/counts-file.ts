import { readFile, rm } from 'node:fs/promises';
import { replaceFile } from '../../../common/atomic-file.ts';
import { isNotFound } from '../../../common/system-errors.ts';
import { type DayCounts, mergeCounts, parseCounts, withoutOldDays } from './day-counts.ts';

const VERSION = 1;

/** The counts of all windows, in a file of this machine: numbers by day and language, and nothing else. */
export class CountsFile {
  private readonly path: string;
  /** The last reading or writing, behind which the next one waits. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  read(): Promise<DayCounts> {
    return this.queued(() => this.readNow());
  }

  /** Adds counts to those in the file. Two windows that write within the same milliseconds may lose one's counts. */
  add(counts: DayCounts, now: Date): Promise<void> {
    return this.queued(async () => {
      const days = withoutOldDays(mergeCounts(await this.readNow(), counts), now);
      await replaceFile(this.path, async (file) => {
        await file.writeFile(JSON.stringify({ version: VERSION, days }));
      });
    });
  }

  forget(): Promise<void> {
    return this.queued(() => rm(this.path, { force: true }));
  }

  private async readNow(): Promise<DayCounts> {
    try {
      const { version, days } = JSON.parse(await readFile(this.path, 'utf8')) as Record<string, unknown>;
      return version === VERSION ? parseCounts(days) : {};
    } catch (error) {
      if (isNotFound(error) || error instanceof SyntaxError || error instanceof TypeError) return {};
      throw error;
    }
  }

  private queued<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => undefined);
    return result;
  }
}
