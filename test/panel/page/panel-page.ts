import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Scope } from '../../../scripts/real-vscode/scope.ts';
import { ROOT } from '../../../scripts/repository.ts';
import { type FromPage, pageMarkup, type PanelContent, type ToPage } from '../../../src/panel/index.ts';
import { languageOf, setDisplayLanguage } from '../../../src/common/localization/localize.ts';
import { LANGUAGES, readTexts } from '../../localization/languages.ts';
import { MAX_WAIT_MS } from '../../waits.ts';
import type { Theme } from './themes.ts';

/** What stands for the extension host in the page's window. */
interface HostWindow {
  /** Messages that the page sent. */
  sent: FromPage[];
}

export interface PageOptions {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** The panel's page in a browser of its own, as a webview has it, with a test in the place of the extension host. */
export class PanelPage {
  readonly page: Page;
  /** Errors and warnings on the console, and what the content policy forbade. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  /** Opens the page; settles when it asked for its content. */
  static async open(browser: Browser, address: string, options: PageOptions): Promise<PanelPage> {
    const { theme, width, height, reducedMotion = 'reduce' } = options;
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion, locale: 'en-US' });
    page.setDefaultTimeout(MAX_WAIT_MS);
    const opened = new PanelPage(page);
    await page.addInitScript(beHost);
    await page.addInitScript(applyTheme, theme);
    await page.goto(address);
    await opened.until(
      () => (window as unknown as HostWindow).sent.some(({ type }) => type === 'ready'),
      null,
    );
    return opened;
  }

  /** Sends a message as the extension host does. */
  async post(message: ToPage): Promise<void> {
    await this.page.evaluate((data) => void window.postMessage(data, '*'), message);
  }

  /** Shows content; settles when it is drawn. */
  async show(content: PanelContent): Promise<void> {
    const before = await this.drawn();
    await this.post({ type: 'content', content });
    await this.untilDrawn(before);
  }

  /** Sends an update; settles when it is drawn. */
  async update(update: Partial<PanelContent>): Promise<void> {
    const before = await this.drawn();
    await this.post({ type: 'update', update });
    await this.untilDrawn(before);
  }

  /** Changes the theme as VS Code does. */
  async setTheme(theme: Theme): Promise<void> {
    await this.page.evaluate(applyTheme, theme);
  }

  async sent(): Promise<FromPage[]> {
    return this.page.evaluate(() => (window as unknown as HostWindow).sent);
  }

  /** How often the page was drawn. */
  async drawn(): Promise<number> {
    return this.page.evaluate(() => Number(document.body.dataset['drawn'] ?? 0));
  }

  /** Waits until a predicate holds in the page. Playwright's own waiting is what the content policy forbids: eval. */
  async until<T>(predicate: (given: T) => boolean, given: T): Promise<void> {
    const end = Date.now() + MAX_WAIT_MS;
    // TypeScript cannot tell that what is given crosses to the page unchanged.
    while (!(await this.page.evaluate(predicate as (given: unknown) => boolean, given))) {
      if (Date.now() > end)
        throw new Error(
          `The page did not come to ${String(predicate)}; it complained: ${this.complaints.join(' | ')}`,
        );
      await sleep(10);
    }
  }

  private untilDrawn(before: number): Promise<void> {
    return this.until((count) => Number(document.body.dataset['drawn'] ?? 0) > count, before);
  }
}

/**
 * Serves the page, in each language below the path of its name, and its bundle as built.
 * @returns the address of the English page.
 */
export async function servePage(scope: Scope): Promise<string> {
  const server = createServer((request, response) => {
    const source = `http://${request.headers.host}`;
    const language = LANGUAGES.find((name) => request.url === `/${name}`);
    if (language || request.url === '/') {
      response.setHeader('content-type', 'text/html').end(markupIn(language, source));
      return;
    }
    const type = { '/panel-page.js': 'text/javascript', '/panel-page.css': 'text/css' }[request.url ?? ''];
    if (type === undefined) return void response.writeHead(type === undefined ? 204 : 404).end();
    readFile(join(ROOT, 'dist', request.url!)).then(
      (bytes) => response.setHeader('content-type', type).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scope.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function markupIn(language: (typeof LANGUAGES)[number] | undefined, source: string): string {
  const translations = language && readTexts(`l10n/bundle.l10n.${language}.json`);
  setDisplayLanguage(language && translations && languageOf(language, translations));
  const parts = { script: '/panel-page.js', styles: '/panel-page.css', source, nonce: 'aTestOfThePage' };
  const markup = pageMarkup({ ...parts, translations });
  setDisplayLanguage();
  return markup;
}

/** Runs in the page: what VS Code gives a webview. What is kept outlasts a reload. */
function beHost(): void {
  const sent: unknown[] = [];
  Object.assign(window, {
    sent,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => sent.push(message),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
}

/** Runs in the page. */
function applyTheme({ bodyClass, colours }: Theme): void {
  const apply = (): void => {
    document.documentElement.removeAttribute('style');
    for (const [name, value] of Object.entries(colours))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    document.documentElement.style.setProperty('--vscode-font-family', '"Segoe UI", Ubuntu, sans-serif');
    document.documentElement.style.setProperty('--vscode-font-size', '13px');
    document.documentElement.style.setProperty('--vscode-editor-font-family', 'monospace');
    document.body.className = bodyClass;
  };
  if (document.body) apply();
  else
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      apply();
    }).observe(document, { childList: true, subtree: true });
}
