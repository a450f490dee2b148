import * as vscode from 'vscode';
import type { SuggestionClient } from '../../completion/index.ts';
import { isEnabledFor, readSetting } from '../../settings.ts';
import { currentObstacle } from './obstacle.ts';
import type { SettingFaults } from './setting-faults.ts';
import { StatusItem } from './status-item.ts';
import { type StatusText, statusText, type TrainingState } from './status-text.ts';

/** How often the age in "trained 5 min ago" is updated. */
const REFRESH_INTERVAL_MS = 60_000;

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

/** Updates the status item whenever client, training, settings, trust or the active editor change. */
export class StatusView implements vscode.Disposable {
  private readonly client: Pick<SuggestionClient, 'status' | 'workspace'>;
  private readonly training: ShownTraining | undefined;
  private readonly changes: ShownChanges | undefined;
  private readonly faults: Pick<SettingFaults, 'first'>;
  private readonly item = new StatusItem();
  private readonly owned: vscode.Disposable[];

  /** @param training and `changes` are undefined where no folder is open. */
  constructor(
    client: Pick<SuggestionClient, 'status' | 'workspace'>,
    training: ShownTraining | undefined,
    changes: ShownChanges | undefined,
    faults: Pick<SettingFaults, 'first'>,
  ) {
    this.faults = faults;
    this.client = client;
    this.training = training;
    this.changes = changes;
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
    const languageId = vscode.window.activeTextEditor?.document.languageId;
    const enabled = readSetting('charRnn.suggestions.enabled', () => undefined);
    this.item.show(
      statusText({
        obstacle: currentObstacle(this.training !== undefined),
        training: this.training?.state,
        worker: this.client.status,
        workspace: this.client.workspace,
        isResting: this.changes?.isResting ?? false,
        settingFault: this.faults.first,
        trainingFailure: this.training?.failure,
        languageId,
        enabledHere: isEnabledFor(enabled, languageId ?? '*'),
        now: new Date(),
      }),
    );
  }

  dispose(): void {
    for (const disposable of this.owned.reverse()) disposable.dispose();
  }
}
