import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packageExtension } from '../../../scripts/bundles/vsix.ts';
import { Scope } from '../../../scripts/real-vscode/scope.ts';
import type { EditorWindow } from '../../../scripts/real-vscode/window.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { readTexts } from '../../localization/languages.ts';
import { noSuggestionList } from '../constants.ts';
import { openInstalled } from './open-installed.ts';

const PICTURES = join(ROOT, 'out', 'language');

/**
 * Makes VS Code find a language pack without any texts, as those of the marketplace cannot be reached: its own texts
 * stay English, and those of extensions are in the language.
 */
async function writeEmptyLanguagePack(userData: string, language: string): Promise<void> {
  const translations = join(userData, 'empty-language-pack.json');
  await mkdir(userData, { recursive: true });
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: '0',
    label: language,
    extensions: [{ extensionIdentifier: { id: `test.${language}` }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  await writeFile(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

/** The installed package in a VS Code whose display language is German. */
describe('VS Code in German', () => {
  const scope = new Scope();
  const manifest = readTexts('package.nls.de.json');
  const texts = readTexts('l10n/bundle.l10n.de.json');
  const title = (name: string): string => `Char-RNN: ${manifest[`command.${name}`]}`;
  let window: EditorWindow;

  beforeAll(async () => {
    await mkdir(PICTURES, { recursive: true });
    const { path } = await packageExtension();
    ({ window } = await openInstalled(scope, path, {
      args: ['--locale', 'de'],
      settings: noSuggestionList,
      prepare: ({ userData }) => writeEmptyLanguagePack(userData, 'de'),
    }));
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await window.screenshot(join(ROOT, 'out', 'language-failure.png'));
  });

  afterAll(() => scope.close());

  it('shows the titles of commands, and notifications', async () => {
    await window.runCommand(title('generate'));
    const { message, buttons } = await window.waitForNotification(() => true, 'about the missing model');
    expect(message).toBe(
      texts['There is no model to write a sample with because none was trained yet; train one first.'],
    );
    expect(buttons).toContain(texts['Train']);
  });

  it('shows the training panel', async () => {
    await window.runCommand(title('showTraining'));
    const page = window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByText(texts['There is no model yet; Train learns the files of this workspace.']).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await window.screenshot(join(PICTURES, 'panel-de.png'));
  });

  it('shows the settings', async () => {
    await window.runCommand(title('openSettings'));
    await window.page
      .locator('.settings-toc-wrapper')
      .getByText(manifest['settings.surprise.title'])
      .waitFor();
    const description = window.page.locator('.setting-item-description', { hasText: /^Wie bereitwillig/ });
    await description.first().waitFor();
    await window.screenshot(join(PICTURES, 'settings-de.png'));
    await window.press('Escape');
  });

  it('has ghost text in the accessible view', async () => {
    await window.openFile('src/files.ts');
    await window.press('Enter');
    const { ghost } = await window.typeUntilOffered('reg', 'isterCommand');
    await window.press('Alt+F2');
    const view = window.page.locator('.accessible-view .view-lines');
    await view.waitFor();
    await window.screenshot(join(PICTURES, 'accessible-view.png'));
    expect((await view.innerText()).replaceAll('\u00a0', ' ')).toContain(ghost);
  });
});
