import * as vscode from 'vscode';
import { UserFacingError } from '../../common/errors.ts';
import { localize } from '../../common/localization/localize.ts';
import { message } from '../../common/localization/message.ts';
import type { ModelStore } from '../model/model-store.ts';

export type DeletableStore = Pick<ModelStore, 'putAside' | 'purge' | 'restore'>;

/**
 * Deletes this workspace's model. Until the notification is closed, the file is only renamed, so that Undo can restore it.
 * @param afterwards called whenever the file was removed or restored.
 * @param dropWorkspace called if there is no file; returns whether files were forgotten that had been read for suggestions.
 * @param suggestsBeforeTraining whether suggestions go on without a model, from the base network and the files.
 * @throws UserFacingError while it is being trained, and when it cannot be brought back.
 */
export async function deleteModel(
  store: DeletableStore,
  afterwards: () => void,
  dropWorkspace: () => boolean,
  suggestsBeforeTraining: boolean,
): Promise<void> {
  const aside = await store.putAside();
  if (aside === undefined) {
    void vscode.window.showInformationMessage(
      dropWorkspace()
        ? localize`This workspace has no Char-RNN model to delete; what was remembered of its files was forgotten.`
        : localize`This workspace has no Char-RNN model, so nothing was deleted.`,
    );
    return;
  }
  afterwards();
  const undo = localize`Undo`;
  const chosen = await vscode.window.showInformationMessage(
    suggestsBeforeTraining
      ? localize`The Char-RNN model of this workspace was deleted; suggestions go on as before the first training, and training again starts anew.`
      : localize`The Char-RNN model of this workspace was deleted, and what was remembered of its files forgotten; training again starts anew.`,
    undo,
  );
  if (chosen !== undo) {
    await store.purge(aside);
    return;
  }
  if (!(await store.restore(aside))) {
    throw new UserFacingError(
      message`The deleted Char-RNN model cannot be brought back because a new one was trained since, or another window deleted it for good; go on with the new one, or train again.`,
    );
  }
  afterwards();
}
