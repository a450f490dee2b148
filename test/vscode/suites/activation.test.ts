import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { extension, untilStatus } from '../editor.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('registers every command of the manifest', async () => {
    await extension();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = vscode.extensions.getExtension('char-rnn.char-rnn')?.packageJSON as Manifest;
    assert.ok(contributes.commands.length >= 6);
    for (const { command } of contributes.commands)
      assert.ok(registered.has(command), `${command} is missing`);
  });

  it('starts nothing and writes nothing by itself', async () => {
    const view = await extension();
    assert.equal(view.trainingPid(), undefined);
    assert.equal(existsSync(view.modelPath), false);
  });

  it('says that there is no model yet, and offers to train', async () => {
    const status = await untilStatus(await extension(), 'noModel');
    assert.equal(status.command.command, 'charRnn.train');
  });

  it('answers Stop Training and Generate Sample without a model with a sentence, not an error', async () => {
    // A notification waits for the person; that the command is taken is enough.
    void vscode.commands.executeCommand('charRnn.stopTraining');
    await vscode.commands.executeCommand('charRnn.generate', { length: 10, temperature: 0.5 });
    assert.equal(
      vscode.window.activeTextEditor,
      undefined,
      'no document is opened for a sample that cannot be',
    );
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
