import path from 'node:path';
import type { Yielder } from '../../common/yielder.ts';
import { isReasonOf, varyingReason } from '../reasons.ts';
import { foldersUpToRepository, type Repository, repositoryAt } from './git/git-repository.ts';
import { globalExcludes } from './git/global-excludes.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { readList } from './list-file.ts';

/** Lists of what no model shall see, in the syntax of `.gitignore`; they hold for tracked files, too. */
const MODEL_IGNORE_FILES = ['.aiexclude', '.cursorignore', '.copilotignore'] as const;
const IGNORE_LISTS: readonly string[] = ['.gitignore', ...MODEL_IGNORE_FILES];

/** Whether a file of this name says what is to be ignored. */
export function isIgnoreList(name: string): boolean {
  return IGNORE_LISTS.includes(name);
}

/** Rules, and the folder that their paths are relative to. */
interface BasedRules {
  readonly base: string;
  readonly rules: IgnoreRules;
}

/** The ignore rules that hold in a folder. */
export interface FolderRules {
  /** Those of Git, which begin anew in each repository. */
  readonly git: BasedRules & { readonly repository: Repository | undefined };
  /** Those of each of `MODEL_IGNORE_FILES`. */
  readonly models: ReadonlyMap<string, BasedRules>;
  /** Whether the folder is ignored, so that only tracked files in it are not. */
  readonly onlyTracked: boolean;
}

/** Whether a folder or file is ignored, and by which kind of list. */
export type Ignored = { readonly by: 'git' | 'models'; readonly reason: string } | undefined;

/**
 * The rules that hold at `root` before its own: those of the folders above it up to the top of its Git
 * repository. None where it lies in no repository, and none where they would hide the root itself, since the
 * user asked for it by name.
 */
export async function rulesAbove(root: string): Promise<FolderRules> {
  const above = await foldersUpToRepository(root);
  const base = above[0] ?? root;
  const repository = above.length === 0 ? undefined : await repositoryAt(base);
  let rules = await rulesOfRepository(base, repository);
  for (const folder of above.slice(0, -1)) rules = await withRulesOf(folder, rules);
  const none = { base, rules: IgnoreRules.none };
  const inside = relativeTo(base, root);
  if (inside === '') return rules;
  const kept = (based: BasedRules): BasedRules => (based.rules.ignoresFolder(inside) ? none : based);
  return {
    ...rules,
    git: { ...kept(rules.git), repository },
    models: new Map([...rules.models].map(([name, based]) => [name, kept(based)])),
  };
}

/** `above` without the rules of Git, which begin anew at the top of a repository. */
export async function rulesOfNested(repository: Repository, above: FolderRules): Promise<FolderRules> {
  const own = await rulesOfRepository(repository.top, repository);
  return { ...own, models: above.models };
}

/**
 * `rules` and those that lists in `folder` itself add.
 * @param names what is in the folder, where that is known
 */
export async function withRulesOf(
  folder: string,
  rules: FolderRules,
  names?: ReadonlySet<string>,
): Promise<FolderRules> {
  const added = (based: BasedRules, name: string): BasedRules | Promise<BasedRules> =>
    names?.has(name) === false ? based : withList(based, folder, name);
  const git = await added(rules.git, '.gitignore');
  const models = new Map<string, BasedRules>();
  for (const [name, based] of rules.models) models.set(name, await added(based, name));
  return { ...rules, git: { ...rules.git, ...git }, models };
}

/** `inside` as ignore rules want it: relative to `base`, with `/`; '' for the base itself. */
export function relativeTo(base: string, inside: string): string {
  return path.relative(base, inside).split(path.sep).join('/');
}

/** Why rules hide a folder or file, or undefined; those of Git hide no tracked file, and no folder of one. */
export async function ignoreReason(
  found: string,
  isFolder: boolean,
  rules: FolderRules,
  yielder: Yielder,
): Promise<Ignored> {
  for (const [name, based] of rules.models) {
    if (ignores(based, found, isFolder)) return { by: 'models', reason: varyingReason('ignoredBy', name) };
  }
  const { git } = rules;
  if (!rules.onlyTracked && !ignores(git, found, isFolder)) return undefined;
  const inside = relativeTo(git.base, found);
  const tracked = await git.repository?.tracked(yielder);
  const isTracked = isFolder ? tracked?.hasBelow(inside) : tracked?.has(inside);
  return isTracked === true ? undefined : { by: 'git', reason: varyingReason('ignoredBy', '.gitignore') };
}

/** Whether `reason` is one of `ignoreReason`. */
export function isIgnoreReason(reason: string): boolean {
  return isReasonOf(reason, 'ignoredBy');
}

/** Whether a folder that is walked for its tracked files is ignored itself. */
export function hidesUntracked(folder: string, rules: FolderRules): boolean {
  return rules.onlyTracked || ignores(rules.git, folder, true);
}

function ignores({ base, rules }: BasedRules, found: string, isFolder: boolean): boolean {
  const inside = relativeTo(base, found);
  return isFolder ? rules.ignoresFolder(inside) : rules.ignoresFile(inside);
}

async function rulesOfRepository(base: string, repository: Repository | undefined): Promise<FolderRules> {
  const none = repository ? IgnoreRules.empty(repository.spelling.ignoresCase) : IgnoreRules.none;
  let rules = none;
  if (repository) {
    const exclude = await readList(path.join(repository.commonFolder, 'info', 'exclude'));
    for (const list of [await globalExcludes(repository.commonFolder), exclude]) {
      if (list !== undefined) rules = rules.with('', list);
    }
  }
  return {
    git: { base, rules, repository },
    models: new Map(MODEL_IGNORE_FILES.map((name) => [name, { base, rules: none }])),
    onlyTracked: false,
  };
}

async function withList(based: BasedRules, folder: string, name: string): Promise<BasedRules> {
  const list = await readList(path.join(folder, name));
  if (list === undefined) return based;
  return { base: based.base, rules: based.rules.with(relativeTo(based.base, folder), list) };
}
