/**
 * npm start [-- FOLDER] [-- --tour]: the extension in real VS Code on FOLDER, or on a copy of this repository's sources.
 * Where nobody is at the terminal, or with --tour, plays the main job itself.
 */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserFacingError } from '../src/common/errors.ts';
import { userCache } from '../src/common/user-cache.ts';
import { openDesktop } from './real-vscode/desktop.ts';
import { withScope, type Scope } from './real-vscode/scope.ts';
import { workbenchAddress } from './real-vscode/workbench.ts';
import { build, main } from './repository.ts';
import { serveExtension, temporarySources } from './tour/editor-session.ts';
import { tour } from './tour/tour.ts';

/** The folder asked for, or a copy of our own sources in a temporary folder. */
async function folderToOpen(scope: Scope, asked: string | undefined): Promise<string> {
  if (asked === undefined) return temporarySources(scope);
  // npm changes into the repository; what was typed counts from where it was typed.
  const folder = resolve(process.env['INIT_CWD'] ?? '.', asked);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new UserFacingError(`${folder} is not a folder, so there is nothing to open; name a folder or none.`);
}

/** A folder's own profile is kept, and with it what was trained; that of the copy goes with it. */
async function profileFor(scope: Scope, folder: string, isCopy: boolean): Promise<string> {
  if (isCopy) return scope.temporaryFolder('profile');
  return join(userCache(), 'profiles', createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

/** Serves VS Code until Ctrl-C. */
async function serve(scope: Scope, folder: string, isCopy: boolean): Promise<number> {
  const profile = await profileFor(scope, folder, isCopy);
  const { server } = await serveExtension(scope, profile);
  console.log(
    `\nVS Code with Char-RNN is open on ${folder}${isCopy ? ', a copy of its own sources' : ''}:\n`,
  );
  console.log(`  ${workbenchAddress(server.authority, folder)}\n`);
  console.log(
    'Open that in a browser, press F1 and run "Char-RNN: Train on Workspace". Ctrl-C here ends it.',
  );
  await server.exited;
  if (!scope.isClosing) console.error("VS Code's server has ended by itself.");
  return scope.isClosing ? 0 : 1;
}

await main(async () => {
  const { values, positionals } = parseArgs({
    options: { tour: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const attended = process.stdin.isTTY && process.stdout.isTTY;
  const started = Date.now();
  await build();
  return withScope(async (scope) => {
    const folder = await folderToOpen(scope, positionals[0]);
    if (values.tour || !attended) return tour(scope, folder, started);
    if (process.platform === 'linux' && process.env['VSCODE_EXECUTABLE'] === undefined) {
      return serve(scope, folder, positionals[0] === undefined);
    }
    return openDesktop(scope, folder);
  });
});
