import * as vscode from 'vscode';
import type { Message } from './common/localization/message.ts';
import {
  checkedSetting,
  faultsOf,
  type SettingFault,
  type SettingKey,
  type SettingValue,
} from './session/index.ts';

/** All settings whose values break the manifest's rules. */
export function settingFaults(): SettingFault[] {
  return faultsOf(rawSetting);
}

/** The value of a setting, or a careful one where it is not valid; `onInvalid` receives the reason as a sentence. */
export function readSetting<K extends SettingKey>(
  key: K,
  onInvalid: (sentence: Message) => void,
): SettingValue<K> {
  return checkedSetting(key, rawSetting(key), onInvalid);
}

/** Caches settings that are read at every keystroke: each is read and checked once after a change. */
export class Settings implements vscode.Disposable {
  private readonly values = new Map<SettingKey, unknown>();
  private readonly onInvalid: (sentence: Message) => void;
  private readonly listener: vscode.Disposable;

  constructor(onInvalid: (sentence: Message) => void) {
    this.onInvalid = onInvalid;
    this.listener = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('charRnn')) this.values.clear();
    });
  }

  get<K extends SettingKey>(key: K): SettingValue<K> {
    if (!this.values.has(key)) this.values.set(key, readSetting(key, this.onInvalid));
    return this.values.get(key) as SettingValue<K>;
  }

  dispose(): void {
    this.listener.dispose();
  }
}

function rawSetting(key: SettingKey): unknown {
  return vscode.workspace.getConfiguration().get(key);
}
