import { appendFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomGenerator } from '../../src/model/index.ts';
import type { Scope } from '../../scripts/real-vscode/scope.ts';
import {
  installExtension,
  QUIET_SETTINGS,
  settingsFile,
  startServer,
  writeSettings,
  type RunningServer,
} from '../../scripts/real-vscode/server.ts';
import { ROOT } from '../../scripts/repository.ts';
import { EditorWindow } from '../../scripts/real-vscode/window.ts';
import { packageExtension } from '../../scripts/bundles/vsix.ts';
import { git } from '../git.ts';
import { noSuggestionList, smallSettings } from '../vscode/constants.ts';
import { makeWorkspace } from '../vscode/workspace.ts';
import { Preload } from './preload.ts';
import { makeDisk, type Disk } from './storage.ts';

/** What a session starts from, and goes back to. */
const SETTINGS = {
  ...QUIET_SETTINGS,
  ...smallSettings,
  ...noSuggestionList,
  'charRnn.training.steps': null,
  'charRnn.training.minutes': 2,
};
/** Of the first training, which only makes a model. */
const FIRST_SETTINGS = { ...SETTINGS, 'charRnn.training.steps': 200 };
/** Parts of this repository's sources, so that there is more to learn than a training has time for. */
const LEARNT = ['completion', 'corpus', 'engine', 'training'];
const MODULES = ['files', 'editor', 'search', 'history', 'network', 'windows'];
/** How long a person looks for the command that stops a training, which is there only while one runs. */
const STOPPING_MS = 6000;

/** A person's VS Code with the packaged extension, on a folder under git. */
export class Session {
  readonly folder: string;
  readonly disk: Disk;
  readonly userData: string;
  readonly preload: Preload;
  readonly random: RandomGenerator;
  readonly server: RunningServer;
  window: EditorWindow;
  private readonly scope: Scope;
  private extraFiles = 0;
  private isOnOtherBranch = false;

  private constructor(
    scope: Scope,
    parts: Pick<Session, 'folder' | 'disk' | 'userData' | 'preload' | 'random' | 'server' | 'window'>,
  ) {
    this.scope = scope;
    this.folder = parts.folder;
    this.disk = parts.disk;
    this.userData = parts.userData;
    this.preload = parts.preload;
    this.random = parts.random;
    this.server = parts.server;
    this.window = parts.window;
  }

  static async start(scope: Scope, seed: number): Promise<Session> {
    const { path } = await packageExtension();
    const profile = await scope.temporaryFolder('profile');
    const place = { userData: join(profile, 'user-data'), extensionsDir: join(profile, 'extensions') };
    const { userData } = place;
    const disk = await makeDisk(scope, userData);
    await writeSettings(userData, FIRST_SETTINGS);
    await installExtension(scope, place, path);
    const folder = join(await scope.temporaryFolder('workspace'), 'fixture');
    await makeWorkspace(folder);
    for (const name of LEARNT) await cp(join(ROOT, 'src', name), join(folder, name), { recursive: true });
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'one');
    git(folder, 'checkout', '-q', '-b', 'other');
    for (const name of MODULES.slice(0, 3)) {
      const file = join(folder, 'src', `${name}.ts`);
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll('request', 'query'));
    }
    git(folder, 'commit', '-q', '-a', '-m', 'two');
    git(folder, 'checkout', '-q', '-');
    const preload = await Preload.create(scope);
    const { env } = preload;
    const server = await startServer(scope, { ...place, env, args: ['--idle-timeout-seconds', '600'] });
    const window = await EditorWindow.open(scope, server.authority, folder);
    const random = new RandomGenerator(seed);
    return new Session(scope, { folder, disk, userData, preload, random, server, window });
  }

  /** One of several, drawn. */
  oneOf<T>(items: readonly T[]): T {
    return items[Math.floor(this.random.nextUniform() * items.length)];
  }

  get module(): string {
    return join('src', `${this.oneOf(MODULES)}.ts`);
  }

  async type(): Promise<void> {
    await this.window.openFile(this.module);
    await this.window.press('Enter');
    await this.window.type(
      this.oneOf(['registry.reg', "registry.register('files.op", 'if (registry.isR', '// the ']),
    );
    if ((await this.window.ghostText(1500)) !== undefined)
      await this.window.press(this.oneOf(['Tab', 'Escape', 'Control+Z']));
    await this.window.type('x;');
    if (this.random.nextUniform() < 0.5) await this.window.save();
  }

  train(): Promise<void> {
    return this.window.runCommand('Char-RNN: Train on Workspace');
  }

  /** @throws where no training runs, and the palette does not list the command */
  stopTraining(): Promise<void> {
    return this.window.runCommand('Char-RNN: Stop Training', STOPPING_MS);
  }

  /** Another program changes files: writes, makes, renames and deletes them. */
  async changeFiles(): Promise<void> {
    const extra = (index: number) => join(this.folder, 'src', `extra-${index}.ts`);
    await appendFile(
      join(this.folder, this.module),
      `registry.register('other.${this.extraFiles}', list);\n`,
    );
    await writeFile(extra(this.extraFiles), 'registry.refresh(everything);\n'.repeat(40));
    // What a branch switch has put away is not there.
    await rename(extra(this.extraFiles - 1), extra(10_000 + this.extraFiles)).catch(() => undefined);
    await rm(extra(10_000 + this.extraFiles - 1), { force: true });
    this.extraFiles++;
  }

  /** @throws where git finds changes that it would overwrite; they are stashed away first */
  switchBranch(): void {
    git(this.folder, 'stash', '-q', '-u');
    git(this.folder, 'checkout', '-q', this.isOnOtherBranch ? '-' : 'other');
    this.isOnOtherBranch = !this.isOnOtherBranch;
  }

  async changeSettings(): Promise<void> {
    const drawn = this.oneOf<Readonly<Record<string, unknown>>>([
      { 'charRnn.temperature': 0.4 },
      { 'charRnn.suggestions.eagerness': 'eager' },
      { 'charRnn.suggestions.enabled': { '*': false } },
      { 'charRnn.corpus.exclude': ['src/queues.ts'] },
      { 'charRnn.temperature': 'hot' },
      {},
    ]);
    await writeFile(settingsFile(this.userData), JSON.stringify({ ...SETTINGS, ...drawn }, null, 2));
  }

  async resetSettings(): Promise<void> {
    await writeFile(settingsFile(this.userData), JSON.stringify(SETTINGS, null, 2));
  }

  async reload(): Promise<void> {
    await this.window.page.reload();
    await this.window.page.waitForSelector('.explorer-folders-view .monaco-list-row');
  }

  /** Opens the folder in a second window for a while, which trains too. */
  async openSecondWindow(): Promise<void> {
    const second = await EditorWindow.open(this.scope, this.server.authority, this.folder);
    await second.runCommand('Char-RNN: Train on Workspace');
    await second.page.waitForTimeout(3000);
    await second.page.close();
  }
}
