import * as vscode from 'vscode';
import { englishText } from '../../common/localization/message.ts';
import { localized } from '../../common/localization/localize.ts';
import type { SettingFault } from '../../session/index.ts';
import { settingFaults } from '../../settings.ts';
import { openSetting } from '../command-ids.ts';
import { notify } from './notifications.ts';

/** Checks the settings whenever they change, and shows what is wrong with one once. */
export class SettingFaults implements vscode.Disposable {
  private readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  private readonly listener: vscode.Disposable;
  private readonly shown = new Set<string>();
  private faults: readonly SettingFault[] = [];

  constructor(log: Pick<vscode.LogOutputChannel, 'warn'>) {
    this.log = log;
    this.listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('charRnn')) this.check();
    });
    this.check();
  }

  /** The fault that matters most; undefined where all settings are valid. */
  get first(): SettingFault | undefined {
    return this.faults.find(({ forbidsLearning }) => forbidsLearning) ?? this.faults[0];
  }

  dispose(): void {
    this.listener.dispose();
  }

  private check(): void {
    this.faults = settingFaults();
    for (const { key, sentence } of this.faults) {
      const line = englishText(sentence);
      if (this.shown.has(line)) continue;
      this.shown.add(line);
      this.log.warn(line);
      void notify('error', localized(sentence), openSetting(key));
    }
  }
}
