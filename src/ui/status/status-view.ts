import * as vscode from 'vscode';
import type { SuggestionClient } from '../../completion/index.ts';
import { isEnabledFor } from '../../session/index.ts';
import { readSetting } from '../../settings.ts';
import { currentObstacle } from './obstacle.ts';
import type { SettingFaults } from './setting-faults.ts';
import { StatusItem } from './status-item.ts';
import { type StatusText, statusText, type TrainingState } from './status-text.ts';

/** How often the age in "trained 5 min ago" is updated. */
const REFRESH_INTERVAL_MS = 60_000;

/** The context key that is true while this window trains. */
const TRAINING_KEY = 'charRnn.isTraining';

/** The state of this window's trainings that the status shows. */
export interface ShownTraining {
  readonly state: TrainingState | undefined;
  readonly failure: string | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** What the status shows of files that change. */
export interface ShownChanges {
  readonly isResting: boolean;
  readonly onDidChangeResting: vscode.Event<void>;
}

/** The rest that the user has ordered. */
export interface ShownSnooze {
  /** In ms since 1970, Infinity for never in this window; undefined where it is off. */
  readonly until: number | undefined;
  readonly onDidChange: vscode.Event<void>;
}

/** What the status is derived from, besides settings, trust and the active editor. */
export interface StatusParts {
  readonly client: Pick<SuggestionClient, 'status' | 'workspace'>;
  /** Undefined where no folder is open. */
  readonly training: ShownTraining | undefined;
  /** Undefined where no folder is open. */
  readonly changes: ShownChanges | undefined;
  readonly faults: Pick<SettingFaults, 'first'>;
  readonly snooze: ShownSnooze;
}

/** Updates the status item and the context keys whenever what they are derived from changes. */
export class StatusView implements vscode.Disposable {
  private readonly parts: StatusParts;
  private readonly item = new StatusItem();
  private readonly owned: vscode.Disposable[];
  private isTraining = false;

  constructor(parts: StatusParts) {
    this.parts = parts;
    const { training, changes, snooze } = parts;
    const refresh = (): void => this.refresh();
    const timer = setInterval(refresh, REFRESH_INTERVAL_MS);
    this.owned = [
      this.item,
      { dispose: () => clearInterval(timer) },
      vscode.window.onDidChangeActiveTextEditor(refresh),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('charRnn')) this.refresh();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(refresh),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      snooze.onDidChange(refresh),
      ...(training ? [training.onDidChange(refresh)] : []),
      ...(changes ? [changes.onDidChangeResting(refresh)] : []),
    ];
    this.refresh();
  }

  /** What the status item shows. */
  get shown(): StatusText | undefined {
    return this.item.shown;
  }

  /** Derives the status anew, which is cheap. To be called whenever the client's status changed. */
  refresh(): void {
    const { client, training, changes, faults, snooze } = this.parts;
    const languageId = vscode.window.activeTextEditor?.document.languageId;
    const enabled = readSetting('charRnn.suggestions.enabled', () => undefined);
    this.item.show(
      statusText({
        obstacle: currentObstacle(training !== undefined),
        training: training?.state,
        worker: client.status,
        workspace: client.workspace,
        isResting: changes?.isResting ?? false,
        settingFault: faults.first,
        trainingFailure: training?.failure,
        languageId,
        enabledHere: isEnabledFor(enabled, languageId ?? '*'),
        snoozedUntil: snooze.until,
        now: new Date(),
      }),
    );
    this.setTraining(training?.state !== undefined);
  }

  dispose(): void {
    for (const disposable of this.owned.reverse()) disposable.dispose();
  }

  /** Sets the key on which `enablement` in the manifest depends. */
  private setTraining(isTraining: boolean): void {
    if (isTraining === this.isTraining) return;
    this.isTraining = isTraining;
    void vscode.commands.executeCommand('setContext', TRAINING_KEY, isTraining);
  }
}
