import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import type { SkippedFile } from '../source-file.ts';
import { fileNameReason, folderNameReason } from './file-names.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { readFailure } from '../../common/system-errors.ts';
import type { Yielder } from '../../common/yielder.ts';
import { relativeTo, rulesAbove, rulesOf } from './git-repository.ts';
import type { RulesAt } from './git-repository.ts';
import type { Root } from './roots.ts';
import { unreadableRoot } from './roots.ts';
import { isSecretFile } from '../../secrets/index.ts';

/** A file that may be learnt, not yet opened. */
export interface FoundFile {
  readonly path: string;
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

const EXCLUDED = 'excluded by settings';
const GITIGNORED = 'ignored by .gitignore';
const NOT_INCLUDED = 'not among the included files';
const CREDENTIALS = 'holds credentials';
const REASONS_BY_RULE: readonly string[] = [EXCLUDED, GITIGNORED, NOT_INCLUDED, CREDENTIALS];

/** Whether a file or folder was left out by a rule about its path, so that it stays so whatever it holds. */
export function isLeftOutByPath({ path: skipped, reason }: SkippedFile): boolean {
  const name = path.basename(skipped);
  return REASONS_BY_RULE.includes(reason) || [folderNameReason(name), fileNameReason(name)].includes(reason);
}

/** Directory entries read by one call of the system. */
const ENTRIES_AT_ONCE = 256;
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
  const rootPaths = new Set(roots.map((root) => root.realPath));
  for (const root of roots) {
    if (root.kind === 'folder') {
      await new Walk(root, rootPaths, patterns, result, yielder, onFile).run();
    } else if (root.kind === 'special') {
      result.leftOut.push({ path: root.path, reason: 'not a regular file' });
    } else if (isSecretFile(root.realPath) || isSecretFile(root.path)) {
      result.leftOut.push({ path: root.path, reason: CREDENTIALS });
    } else {
      const relativePath = path.basename(root.path);
      result.files.push({ path: root.path, rootIndex: root.index, relativePath, named: true });
      onFile();
    }
  }
  return result;
}

interface Folder {
  readonly path: string;
  readonly realPath: string;
  readonly rules: IgnoreRules;
}

class Walk {
  private readonly root: Root;
  private readonly rootPaths: ReadonlySet<string>;
  private readonly result: WalkResult;
  private readonly yielder: Yielder;
  private readonly onFile: () => void;
  private readonly included: IgnoreRules | undefined;
  private readonly excluded: IgnoreRules;
  private readonly pendingFolders: Folder[] = [];
  private base = '';

  constructor(
    root: Root,
    rootPaths: ReadonlySet<string>,
    patterns: Patterns,
    result: WalkResult,
    yielder: Yielder,
    onFile: () => void,
  ) {
    this.root = root;
    this.rootPaths = rootPaths;
    this.result = result;
    this.yielder = yielder;
    this.onFile = onFile;
    const lines = (list: readonly string[]) => IgnoreRules.none.with('', list.join('\n'));
    this.included = patterns.include.length === 0 ? undefined : lines(patterns.include);
    this.excluded = lines([...patterns.exclude, ...(patterns.excludeByRoot?.[root.path] ?? [])]);
  }

  async run(): Promise<void> {
    const { base, rules }: RulesAt = await rulesAbove(this.root.realPath);
    this.base = base;
    await this.list({ path: this.root.path, realPath: this.root.realPath, rules });
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
    const rules = await rulesOf(folder.realPath, this.base, folder.rules);
    try {
      for await (const entry of await opendir(folder.realPath, { bufferSize: ENTRIES_AT_ONCE })) {
        this.visit(entry, { ...folder, rules });
        if (this.yielder.isDue) await this.yielder.yield();
      }
    } catch (error) {
      this.yielder.signal?.throwIfAborted();
      if (folder.realPath === this.root.realPath) throw unreadableRoot(this.root.path, error);
      this.result.leftOut.push({ path: folder.path, reason: readFailure(error) });
    }
  }

  private visit(entry: Dirent, folder: Folder): void {
    const realPath = path.join(folder.realPath, entry.name);
    if (this.rootPaths.has(realPath)) return;
    const found = path.join(folder.path, entry.name);
    const reason = this.reason(entry, realPath, folder.rules);
    if (reason !== undefined) {
      this.result.leftOut.push({ path: found, reason });
    } else if (entry.isDirectory()) {
      this.pendingFolders.push({ path: found, realPath, rules: folder.rules });
    } else {
      const relativePath = relativeTo(this.root.realPath, realPath);
      this.result.files.push({ path: found, rootIndex: this.root.index, relativePath, named: false });
      this.onFile();
    }
  }

  /** Why an entry is left out, or undefined. */
  private reason(entry: Dirent, realPath: string, rules: IgnoreRules): string | undefined {
    if (entry.isSymbolicLink()) return 'symbolic link';
    const below = relativeTo(this.root.realPath, realPath);
    const inside = relativeTo(this.base, realPath);
    if (entry.isDirectory()) {
      const always = folderNameReason(entry.name);
      if (always !== undefined) return always;
      if (this.excluded.ignoresFolder(below)) return EXCLUDED;
      return rules.ignoresFolder(inside) ? GITIGNORED : undefined;
    }
    if (!entry.isFile()) return 'not a regular file';
    if (isSecretFile(realPath)) return CREDENTIALS;
    if (this.excluded.ignoresFile(below)) return EXCLUDED;
    if (rules.ignoresFile(inside)) return GITIGNORED;
    if (this.included !== undefined && !this.included.ignoresFile(below)) return NOT_INCLUDED;
    return fileNameReason(entry.name);
  }
}
