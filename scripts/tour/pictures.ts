/** npm run pictures: takes the pictures of the walkthrough and of README.md anew, from real VS Code on a copy of this repository. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withScope } from '../real-vscode/scope.ts';
import type { EditorWindow } from '../real-vscode/window.ts';
import { build, main, ROOT } from '../repository.ts';
import { openEditor, temporarySources } from './editor-session.ts';

const MEDIA = join(ROOT, 'media');
const SIZE = { width: 800, height: 500 };

const TRAINING_MINUTES = 3;
/** A training, and what reading and saving take on a busy machine. */
const MAX_TRAINING_MS = (TRAINING_MINUTES + 5) * 60_000;

/** How far down in the panel the curves are, in pixels. */
const DOWN_TO_CURVES = 370;
/** Behind the cursor on the line with the mistake. */
const BEHIND_MISTAKE = ' : String(error);';
const MAX_RATING_ATTEMPTS = 20;

const SETTINGS = {
  'charRnn.training.minutes': TRAINING_MINUTES,
  'editor.autoClosingBrackets': 'never',
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  // What is typed is not valid yet, and would be underlined in red.
  'typescript.validate.enable': false,
  'workbench.activityBar.location': 'hidden',
};

await main(async () => {
  await build();
  for (const folder of ['walkthrough', 'readme']) await mkdir(join(MEDIA, folder), { recursive: true });
  return withScope(async (scope) => {
    const { window } = await openEditor(scope, await temporarySources(scope), SETTINGS);
    await window.page.setViewportSize(SIZE);
    await window.openFile('src/common/errors.ts');
    await window.press('Control+B');
    await train(window);
    await ghostText(window);
    await settings(window);
    await surprise(window);
    await unit(window);
    await panel(window);
    return 0;
  });
});

/** Trains, and takes a picture in the middle. */
async function train(window: EditorWindow): Promise<void> {
  await window.runCommand('Char-RNN: Train on Workspace');
  const isHalfWay = ({ message }: { message: string }) => /[3-6]\d % · /.test(message);
  await window.waitForNotification(isHalfWay, 'of training', MAX_TRAINING_MS);
  await take(window, 'walkthrough/train');
  const hasEnded = ({ message, inProgress }: { message: string; inProgress: boolean }) =>
    !inProgress && message.includes('trained');
  await window.waitForNotification(hasEnded, 'of the end of training', MAX_TRAINING_MS);
  await window.runCommand('Notifications: Clear All Notifications');
}

async function ghostText(window: EditorWindow): Promise<void> {
  await window.press('Control+End');
  await window.typeUntilOffered(
    '\nexport function capitalOf(error: unknown): string {\n',
    'return error instanceof Error',
  );
  await take(window, 'walkthrough/type');
  await window.press('Escape');
  for (let line = 0; line < 2; line++) await window.press('Control+Shift+K');
}

async function settings(window: EditorWindow): Promise<void> {
  await window.runCommand('Char-RNN: Open Settings');
  await window.page.locator('.settings-editor').getByText('Suggestions').first().waitFor();
  await sleep(1000);
  await take(window, 'walkthrough/adjust');
  await window.press('Escape');
  await window.page.locator('.settings-editor').waitFor({ state: 'hidden' });
}

/** A mistake as it is typed, with what would rather have been expected. */
async function surprise(window: EditorWindow): Promise<void> {
  await window.press('Control+End');
  await window.runCommand('Char-RNN: Show Surprise');
  await window.type(`\nconst text = error instanceof Error ? error.mesage${BEHIND_MISTAKE}`);
  // Into the wrong word.
  for (let key = 0; key < BEHIND_MISTAKE.length + 3; key++) await window.press('ArrowLeft');
  const hover = window.page.locator('.monaco-hover:visible', { hasText: 'Surprise:' });
  for (let attempt = 0; (await hover.count()) === 0; attempt++) {
    if (attempt === MAX_RATING_ATTEMPTS) throw new Error('the mistake is not marked');
    await window.press('Escape');
    await sleep(2000);
    await window.press('Control+K');
    await window.press('Control+I');
    await sleep(1000);
  }
  await take(window, 'readme/surprise');
  await window.press('Escape');
  await window.runCommand('Char-RNN: Show Surprise');
}

/** The unit that follows strings best. */
async function unit(window: EditorWindow): Promise<void> {
  await window.openFile('src/model/validate.ts');
  await window.press('Control+Home');
  await window.runCommand('Char-RNN: Show What a Unit Sees');
  await window.page.locator('.quick-input-list').getByText('follows').first().waitFor({ timeout: 60_000 });
  await window.type('string');
  await sleep(1000);
  await window.press('Enter');
  await sleep(2000);
  await take(window, 'readme/unit');
  await window.runCommand('Char-RNN: Show What a Unit Sees');
}

async function panel(window: EditorWindow): Promise<void> {
  await window.runCommand('Char-RNN: Show Training');
  const page = window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await page.getByText(/No training runs/).waitFor();
  await window.page.mouse.move(SIZE.width / 2, SIZE.height / 2);
  await window.page.mouse.wheel(0, DOWN_TO_CURVES);
  await sleep(1000);
  await take(window, 'walkthrough/watch');
}

async function take(window: EditorWindow, name: string): Promise<void> {
  await window.screenshot(join(MEDIA, `${name}.png`));
}
