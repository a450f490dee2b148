import type { ErrorAction } from '../common/errors.ts';

/** The id of every command, by the name that the code knows it by. */
export const COMMAND_IDS = {
  train: 'charRnn.train',
  trainWithWasm: 'charRnn.trainWithWasm',
  stopTraining: 'charRnn.stopTraining',
  generate: 'charRnn.generate',
  toggleSuggestions: 'charRnn.toggleSuggestions',
  useModelFile: 'charRnn.useModelFile',
  deleteModel: 'charRnn.deleteModel',
  showLog: 'charRnn.showLog',
} as const;

export type CommandName = keyof typeof COMMAND_IDS;

/** Commands that only buttons run; the manifest, and so the command palette, leaves them out. */
export const BUTTON_COMMANDS: ReadonlySet<CommandName> = new Set<CommandName>(['trainWithWasm']);

/** A button, of a notification or the status item, that runs a command. */
export function button(title: string, name: CommandName): ErrorAction {
  return { title, command: COMMAND_IDS[name] };
}

export const SHOW_LOG = button('Show Log', 'showLog');

/** Commands of VS Code itself that buttons run. */
export const OPEN_FOLDER: ErrorAction = {
  title: 'Open Folder',
  command: 'workbench.action.files.openFolder',
};
export const MANAGE_TRUST: ErrorAction = { title: 'Manage Trust', command: 'workbench.trust.manage' };
