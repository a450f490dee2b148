import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type {} from 'mocha';
import * as vscode from 'vscode';
import { acceptSuggestion, extension, revert, typeLine, until } from '../editor.ts';
import { logText } from '../log.ts';
import { memoryPathOf } from '../memory.ts';

describe('a large workspace opened again', () => {
  it('is suggested from as it was remembered', async () => {
    const view = await extension();
    await until('what is remembered', () => view.suggestions.client.workspace);
    const log = await logText('are remembered, after');
    assert.doesNotMatch(log, /cannot be used/);
    const document = await typeLine('notes.ts', 'remember_the_eleph');
    assert.match(await acceptSuggestion(document), /^ant/);
    await revert(document);
  });

  it('is kept no longer than until Delete Model', async () => {
    const view = await extension();
    const path = memoryPathOf(view);
    assert.ok(existsSync(path));
    const deletion = vscode.commands.executeCommand('charRnn.deleteModel');
    await until('the file of what is remembered to go', () => !existsSync(path));
    await vscode.commands.executeCommand('notifications.clearAll');
    await deletion;
    const left = await readdir(dirname(path));
    assert.deepEqual(
      left.filter((name) => name.startsWith(basename(path))),
      [],
    );
  });
});
