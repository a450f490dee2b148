import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Scope } from './scope.ts';
import { MAX_WAIT_MS } from '../../test/waits.ts';
import { startBrowser } from './browser.ts';
import { workbenchAddress } from './workbench.ts';

/** A notification as a person sees it. */
export interface Notification {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** Titles of its buttons. */
  readonly buttons: readonly string[];
  /** Whether something is still running behind it: it has a Cancel button. */
  readonly inProgress: boolean;
}

interface SeenNotification {
  readonly message: string;
  readonly buttons: readonly string[];
  readonly hasError: boolean;
  readonly hasWarning: boolean;
}

/** An expression of the page: its notifications, all at one moment. */
const NOTIFICATIONS = `[...document.querySelectorAll('.notifications-toasts .notification-list-item')].map((item) => ({
  message: item.querySelector('.notification-list-item-message')?.innerText ?? '',
  buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
    (button) => button.innerText,
  ),
  hasError: item.querySelector('.notification-list-item-icon.codicon-error') !== null,
  hasWarning: item.querySelector('.notification-list-item-icon.codicon-warning') !== null,
}))`;

/** VS Code's window, driven as a person would: by keys, clicks and what is visible. */
export class EditorWindow {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens a folder in a headless browser; settles when the explorer shows its files. */
  static async open(scope: Scope, authority: string, folder: string): Promise<EditorWindow> {
    const browser = await startBrowser(scope);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
    page.setDefaultTimeout(MAX_WAIT_MS);
    await page.goto(workbenchAddress(authority, folder));
    await page.waitForSelector('.explorer-folders-view .monaco-list-row');
    return new EditorWindow(page);
  }

  /**
   * Runs a command by its title in the command palette.
   * @param milliseconds how long the palette is opened again while it does not list the command
   */
  async runCommand(title: string, milliseconds = MAX_WAIT_MS): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    const end = Date.now() + milliseconds;
    // The palette lists the commands there are when it opens: reopen it until the extension's are among them.
    while (Date.now() < end) {
      await this.#openQuickInput('F1', title);
      if (await appears(row, 5000)) {
        // A click, as Enter would run the first row, whatever that is.
        await row.click();
        return;
      }
      await this.#closeQuickInput();
    }
    throw new Error(`The command palette does not list "${title}".`);
  }

  /** Opens a file of the workspace by its path in it and puts the cursor at its end. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    const end = Date.now() + MAX_WAIT_MS;
    while (Date.now() < end) {
      await this.#openQuickInput('Control+P', path);
      if (await appears(row, 5000)) {
        await row.click();
        await this.page.waitForSelector(`.tab.active:has-text("${name}")`);
        await this.page.locator('.editor-instance .monaco-editor').first().waitFor();
        await this.page.keyboard.press('Control+End');
        return;
      }
      await this.#closeQuickInput();
    }
    throw new Error(`VS Code does not find the file ${path}.`);
  }

  async #openQuickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input:visible').first();
    await this.page.keyboard.press(key);
    await input.waitFor();
    await this.page.keyboard.type(text);
  }

  async #closeQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('Escape');
  }

  /** Types at the cursor, as fast as a brisk typist. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 40 });
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** The visible notifications, the newest first. */
  async notifications(): Promise<Notification[]> {
    const seen = await this.page.evaluate<SeenNotification[]>(NOTIFICATIONS);
    return seen
      .map(({ message, ...others }) => ({ ...others, message: message.replaceAll('\u00a0', ' ').trim() }))
      .filter(({ message }) => message !== '')
      .map(({ message, buttons, hasError, hasWarning }) => ({
        severity: hasError ? 'error' : hasWarning ? 'warning' : 'info',
        message,
        buttons,
        inProgress: buttons.includes('Cancel'),
      }));
  }

  /** Waits for a notification. @throws Error that lists the visible notifications. */
  async waitForNotification(
    isWanted: (notification: Notification) => boolean,
    what: string,
    milliseconds = MAX_WAIT_MS,
  ): Promise<Notification> {
    const end = Date.now() + milliseconds;
    for (;;) {
      const notifications = await this.notifications();
      const found = notifications.find(isWanted);
      if (found) return found;
      if (Date.now() > end) {
        const instead = notifications.map(({ message }) => message).join(' | ') || 'none';
        throw new Error(`No notification ${what} within ${milliseconds / 1000} s; to be seen: ${instead}`);
      }
      await sleep(200);
    }
  }

  /** Clicks a button of a notification. */
  async clickNotificationButton(title: string): Promise<void> {
    await this.page.locator('.notification-list-item .monaco-button', { hasText: title }).first().click();
  }

  /** The ghost text offered at the cursor, or undefined when there is none within the time given. */
  async ghostText(milliseconds = 5000): Promise<string | undefined> {
    const ghost = this.page.locator('.editor-instance .ghost-text-decoration');
    if (!(await appears(ghost.first(), milliseconds))) return undefined;
    // The text may still change with the answer to the last key, so wait until it stays the same.
    for (let last = ''; ;) {
      const text = (await ghost.allTextContents().catch(() => [])).join('').replaceAll('\u00a0', ' ');
      if (text === last) return text === '' ? undefined : text;
      last = text;
      await sleep(300);
    }
  }

  /**
   * Types `beginning`, then `rest` key by key until ghost text comes: the editor asks only when a key is pressed,
   * and the extension may not have been ready at the last one.
   */
  async typeUntilOffered(
    beginning: string,
    rest: string,
  ): Promise<{ readonly typed: string; readonly ghost: string }> {
    await this.type(beginning);
    let typed = beginning;
    for (const key of ['', ...rest]) {
      await this.type(key);
      typed += key;
      const ghost = await this.ghostText(8000);
      if (ghost !== undefined) return { typed, ghost };
    }
    throw new Error(`No ghost text while "${typed}" was typed`);
  }

  /** Sets a number in the Settings editor, pictures that, and goes back to the editor beneath. */
  async setNumber(key: string, value: number, picture: string): Promise<void> {
    await this.page.keyboard.press('Control+,');
    const settings = this.page.locator('.settings-editor');
    await settings.locator('.search-container .monaco-editor').first().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(`@id:${key}`);
    await settings.getByText('1 Setting Found').waitFor();
    const input = settings.locator('.setting-item-contents input').first();
    await input.fill(String(value));
    // The editor takes a value over a little after the last key, and marks the setting when it has.
    await settings.locator('.setting-item-contents.is-configured').first().waitFor();
    await this.screenshot(picture);
    await this.page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
  }

  /** Saves the file in front and waits until VS Code no longer shows it as changed. */
  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }
}

type Locator = ReturnType<Page['locator']>;

async function appears(locator: Locator, milliseconds: number): Promise<boolean> {
  return locator.waitFor({ timeout: milliseconds }).then(
    () => true,
    () => false,
  );
}
