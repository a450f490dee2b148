import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Yielder } from '../../../common/yielder.ts';
import { exists, readList } from '../list-file.ts';
import { type Spelling, spellingOf } from './spelling.ts';
import { type TrackedFiles, readTrackedFiles } from './tracked-files.ts';

/** A working tree of a Git repository. */
export interface Repository {
  /** Top of the working tree. */
  readonly top: string;
  /** Where Git keeps what all working trees of the repository share. */
  readonly commonFolder: string;
  /** Whether `git worktree add` made the working tree. */
  readonly isLinked: boolean;
  /** Which names are the same to it. */
  readonly spelling: Spelling;
  /** The files of its index, which ignore rules do not concern; read once, when they are first asked for. */
  readonly tracked: (yielder: Yielder) => Promise<TrackedFiles>;
}

/** The repository at the top of whose working tree `folder` lies; follows the `.git` file of submodules and worktrees. */
export async function repositoryAt(folder: string): Promise<Repository | undefined> {
  const gitFolder = await gitFolderOf(folder);
  if (gitFolder === undefined) return undefined;
  const common = await readList(path.join(gitFolder, 'commondir'));
  const commonFolder = common === undefined ? gitFolder : path.resolve(gitFolder, common.trim());
  const spelling = spellingOf((await readList(path.join(commonFolder, 'config'))) ?? '');
  let tracked: Promise<TrackedFiles> | undefined;
  return {
    top: folder,
    commonFolder,
    isLinked: common !== undefined,
    spelling,
    tracked: (yielder) => (tracked ??= readTrackedFiles(path.join(gitFolder, 'index'), spelling, yielder)),
  };
}

/** From the top of the repository down to `root`; empty outside a repository. */
export async function foldersUpToRepository(root: string): Promise<string[]> {
  const folders: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    folders.unshift(folder);
    if (await exists(path.join(folder, '.git'))) return folders;
    if (path.dirname(folder) === folder) return [];
  }
}

async function gitFolderOf(folder: string): Promise<string | undefined> {
  const dotGit = path.join(folder, '.git');
  const stats = await stat(dotGit).catch(() => undefined);
  if (stats?.isDirectory()) return dotGit;
  if (!stats?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/m.exec((await readList(dotGit)) ?? '')?.[1]?.trim();
  return target === undefined ? undefined : path.resolve(folder, target);
}
