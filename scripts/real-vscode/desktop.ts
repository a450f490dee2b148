import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { ROOT } from '../repository.ts';
import type { Scope } from './scope.ts';
import { QUIET_SETTINGS, writeSettings } from './server.ts';

/** Opens desktop VS Code (VSCODE_EXECUTABLE, or downloaded) with the extension in development; settles when it is closed. */
export async function openDesktop(scope: Scope, folder: string): Promise<number> {
  const executable = process.env['VSCODE_EXECUTABLE'] ?? (await downloadAndUnzipVSCode());
  const profile = await scope.temporaryFolder('profile');
  await writeSettings(join(profile, 'user-data'), QUIET_SETTINGS);
  console.log(`Opening VS Code with Char-RNN on ${folder}; run "Char-RNN: Train on Workspace" there.`);
  const child = spawn(
    executable,
    [
      folder,
      `--extensionDevelopmentPath=${ROOT}`,
      `--user-data-dir=${join(profile, 'user-data')}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
    ],
    { stdio: 'inherit' },
  );
  scope.defer(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 0));
  });
}
