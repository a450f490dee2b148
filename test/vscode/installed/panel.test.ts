import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packageExtension } from '../../../scripts/bundles/vsix.ts';
import { Scope } from '../../../scripts/real-vscode/scope.ts';
import type { EditorWindow } from '../../../scripts/real-vscode/window.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { endlessTraining } from '../constants.ts';
import { openInstalled } from './open-installed.ts';

const PICTURES = join(ROOT, 'out', 'panel');

/** An expression of the page: what VS Code has stored of the workspace's open editors, as JSON. */
const STORED_EDITORS = `(async () => {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  let stored = '';
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-')) continue;
    const database = await settled(indexedDB.open(name));
    const store = database.transaction('ItemTable').objectStore('ItemTable');
    stored += await settled(store.get('memento/workbench.parts.editor'));
    database.close();
  }
  return stored;
})()`;

/** The training panel in VS Code's own webview, opened while a training runs. */
describe('the training panel', () => {
  const scope = new Scope();
  const complaints: string[] = [];
  let window: EditorWindow;
  let page: FrameLocator;

  beforeAll(async () => {
    await mkdir(PICTURES, { recursive: true });
    const { path } = await packageExtension();
    ({ window } = await openInstalled(scope, path, { settings: endlessTraining }));
    window.page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        /panel-page|Content Security Policy/.test(message.text() + message.location().url)
      )
        complaints.push(message.text());
    });
    page = window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.screenshot(join(ROOT, 'out', 'panel-failure.png'));
  });

  afterAll(() => scope.close());

  it('is alive while a training runs', async () => {
    await window.runCommand('Char-RNN: Train on Workspace');
    await window.waitForNotification(
      ({ inProgress, message }) => inProgress && /\d+ %/.test(message),
      'of progress',
    );
    await window.runCommand('Char-RNN: Show Training');
    await page.getByText(/^Training: \d+ %/).waitFor();
    const values = page.locator('#values');
    const stepOf = async () =>
      Number(/^Step ([\d,]+)/.exec(await values.innerText())?.[1]?.replaceAll(',', ''));
    const first = await stepOf();
    await expect.poll(stepOf).toBeGreaterThan(first);
    expect(await page.locator('#by-language').innerText()).toMatch(/typescript/);
    await expect.poll(() => page.locator('#network-facts').innerText()).toMatch(/LSTM layer of 64 units/);
    await expect.poll(() => page.locator('#sample-text').textContent()).not.toBe('');
    await window.screenshot(join(PICTURES, 'vscode.png'));
  });

  it('lists why a file is left out', async () => {
    const reasons = page.locator('#by-reason summary');
    await reasons.first().click();
    await page.locator('#by-reason').getByRole('button', { name: '.env' }).waitFor();
  });

  it('stops the training by its button, and then shows what the model file has', async () => {
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/No training runs/).waitFor();
    expect(await page.locator('#values').innerText()).toMatch(/^Step [\d,]+/);
    expect(await page.getByRole('button', { name: 'Delete Model' }).isEnabled()).toBe(true);
  });

  it('is restored after a reload, with the history', async () => {
    // In a browser VS Code writes which editors are open every five seconds, when it is idle, and not while unloading.
    await expect.poll(() => window.page.evaluate<string>(STORED_EDITORS)).toContain('charRnn.training');
    await window.page.reload();
    await page.getByText(/No training runs/).waitFor();
    expect(await page.locator('#values').innerText()).toMatch(/^Step [\d,]+ after \d/);
    expect(await page.locator('#by-language').innerText()).toMatch(/typescript/);
    expect(complaints).toEqual([]);
  });
});
