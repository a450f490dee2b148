import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sentenceOf } from '../../src/common/errors.ts';
import { lineBeginnings, typicalSource } from './typing-samples.ts';
import type { Scope } from '../real-vscode/scope.ts';
import { settingsFile } from '../real-vscode/server.ts';
import type { EditorWindow } from '../real-vscode/window.ts';
import { ROOT } from '../repository.ts';
import { openEditor } from './editor-session.ts';

const SCREENSHOTS = join(ROOT, 'out', 'tour');

/** A minute of training, and what reading and saving take on a busy machine. */
const MAX_TRAINING_MS = 300_000;

const SETTINGS = {
  'charRnn.training.minutes': 1,
  // The lists of IntelliSense would cover the ghost text.
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
};

/** Prints the steps of the tour, with the seconds since it began. */
class Narrator {
  readonly #started: number;

  constructor(started: number) {
    this.#started = started;
  }

  say(sentence: string): void {
    console.log(`${((Date.now() - this.#started) / 1000).toFixed(1).padStart(6)} s  ${sentence}`);
  }
}

/**
 * Plays the main job in a headless browser and prints what it sees: train, suggestion, Tab, temperature, save.
 * @param started when the whole began, in milliseconds since the epoch.
 * @returns the exit status.
 */
export async function tour(scope: Scope, folder: string, started: number): Promise<number> {
  const narrator = new Narrator(started);
  await rm(SCREENSHOTS, { recursive: true, force: true });
  await mkdir(SCREENSHOTS, { recursive: true });
  narrator.say(`Starting VS Code on ${folder}`);
  let window: EditorWindow | undefined;
  try {
    const session = await openEditor(scope, folder, SETTINGS);
    window = session.window;
    narrator.say('The workbench is up, its explorer shows the files');
    await window.screenshot(join(SCREENSHOTS, '01-workbench.png'));
    await train(window, narrator);
    await suggest(scope, window, narrator, folder, session.userData);
    narrator.say(`Done; screenshots are in ${relative(process.cwd(), SCREENSHOTS)}`);
    return 0;
  } catch (error) {
    if (scope.isClosing) throw error;
    const picture = join(SCREENSHOTS, '99-failure.png');
    await window?.screenshot(picture).catch(() => undefined);
    narrator.say(`It went wrong: ${sentenceOf(error)}`);
    if (window) narrator.say(`What the window showed then is in ${relative(process.cwd(), picture)}`);
    return 1;
  }
}

/** Trains from the palette and prints the notification's text until it is done. */
async function train(window: EditorWindow, narrator: Narrator): Promise<void> {
  await window.runCommand('Char-RNN: Train on Workspace');
  narrator.say('Ran "Char-RNN: Train on Workspace" from the command palette');
  const first = await window.waitForNotification(({ inProgress }) => inProgress, 'of training');
  narrator.say(`Notification: ${first.message}`);
  let last = { message: first.message, time: Date.now() };
  let pictured = false;
  const end = Date.now() + MAX_TRAINING_MS;
  for (; Date.now() < end; await sleep(250)) {
    const notifications = await window.notifications();
    const failed = notifications.find(({ severity }) => severity === 'error');
    if (failed) throw new Error(`training failed with "${failed.message}"`);
    const running = notifications.find(({ inProgress }) => inProgress);
    if (running && running.message !== last.message && Date.now() - last.time > 1500) {
      narrator.say(`Notification: ${running.message}`);
      last = { message: running.message, time: Date.now() };
    }
    if (running && !pictured && /[3-9]\d % · /.test(running.message)) {
      pictured = true;
      await window.screenshot(join(SCREENSHOTS, '02-training.png'));
    }
    const done = notifications.find(({ inProgress, message }) => !inProgress && message.includes('trained'));
    if (done && !running) {
      narrator.say(`Notification: ${done.message}`);
      const bits = /([\d.]+) bits per character/.exec(done.message)?.[1];
      if (bits === undefined) throw new Error('training reported no bits per character on held-out files');
      narrator.say(`Held-out files: ${bits} bits per character`);
      await window.screenshot(join(SCREENSHOTS, '03-trained.png'));
      return;
    }
  }
  throw new Error(
    `training did not end within ${MAX_TRAINING_MS / 60_000} minutes, although it was set to take one`,
  );
}

/** Types in a file, accepts what is offered, at two temperatures, and checks the file on disk. */
async function suggest(
  scope: Scope,
  window: EditorWindow,
  narrator: Narrator,
  folder: string,
  userData: string,
): Promise<void> {
  const name = await typicalSource(folder);
  const file = join(folder, name);
  const before = await readFile(file);
  // The folder may be the user's own.
  scope.defer(() => writeFile(file, before));
  const beginnings = lineBeginnings(before.toString());
  await window.openFile(name);
  narrator.say(`Opened ${name}`);
  const accepted = [await acceptOne(window, narrator, beginnings, 4)];

  const temperature = 0.8;
  await window.setNumber('charRnn.temperature', temperature, join(SCREENSHOTS, '06-temperature.png'));
  await waitUntilStored(settingsFile(userData), /"charRnn\.temperature": 0\.8/);
  narrator.say(`Set charRnn.temperature to ${temperature} in the Settings editor`);
  accepted.push(await acceptOne(window, narrator, beginnings, 7));

  await window.save();
  const saved = await readFile(file, 'utf8');
  for (const line of accepted) {
    if (!saved.includes(line)) throw new Error(`${name} was saved without the accepted line "${line}"`);
  }
  await window.screenshot(join(SCREENSHOTS, '09-saved.png'));
  narrator.say(`Saved; ${name} on disk has both accepted lines, and is now put back as it was`);
}

/** Lines to try before giving up, and how many of them wait for ghost text to come by itself. */
const MAX_ATTEMPTS = 12;
const ATTEMPTS_WITHOUT_ASKING = 6;

/** Types line beginnings until one is continued, and accepts that with Tab. @returns the whole line. */
async function acceptOne(
  window: EditorWindow,
  narrator: Narrator,
  beginnings: string[],
  picture: number,
): Promise<string> {
  const tried = beginnings.splice(0, MAX_ATTEMPTS);
  await window.press('Control+End');
  await window.press('Enter');
  for (const [place, beginning] of tried.entries()) {
    await window.type(beginning);
    const unasked = place < ATTEMPTS_WITHOUT_ASKING;
    if (!unasked) await window.press('Alt+Backslash');
    const ghost = await window.ghostText(2500);
    if (ghost !== undefined) {
      beginnings.push(...tried.slice(place + 1));
      narrator.say(
        `Typed "${beginning}", was offered "${ghost}"${unasked ? '' : ' when asking for it (Alt+\\)'}`,
      );
      await window.screenshot(join(SCREENSHOTS, `0${picture}-ghost-text.png`));
      await window.press('Tab');
      await sleep(300);
      await window.screenshot(join(SCREENSHOTS, `0${picture + 1}-accepted.png`));
      narrator.say('Accepted it with Tab');
      return beginning + ghost.trimEnd();
    }
    narrator.say(`Typed "${beginning}", nothing was offered; trying another place`);
    await window.press('Escape');
    await window.press('Shift+Home');
    await window.press('Delete');
  }
  throw new Error(`no ghost text appeared after any of these line beginnings: ${tried.join(' | ')}`);
}

/** Waits until a settings file says what it should; VS Code writes it some time after the setting was changed. */
async function waitUntilStored(file: string, wanted: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (wanted.test(await readFile(file, 'utf8'))) return;
    await sleep(100);
  }
  throw new Error('the Settings editor did not save the temperature');
}
