import path from 'node:path';
import { logReason } from '../text/log-lines.ts';
import type { SkippedFile } from '../source-file.ts';
import { readFailure } from '../../common/system-errors.ts';
import type { Yielder } from '../../common/yielder.ts';
import { english } from '../../common/localization/message.ts';
import { isSecretFile } from '../../secrets/index.ts';
import { fileNameReason, folderNameReason, VERSION_CONTROL } from './file-names.ts';
import { repositoryAt } from './git/git-repository.ts';
import {
  type FolderRules,
  hidesUntracked,
  ignoreReason,
  isIgnoreReason,
  relativeTo,
  rulesAbove,
  rulesOfNested,
  withRulesOf,
} from './ignore-files.ts';
import { exists } from './list-file.ts';
import { type Entry, listFolder } from './list-folder.ts';
import { isChecked, RootPatterns, unmatchedReason } from './root-patterns.ts';
import type { Root } from './roots.ts';
import { NOT_REGULAR, unreadableRoot } from './roots.ts';

/** A file that may be learnt, not yet opened. */
export interface FoundFile {
  readonly path: string;
  /** The path where it is no UTF-8, so that `path` has U+FFFD in it. */
  readonly rawPath: Buffer | undefined;
  /** Index of its root among the roots as given. */
  readonly rootIndex: number;
  /** Below the root, with `/` between segments; the file's name for a file that is a root itself. */
  readonly relativePath: string;
  /** Whether the user named this file itself. */
  readonly named: boolean;
}

export interface Patterns {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly excludeByRoot?: Readonly<Record<string, readonly string[]>>;
}

export interface WalkResult {
  readonly files: FoundFile[];
  readonly leftOut: SkippedFile[];
}

const EXCLUDED = english`excluded by settings`;
const NOT_INCLUDED = english`not among the included files`;
const CREDENTIALS = english`holds credentials`;
const OTHER_WORKING_TREE = english`another working tree of the same repository`;
const REASONS_BY_RULE: readonly string[] = [
  EXCLUDED,
  NOT_INCLUDED,
  CREDENTIALS,
  OTHER_WORKING_TREE,
  VERSION_CONTROL,
];

/** Whether a file or folder was left out by a rule about its path, so that it stays so whatever it holds. */
export function isLeftOutByPath({ path: skipped, reason }: SkippedFile): boolean {
  const name = path.basename(skipped);
  if (REASONS_BY_RULE.includes(reason) || isIgnoreReason(reason)) return true;
  return [folderNameReason(name), fileNameReason(name), logReason(name)].includes(reason);
}

/** Folders listed at the same time. */
const FOLDERS_AT_ONCE = 8;

/**
 * Finds the files below the roots that their names and the ignore rules let through. Symbolic links are not
 * followed; a root that lies in another one is walked as itself. Of an ignored folder, the folder alone is
 * reported. The order is not defined.
 * @throws UserFacingError for a root folder that cannot be listed.
 */
export async function findFiles(
  roots: readonly Root[],
  patterns: Patterns,
  yielder: Yielder,
  onFile: () => void,
): Promise<WalkResult> {
  const result: WalkResult = { files: [], leftOut: [] };
  const unmatched = new Set([...patterns.include, ...patterns.exclude].filter(isChecked));
  const rootPaths = new Set(roots.map((root) => root.realPath));
  for (const root of roots) {
    if (root.kind === 'folder') {
      await new Walk(root, rootPaths, patterns, unmatched, result, yielder, onFile).run();
    } else if (root.kind === 'special') {
      result.leftOut.push({ path: root.path, reason: NOT_REGULAR });
    } else if (isSecretFile(root.realPath) || isSecretFile(root.path)) {
      result.leftOut.push({ path: root.path, reason: CREDENTIALS });
    } else {
      const relativePath = path.basename(root.path);
      result.files.push({
        path: root.path,
        rawPath: undefined,
        rootIndex: root.index,
        relativePath,
        named: true,
      });
      onFile();
    }
  }
  const firstFolder = roots.find(({ kind }) => kind === 'folder');
  for (const pattern of firstFolder ? unmatched : [])
    result.leftOut.push({ path: firstFolder!.path, reason: unmatchedReason(pattern) });
  return result;
}

interface Folder {
  readonly path: string;
  readonly realPath: string;
  /** The real path where it is no UTF-8. */
  readonly rawPath: Buffer | undefined;
  /** Those of the folders above it. */
  readonly rules: FolderRules;
}

class Walk {
  private readonly root: Root;
  private readonly roots: ReadonlySet<string>;
  private readonly result: WalkResult;
  private readonly yielder: Yielder;
  private readonly onFile: () => void;
  private readonly included: RootPatterns;
  private readonly excluded: RootPatterns;
  private readonly pendingFolders: Folder[] = [];

  constructor(
    root: Root,
    roots: ReadonlySet<string>,
    patterns: Patterns,
    unmatched: Set<string>,
    result: WalkResult,
    yielder: Yielder,
    onFile: () => void,
  ) {
    this.root = root;
    this.roots = roots;
    this.result = result;
    this.yielder = yielder;
    this.onFile = onFile;
    this.included = new RootPatterns(root.path, patterns.include, unmatched);
    const own = patterns.excludeByRoot?.[root.path] ?? [];
    this.excluded = new RootPatterns(root.path, [...patterns.exclude, ...own], unmatched);
  }

  async run(): Promise<void> {
    const { path: rootPath, realPath } = this.root;
    const rules = await rulesAbove(realPath);
    await this.list({ path: rootPath, realPath, rawPath: undefined, rules });
    const listings = new Set<Promise<void>>();
    while (this.pendingFolders.length > 0 || listings.size > 0) {
      const folder = listings.size < FOLDERS_AT_ONCE ? this.pendingFolders.pop() : undefined;
      if (folder === undefined) {
        await Promise.race(listings);
        continue;
      }
      const listing = this.list(folder).finally(() => listings.delete(listing));
      listings.add(listing);
    }
  }

  private async list(folder: Folder): Promise<void> {
    this.yielder.signal?.throwIfAborted();
    try {
      const entries = await listFolder(folder, this.yielder);
      const names = new Set(entries.map(({ name }) => name));
      if (isBareRepository(names)) {
        this.result.leftOut.push({ path: folder.path, reason: VERSION_CONTROL });
        return;
      }
      const above = await this.rulesFor(folder, names);
      if (above === undefined) {
        this.result.leftOut.push({ path: folder.path, reason: OTHER_WORKING_TREE });
        return;
      }
      const rules = await withRulesOf(folder.realPath, above, names);
      for (const entry of entries) {
        await this.visit(entry, { ...folder, rules });
        if (this.yielder.isDue) await this.yielder.yield();
      }
    } catch (error) {
      this.yielder.signal?.throwIfAborted();
      if (folder.realPath === this.root.realPath) throw unreadableRoot(this.root.path, error);
      this.result.leftOut.push({ path: folder.path, reason: readFailure(error) });
    }
  }

  /** The rules above the folder's own, which begin anew in a repository; undefined for another working tree of one. */
  private async rulesFor(folder: Folder, names: ReadonlySet<string>): Promise<FolderRules | undefined> {
    const isRoot = folder.realPath === this.root.realPath;
    const repository = isRoot || !names.has('.git') ? undefined : await repositoryAt(folder.realPath);
    if (repository === undefined) return folder.rules;
    const { commonFolder, isLinked } = repository;
    const isOfEnclosing = commonFolder === folder.rules.git.repository?.commonFolder;
    const isOfWalked = [...this.roots].some((root) => commonFolder.startsWith(`${root}${path.sep}`));
    return isLinked && (isOfEnclosing || isOfWalked) ? undefined : rulesOfNested(repository, folder.rules);
  }

  private async visit(entry: Entry, folder: Folder): Promise<void> {
    const realPath = path.join(folder.realPath, entry.name);
    if (this.roots.has(realPath)) return;
    const found = path.join(folder.path, entry.name);
    const always = this.reasonByName(entry, realPath);
    const ignored =
      always === undefined
        ? await ignoreReason(realPath, entry.kind === 'folder', folder.rules, this.yielder)
        : undefined;
    // A repository that another one ignores has rules of its own.
    const isRepository =
      ignored?.by === 'git' && entry.kind === 'folder' && (await exists(path.join(realPath, '.git')));
    const reason = always ?? (isRepository ? undefined : ignored?.reason);
    if (reason !== undefined) {
      this.result.leftOut.push({ path: found, reason });
    } else if (entry.kind === 'folder') {
      const rules = { ...folder.rules, onlyTracked: hidesUntracked(realPath, folder.rules) };
      this.pendingFolders.push({ path: found, realPath, rawPath: entry.rawPath, rules });
    } else {
      const relativePath = relativeTo(this.root.realPath, realPath);
      const { rawPath } = entry;
      this.result.files.push({
        path: found,
        rawPath,
        rootIndex: this.root.index,
        relativePath,
        named: false,
      });
      this.onFile();
    }
  }

  /** Why an entry is left out whatever the ignore rules say, or undefined. */
  private reasonByName({ name, kind }: Entry, realPath: string): string | undefined {
    if (kind === 'link') return english`symbolic link`;
    const below = relativeTo(this.root.realPath, realPath);
    if (kind === 'folder') {
      const isExcluded = this.excluded.matchesFolder(below);
      return folderNameReason(name) ?? (isExcluded ? EXCLUDED : undefined);
    }
    if (kind === 'other') return NOT_REGULAR;
    // A working tree that is not the main one has a file in place of the folder.
    if (name === '.git') return VERSION_CONTROL;
    if (isSecretFile(realPath)) return CREDENTIALS;
    if (this.excluded.matchesFile(below)) return EXCLUDED;
    if (!this.included.isEmpty && !this.included.matchesFile(below)) return NOT_INCLUDED;
    return fileNameReason(name);
  }
}

/** Whether the names in a folder are those of a repository without a working tree. */
function isBareRepository(names: ReadonlySet<string>): boolean {
  return ['HEAD', 'objects', 'refs'].every((name) => names.has(name));
}
