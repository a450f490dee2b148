import type * as vscode from 'vscode';
import { isLocked } from '../../common/lock-file.ts';
import { sleep } from '../../common/sleep.ts';
import { button } from '../command-ids.ts';
import { notify } from '../status/notifications.ts';

const KEY = 'charRnn.trainingUnderWay';

const MAX_SAVING_MS = 20_000;
const POLL_MS = 500;

/** Remembers across windows that a training is under way, so that one that was cut off is noticed. */
export class TrainingMark {
  private readonly memory: vscode.Memento;
  private readonly modelPath: string;

  /** @param memory of the workspace. */
  constructor(memory: vscode.Memento, modelPath: string) {
    this.memory = memory;
    this.modelPath = modelPath;
  }

  set(): void {
    void this.memory.update(KEY, true);
  }

  clear(): void {
    void this.memory.update(KEY, undefined);
  }

  /**
   * Shows that a training was cut off, as by a reload of the window, with a button that goes on.
   * @param maxWaitMs how long its process may take to save and end; one that goes on longer is another window's.
   */
  async reportCutOff(maxWaitMs = MAX_SAVING_MS): Promise<void> {
    if (this.memory.get<unknown>(KEY) !== true) return;
    for (let waited = 0; isLocked(this.modelPath); waited += POLL_MS) {
      if (waited >= maxWaitMs) return;
      await sleep(POLL_MS);
    }
    this.clear();
    await notify(
      'information',
      'A Char-RNN training ended when its window was closed or reloaded; what it had learnt was saved.',
      button('Continue Training', 'train'),
    );
  }
}
