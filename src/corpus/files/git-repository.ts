import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { IgnoreRules } from './ignore-rules.ts';

/** A larger file is not an ignore list written by hand. */
const MAX_IGNORE_FILE_BYTES = 1024 * 1024;

/** Ignore rules that apply in a folder, and the folder that their paths are relative to. */
export interface RulesAt {
  readonly base: string;
  readonly rules: IgnoreRules;
}

/**
 * The rules that hold at `root` before its own: those of the folders above it up to the top of its Git
 * repository. None where it lies in no repository, and none where they would hide the root itself, since the
 * user asked for it by name.
 */
export async function rulesAbove(root: string): Promise<RulesAt> {
  const above = await foldersUpToRepository(root);
  const base = above[0] ?? root;
  let rules = IgnoreRules.none;
  for (const folder of above.slice(0, -1)) rules = await rulesOf(folder, base, rules);
  const inside = relativeTo(base, root);
  if (inside !== '' && rules.ignoresFolder(inside)) rules = IgnoreRules.none;
  return { base, rules };
}

/** `rules` and those that `folder` itself holds: `.git/info/exclude`, then `.gitignore`, which wins. */
export async function rulesOf(folder: string, base: string, rules: IgnoreRules): Promise<IgnoreRules> {
  const inside = relativeTo(base, folder);
  const gitFolder = await gitFolderOf(folder);
  const exclude = gitFolder && (await readList(path.join(gitFolder, 'info', 'exclude')));
  const gitignore = await readList(path.join(folder, '.gitignore'));
  const excluded = exclude === undefined ? rules : rules.with(inside, exclude);
  return gitignore === undefined ? excluded : excluded.with(inside, gitignore);
}

/** `inside` as ignore rules want it: relative to `base`, with `/`; '' for the base itself. */
export function relativeTo(base: string, inside: string): string {
  return path.relative(base, inside).split(path.sep).join('/');
}

/** From the top of the repository down to `root`; empty outside a repository. */
async function foldersUpToRepository(root: string): Promise<string[]> {
  const folders: string[] = [];
  for (let folder = root; ; folder = path.dirname(folder)) {
    folders.unshift(folder);
    if (await exists(path.join(folder, '.git'))) return folders;
    if (path.dirname(folder) === folder) return [];
  }
}

/** Where the repository at the top of which `folder` lies keeps its files; follows a worktree's `.git` file. */
async function gitFolderOf(folder: string): Promise<string | undefined> {
  const dotGit = path.join(folder, '.git');
  const stats = await stat(dotGit).catch(() => undefined);
  if (stats?.isDirectory()) return dotGit;
  if (!stats?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/m.exec((await readList(dotGit)) ?? '')?.[1]?.trim();
  if (target === undefined) return undefined;
  const gitFolder = path.resolve(folder, target);
  const common = await readList(path.join(gitFolder, 'commondir'));
  return common === undefined ? gitFolder : path.resolve(gitFolder, common.trim());
}

async function readList(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > MAX_IGNORE_FILE_BYTES) return undefined;
  return readFile(file, 'utf8').catch(() => undefined);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
