/** npm run pictures: takes the pictures of the walkthrough anew, from real VS Code on a copy of this repository's sources. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QUIET_SETTINGS, startServer, writeSettings } from '../real-vscode/server.ts';
import { withScope } from '../real-vscode/scope.ts';
import { EditorWindow } from '../real-vscode/window.ts';
import { linkExtension } from '../real-vscode/workbench.ts';
import { MAX_TRAINING_MS } from './tour.ts';
import { build, copySources, main, manifest, ROOT } from '../repository.ts';

const PICTURES = join(ROOT, 'media', 'walkthrough');
const SIZE = { width: 800, height: 500 };

const SETTINGS = {
  ...QUIET_SETTINGS,
  'charRnn.training.minutes': 1,
  'editor.fontSize': 16,
  'editor.minimap.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  // A line that is being typed is not valid yet, and would be underlined in red.
  'typescript.validate.enable': false,
  'workbench.activityBar.location': 'hidden',
};

await main(async () => {
  await build();
  await mkdir(PICTURES, { recursive: true });
  return withScope(async (scope) => {
    const folder = join(await scope.temporaryFolder('workspace'), manifest.name);
    await copySources(folder);
    const profile = await scope.temporaryFolder('profile');
    const [userData, extensionsDir] = [join(profile, 'user-data'), join(profile, 'extensions')];
    await writeSettings(userData, SETTINGS);
    await linkExtension(extensionsDir, ROOT, manifest);
    const { authority } = await startServer(scope, { userData, extensionsDir });
    const window = await EditorWindow.open(scope, authority, folder);
    await window.page.setViewportSize(SIZE);

    await window.openFile('src/common/errors.ts');
    await window.press('Control+B');
    await train(window);
    await window.press('Control+End');
    await window.typeUntilOffered('\nexport function sentence', 'Of(error: unknown): string {');
    await take(window, 'type');
    await window.press('Escape');

    await window.runCommand('Char-RNN: Open Settings');
    await window.page.locator('.settings-editor').getByText('Suggestions').first().waitFor();
    await sleep(1000);
    await take(window, 'adjust');
    await window.press('Escape');
    await window.page.locator('.settings-editor').waitFor({ state: 'hidden' });

    await window.runCommand('Char-RNN: Generate Sample');
    await takeDefaults(window);
    await window.page
      .locator('.notifications-toasts .notification-list-item')
      .first()
      .waitFor({ state: 'hidden' });
    await take(window, 'read');
    return 0;
  });
});

/** Trains for a minute and takes a picture in the middle. */
async function train(window: EditorWindow): Promise<void> {
  await window.runCommand('Char-RNN: Train on Workspace');
  const isHalfWay = ({ message }: { message: string }) => /[3-6]\d % · /.test(message);
  await window.waitForNotification(isHalfWay, 'of training', MAX_TRAINING_MS);
  await take(window, 'train');
  const hasEnded = ({ message, inProgress }: { message: string; inProgress: boolean }) =>
    !inProgress && message.includes('trained');
  await window.waitForNotification(hasEnded, 'of the end of training', MAX_TRAINING_MS);
  await window.runCommand('Notifications: Clear All Notifications');
}

async function take(window: EditorWindow, name: string): Promise<void> {
  await window.screenshot(join(PICTURES, `${name}.png`));
}

/** Takes what each question of Generate Sample proposes, until the sample has its document. */
async function takeDefaults(window: EditorWindow): Promise<void> {
  const sample = window.page.locator('.tab.active:has-text("Untitled")');
  for (let question = 0; question < 10 && !(await sample.isVisible()); question++) {
    await sleep(1000);
    await window.press('Enter');
  }
  await sample.waitFor();
}
