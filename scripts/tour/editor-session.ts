import { join } from 'node:path';
import type { Scope } from '../real-vscode/scope.ts';
import { QUIET_SETTINGS, startServer, writeSettings } from '../real-vscode/server.ts';
import { EditorWindow } from '../real-vscode/window.ts';
import { linkExtension } from '../real-vscode/workbench.ts';
import { manifest, ROOT } from '../repository.ts';

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
  const [userData, extensionsDir] = [join(profile, 'user-data'), join(profile, 'extensions')];
  await writeSettings(userData, { ...QUIET_SETTINGS, ...settings });
  await linkExtension(extensionsDir, ROOT, manifest);
  const args = ['--idle-timeout-seconds', '300'];
  const { authority } = await startServer(scope, { userData, extensionsDir, args });
  return { window: await EditorWindow.open(scope, authority, folder), userData };
}
