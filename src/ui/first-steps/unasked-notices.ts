import type * as vscode from 'vscode';
import type { Button } from '../command-ids.ts';
import { notify, showInStatusBar } from '../status/notifications.ts';
import type { Experience } from './experience.ts';

/**
 * Shows what nobody has just asked for. Up to the first accepted suggestion it is a notification; from then on only a
 * warning is, because it has the person decide something, and all else goes to the status bar and the log.
 */
export class UnaskedNotices {
  private readonly experience: Pick<Experience, 'hasAccepted'>;
  private readonly log: Pick<vscode.LogOutputChannel, 'info'>;

  constructor(experience: Pick<Experience, 'hasAccepted'>, log: Pick<vscode.LogOutputChannel, 'info'>) {
    this.experience = experience;
    this.log = log;
  }

  /** Settles when a notification is gone, or at once where there is none. */
  async show(
    level: 'information' | 'warning',
    sentence: string,
    ...buttons: readonly Button[]
  ): Promise<void> {
    if (level === 'warning' || !this.experience.hasAccepted) return notify(level, sentence, ...buttons);
    this.log.info(sentence);
    showInStatusBar(`$(info) ${sentence}`);
  }
}
