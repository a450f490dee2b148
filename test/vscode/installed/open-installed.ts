import { join } from 'node:path';
import type { Scope } from '../../../scripts/real-vscode/scope.ts';
import {
  installExtension,
  QUIET_SETTINGS,
  startServer,
  writeSettings,
} from '../../../scripts/real-vscode/server.ts';
import { EditorWindow } from '../../../scripts/real-vscode/window.ts';
import { makeWorkspace } from '../workspace.ts';

/** A profile of VS Code. */
export interface Profile {
  readonly userData: string;
  readonly extensionsDir: string;
}

/** What a test needs besides the package. */
export interface InstalledOptions {
  /** Besides those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of VS Code's server. */
  readonly args?: readonly string[];
  /** Called before the server starts. */
  readonly prepare?: (profile: Profile) => Promise<void>;
}

/** A window of real VS Code, in a profile of its own with the package installed, on a small workspace. */
export async function openInstalled(
  scope: Scope,
  packagePath: string,
  { settings = {}, args = ['--idle-timeout-seconds', '300'], prepare }: InstalledOptions = {},
): Promise<{ readonly window: EditorWindow; readonly folder: string; readonly profile: Profile }> {
  const root = await scope.temporaryFolder('profile');
  const profile = { userData: join(root, 'user-data'), extensionsDir: join(root, 'extensions') };
  await writeSettings(profile.userData, { ...QUIET_SETTINGS, ...settings });
  await installExtension(scope, profile, packagePath);
  await prepare?.(profile);
  const folder = join(await scope.temporaryFolder('workspace'), 'fixture');
  await makeWorkspace(folder);
  const { authority } = await startServer(scope, { ...profile, args });
  return { window: await EditorWindow.open(scope, authority, folder), folder, profile };
}
