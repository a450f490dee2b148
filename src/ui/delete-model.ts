import * as vscode from 'vscode';
import type { ModelStore } from './model-store.ts';

/**
 * Deletes this workspace's model, with a way back: it is put aside until the notification is gone.
 * `afterwards` runs whenever the file came or went.
 */
export async function deleteModel(store: ModelStore, afterwards: () => void): Promise<void> {
  if (!(await store.putAside())) {
    void vscode.window.showInformationMessage(
      'This workspace has no Char-RNN model, so nothing was deleted.',
    );
    return;
  }
  afterwards();
  const undo = 'Undo';
  const chosen = await vscode.window.showInformationMessage(
    'The Char-RNN model of this workspace was deleted; training again starts from nothing.',
    undo,
  );
  if (chosen === undo) {
    await store.restore();
    afterwards();
  } else {
    await store.purge();
  }
}
