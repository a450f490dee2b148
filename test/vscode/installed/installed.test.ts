import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../../scripts/real-vscode/scope.ts';
import type { EditorWindow } from '../../../scripts/real-vscode/window.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { packageExtension } from '../../../scripts/bundles/vsix.ts';
import { MAX_WAIT_MS } from '../../waits.ts';
import { endlessTraining, noSuggestionList, typedFile } from '../constants.ts';
import { openInstalled } from './open-installed.ts';

/** One person's session, step by step, with the package as it would be published. */
describe('the packaged extension', () => {
  const scope = new Scope();
  let window: EditorWindow;
  let folder: string;

  beforeAll(async () => {
    const { path } = await packageExtension();
    // Limited by its time alone, so that it can be cancelled before it ends by itself on any machine.
    const settings = { ...endlessTraining, 'charRnn.training.minutes': 1, ...noSuggestionList };
    ({ window, folder } = await openInstalled(scope, path, { settings }));
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.screenshot(join(ROOT, 'out', 'installed-failure.png'));
  });

  afterAll(() => scope.close());

  it('trains from the palette, with progress, and can be cancelled', async () => {
    await window.runCommand('Char-RNN: Train on Workspace');
    await window.waitForNotification(
      ({ inProgress, message }) => inProgress && /\d+ % · /.test(message),
      'of progress',
    );
    await window.clickNotificationButton('Cancel');
    const stopped = await window.waitForNotification(
      ({ message }) => /stopped at step/.test(message),
      'of stopping',
    );
    expect(stopped.severity).toBe('info');
    expect(stopped.message).toContain('saved');
  });

  it('trains on from the notification, to the end', async () => {
    await window.clickNotificationButton('Continue Training');
    const done = await window.waitForNotification(
      ({ inProgress, message }) => !inProgress && /trained for|nothing new to learn/.test(message),
      'of the end',
      // The training itself takes a minute.
      2 * MAX_WAIT_MS,
    );
    expect(done.severity).toBe('info');
    expect(done.message).toMatch(/to a loss of \d\.\d\d and suggests as you type/);
  });

  it('shows ghost text that Tab accepts, and the saved file has it', async () => {
    await window.openFile(typedFile);
    const { typed, ghost } = await window.typeUntilOffered('registry.reg', "ister('files.");
    await window.press('Tab');
    await window.save();
    const saved = await readFile(join(folder, typedFile), 'utf8');
    expect(saved.trimEnd()).toContain(typed + ghost.trimEnd());
  });

  it('does not bring back what Escape hid while it is typed on', async () => {
    await window.press('Control+End');
    await window.press('Enter');
    const { ghost } = await window.typeUntilOffered('registry.reg', "ister('files.");
    await window.press('Escape');
    expect(await window.ghostText(500)).toBeUndefined();
    for (const key of ghost.slice(0, 3)) {
      await window.type(key);
      expect(await window.ghostText(1000)).toBeUndefined();
    }
  });
});
