import { existsSync } from 'node:fs';
import { rm, unlink, writeFile } from 'node:fs/promises';
import { isLocked } from '../../common/lock-file.ts';
import { sleep } from '../../common/sleep.ts';
import { localize } from '../../common/localization/localize.ts';
import { button } from '../command-ids.ts';
import type { UnaskedNotices } from '../first-steps/unasked-notices.ts';

const ENDING = '.under-way';
const MAX_SAVING_MS = 20_000;
const POLL_MS = 500;

/**
 * Remembers across windows that a training is under way, so that one that was cut off is noticed: a file beside the
 * model, which one window alone can remove. What VS Code keeps for a workspace is written seconds later, and so read
 * again by a window that is loaded anew before.
 */
export class TrainingMark {
  private readonly modelPath: string;
  private readonly path: string;
  /** Changes of the file, one after the other. */
  private changes: Promise<void> = Promise.resolve();

  constructor(modelPath: string) {
    this.modelPath = modelPath;
    this.path = modelPath + ENDING;
  }

  set(): void {
    this.change(() => writeFile(this.path, ''));
  }

  clear(): void {
    this.change(() => rm(this.path, { force: true }));
  }

  /**
   * Shows that a training was cut off, as by a reload of the window, with a button that goes on; once, whatever windows
   * are open or begin anew.
   * @param maxWaitMs how long its process may take to save and end; one that goes on longer is another window's.
   */
  async reportCutOff(notices: Pick<UnaskedNotices, 'show'>, maxWaitMs = MAX_SAVING_MS): Promise<void> {
    await this.changes;
    if (!existsSync(this.path)) return;
    for (let waited = 0; isLocked(this.modelPath); waited += POLL_MS) {
      if (waited >= maxWaitMs) return;
      // After the lock is gone, too: a window whose training has just ended removes the mark itself.
      await sleep(POLL_MS);
    }
    if (!(await this.take())) return;
    await notices.show(
      'information',
      localize`A Char-RNN training ended when its window was closed or reloaded; what it had learnt was saved.`,
      button(localize`Continue Training`, 'train'),
    );
  }

  /** Settles when the file is as it was last to be. */
  get settled(): Promise<void> {
    return this.changes;
  }

  /** Removes the file. @returns whether it was there, and this window removed it. */
  private take(): Promise<boolean> {
    return unlink(this.path).then(
      () => true,
      () => false,
    );
  }

  /** A mark that cannot be written is not missed: the training cannot be saved in that folder either. */
  private change(make: () => Promise<void>): void {
    this.changes = this.changes.then(make).catch(() => undefined);
  }
}
