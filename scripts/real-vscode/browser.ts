import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { MAX_WAIT_MS } from '../../test/waits.ts';
import { canInstallBrowser, installBrowser } from './install.ts';
import type { Scope } from './scope.ts';

/** Thrown if there is no browser on this machine and npm has none for it. */
export class NoBrowserError extends Error {
  constructor() {
    super(
      `There is no Chrome or Chromium, and npm has none for ${process.platform} ${process.arch}; install one or name it in CHROMIUM.`,
    );
  }
}

interface Choice {
  readonly executablePath: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts a headless browser that sees nothing but this machine and ends with the scope: CHROMIUM, an installed Chrome
 * or Chromium that works, or the one npm carries.
 * @throws {NoBrowserError}
 */
export async function startBrowser(scope: Scope): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const found = named ? [named] : installedBrowsers();
  for (const executablePath of found) {
    try {
      return await launch(scope, { executablePath });
    } catch (error) {
      if (named || !canInstallBrowser()) throw error;
      console.log(`${executablePath} does not start headless; taking the Chromium that npm carries.`);
    }
  }
  if (!canInstallBrowser()) throw new NoBrowserError();
  return launch(scope, await npmBrowser(scope));
}

async function launch(scope: Scope, { executablePath, env }: Choice): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    timeout: MAX_WAIT_MS,
    env: { ...process.env, ...env },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
  scope.defer(() => browser.close());
  return browser;
}

function installedBrowsers(): string[] {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const applications = ['Google Chrome', 'Chromium'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications].filter(
    (file) => existsSync(file),
  );
}

/** npm's Chromium with its own libraries and fonts, as a machine without any has neither. */
async function npmBrowser(scope: Scope): Promise<Choice> {
  const folder = await installBrowser();
  const own = await scope.temporaryFolder('fonts');
  const fonts = [join(folder, 'fonts'), join(folder, 'node_modules/dejavu-fonts-ttf/ttf')];
  const configuration = join(own, 'fonts.conf');
  const lines = [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    ...fonts.map((font) => `<dir>${font}</dir>`),
    `<cachedir>${own}</cachedir>`,
    '<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>',
    '<alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>',
    '</fontconfig>',
  ];
  await writeFile(configuration, lines.join('\n'));
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: configuration },
  };
}
