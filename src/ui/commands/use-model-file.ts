import * as path from 'node:path';
import * as vscode from 'vscode';
import { UserFacingError } from '../../common/errors.ts';
import { localize } from '../../common/localization/localize.ts';
import { message } from '../../common/localization/message.ts';
import { readModel } from '../../model/index.ts';
import type { ModelStore } from '../model/model-store.ts';

export type AdoptingStore = Pick<ModelStore, 'path' | 'adopt' | 'purge' | 'undoAdoption'>;

/**
 * Replaces this workspace's model by one that was trained elsewhere, in CI or by a colleague, with an Undo. The file is
 * read and checked as a whole, and written anew from what was read.
 * @param given path of the file; left out: the user picks one.
 * @param afterwards called whenever the workspace's model changed.
 * @throws UserFacingError if the file is no valid model, the workspace's is being trained, or Undo is impossible.
 */
export async function useModelFile(
  store: AdoptingStore,
  given: unknown,
  afterwards: () => void,
): Promise<void> {
  const file = typeof given === 'string' ? given : await pick();
  if (file === undefined) return;
  if (path.resolve(file) === store.path) {
    void vscode.window.showInformationMessage(
      localize`That file is the Char-RNN model of this workspace already.`,
    );
    return;
  }
  const model = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: localize`Checking the model file` },
    () => readModel(file),
  );
  const adoption = await store.adopt(model);
  afterwards();
  const undo = localize`Undo`;
  const name = path.basename(file);
  const chosen = await vscode.window.showInformationMessage(
    adoption.aside === undefined
      ? localize`Char-RNN uses the model ${name} in this workspace; training goes on from it.`
      : localize`Char-RNN uses the model ${name} in this workspace instead of its own; training goes on from it.`,
    undo,
  );
  if (chosen !== undo) {
    if (adoption.aside !== undefined) await store.purge(adoption.aside);
    return;
  }
  if (!(await store.undoAdoption(adoption))) {
    throw new UserFacingError(
      message`The Char-RNN model of before cannot be brought back, because the new one was trained or replaced since; go on with it, or delete it and train again.`,
    );
  }
  afterwards();
}

async function pick(): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: localize`Use a Char-RNN Model File`,
      openLabel: localize`Use Model`,
      filters: { [localize`Char-RNN models`]: ['safetensors'], [localize`All files`]: ['*'] },
    })) ?? [];
  return picked?.fsPath;
}
