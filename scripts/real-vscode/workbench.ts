import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';

/** An extension's package.json. */
interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** The workbench's address with a folder, a .code-workspace file or nothing open. */
export function workbenchAddress(authority: string, opened: string | undefined): string {
  const address = (name: string, value: string): string =>
    `http://${authority}/?${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`;
  if (opened === undefined || !existsSync(opened)) return address('ew', 'true');
  return address(statSync(opened).isDirectory() ? 'folder' : 'workspace', resolve(opened));
}

/**
 * Has the workbench load extensions in development, and run a test module in the extension host.
 *
 * The `payload` of the address can do so only together with the smoke-test driver, which hides notifications;
 * so the page's configuration is changed when it is there and not yet read.
 */
export async function developIn(
  page: Page,
  authority: string,
  { extensions, tests }: { extensions: readonly string[]; tests: string | undefined },
): Promise<void> {
  const address = (path: string) => ({ scheme: 'vscode-remote', authority, path });
  const options = {
    extensions: extensions.map(address),
    ...(tests !== undefined && { extensionTestsPath: address(tests) }),
  };
  // A string, so that the script's own code need not be typed for a browser.
  await page.addInitScript(`
    if (window.top === window) document.addEventListener('readystatechange', () => {
      const meta = document.getElementById('vscode-workbench-web-configuration');
      if (document.readyState !== 'interactive' || !meta) return;
      const configuration = JSON.parse(meta.getAttribute('data-settings'));
      Object.assign(configuration.developmentOptions ??= {}, ${JSON.stringify(options)});
      meta.setAttribute('data-settings', JSON.stringify(configuration));
    });`);
}

/** Makes an extensions folder whose one extension is `source` itself, so that a rebuild and a reload suffice. */
export async function linkExtension(
  extensionsDir: string,
  source: string,
  manifest: Manifest,
): Promise<void> {
  await mkdir(extensionsDir, { recursive: true });
  const { href, pathname } = pathToFileURL(source);
  const entry = {
    identifier: { id: `${manifest.publisher}.${manifest.name}` },
    version: manifest.version,
    location: { $mid: 1, external: href, path: pathname, scheme: 'file' },
    metadata: { source: 'resource', installedTimestamp: Date.now() },
  };
  await writeFile(join(extensionsDir, 'extensions.json'), JSON.stringify([entry]));
}
