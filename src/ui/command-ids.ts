import { localize } from '../common/localization/localize.ts';

/** The id of every command, by its name in the code. */
export const COMMAND_IDS = {
  train: 'charRnn.train',
  trainWithWasm: 'charRnn.trainWithWasm',
  stopTraining: 'charRnn.stopTraining',
  generate: 'charRnn.generate',
  toggleSuggestions: 'charRnn.toggleSuggestions',
  snooze: 'charRnn.snooze',
  toggleSurprise: 'charRnn.toggleSurprise',
  nextSurprise: 'charRnn.nextSurprise',
  showUnit: 'charRnn.showUnit',
  useModelFile: 'charRnn.useModelFile',
  deleteModel: 'charRnn.deleteModel',
  openSettings: 'charRnn.openSettings',
  showLog: 'charRnn.showLog',
  showTraining: 'charRnn.showTraining',
} as const;

export type CommandName = keyof typeof COMMAND_IDS;

/** Commands that only buttons run; the manifest, and so the command palette, leaves them out. */
export const BUTTON_COMMANDS: ReadonlySet<CommandName> = new Set<CommandName>(['trainWithWasm']);

/** A button of a notification or the status item. */
export interface Button {
  /** In the display language. */
  readonly title: string;
  /** Id of the command that the button runs. */
  readonly command: string;
  readonly arguments?: unknown[];
}

export function button(title: string, name: CommandName): Button {
  return { title, command: COMMAND_IDS[name] };
}

export function showLog(): Button {
  return button(localize`Show Log`, 'showLog');
}

export function openFolder(): Button {
  return { title: localize`Open Folder`, command: 'workbench.action.files.openFolder' };
}

export function manageTrust(): Button {
  return { title: localize`Manage Trust`, command: 'workbench.trust.manage' };
}

export function reloadWindow(): Button {
  return { title: localize`Reload Window`, command: 'workbench.action.reloadWindow' };
}

/** The button that shows a setting. @param key its full key, or the beginning of several. */
export function openSetting(key: string): Button {
  return {
    title: localize`Open Setting`,
    command: 'workbench.action.openSettings',
    arguments: [key],
  };
}
