import { join } from 'node:path';
import type { Scope } from '../real-vscode/scope.ts';
import { QUIET_SETTINGS, type RunningServer, startServer, writeSettings } from '../real-vscode/server.ts';
import { EditorWindow } from '../real-vscode/window.ts';
import { linkExtension } from '../real-vscode/workbench.ts';
import { copySources, manifest, ROOT } from '../repository.ts';

/** Copies this repository's sources to a folder that ends with the scope. @returns the folder */
export async function temporarySources(scope: Scope): Promise<string> {
  const folder = join(await scope.temporaryFolder('workspace'), manifest.name);
  await copySources(folder);
  return folder;
}

/**
 * Starts VS Code's server with this extension as it is built, and a profile in a folder.
 * @param settings besides those that keep it quiet
 * @param args more arguments of the server
 */
export async function serveExtension(
  scope: Scope,
  profile: string,
  settings: Readonly<Record<string, unknown>> = {},
  args: readonly string[] = [],
): Promise<{ readonly server: RunningServer; readonly userData: string }> {
  const userData = join(profile, 'user-data');
  const extensionsDir = join(profile, 'extensions');
  await writeSettings(userData, { ...QUIET_SETTINGS, ...settings });
  await linkExtension(extensionsDir, ROOT, manifest);
  return { server: await startServer(scope, { userData, extensionsDir, args }), userData };
}

/** VS Code with this extension as it is built, opened on a folder. */
export interface EditorSession {
  readonly window: EditorWindow;
  /** Where VS Code keeps the settings of the person. */
  readonly userData: string;
}

/** Opens real VS Code on a folder. @param settings besides those that keep it quiet */
export async function openEditor(
  scope: Scope,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<EditorSession> {
  const profile = await scope.temporaryFolder('profile');
  const args = ['--idle-timeout-seconds', '300'];
  const { server, userData } = await serveExtension(scope, profile, settings, args);
  return { window: await EditorWindow.open(scope, server.authority, folder), userData };
}
