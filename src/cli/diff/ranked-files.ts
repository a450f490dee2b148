import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { readSource } from '../source-text.ts';
import { addedLines, type AddedLines } from './added-lines.ts';

/** A file of which some lines are ranked. */
export interface FileToRank {
  readonly path: string;
  /** With LF line ends. */
  readonly text: string;
  /** @param line its number, from 1 */
  readonly isRanked: (line: number) => boolean;
}

/** The files of these paths, each once, with all of their lines. @throws UserFacingError when one cannot be read */
export async function filesWithLines(paths: readonly string[]): Promise<FileToRank[]> {
  const files: FileToRank[] = [];
  for (const path of distinct(paths))
    files.push({ path, text: await readSource(path), isRanked: () => true });
  return files;
}

/**
 * The files that a diff adds lines to, with these lines.
 * @param paths of the files that are ranked; none: all
 * @throws UserFacingError when the diff or a file cannot be read, or they do not fit each other
 */
export async function filesOfDiff(diff: string, paths: readonly string[]): Promise<FileToRank[]> {
  const files: FileToRank[] = [];
  const wanted = distinct(paths);
  for (const added of addedLines(diff)) {
    const path = wanted.length === 0 ? pathOf(added) : wanted.find((each) => isNamed(each, added));
    if (path === undefined) continue;
    const text = await readSource(path);
    checkFit(path, text, added);
    files.push({ path, text, isRanked: (line) => added.lines.has(line) });
  }
  return files;
}

function distinct(paths: readonly string[]): string[] {
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

function isNamed(path: string, { names }: AddedLines): boolean {
  const absolute = resolve(path).split(sep).join('/');
  return names.some((name) => absolute === name || absolute.endsWith(`/${name}`));
}

/** Names in a diff begin at the root of a repository, which is the present folder or one above it. */
function pathOf({ names }: AddedLines): string {
  let folder = process.cwd();
  for (;;) {
    for (const name of names) {
      const path = resolve(folder, name);
      if (existsSync(path)) return relative(process.cwd(), path);
    }
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  throw new UserFacingError(
    `The diff names ${names[0]}, which is not there; run this where the diff was made, with the diff applied.`,
  );
}

/** @throws UserFacingError where a line is not what the diff has added */
function checkFit(path: string, text: string, { lines }: AddedLines): void {
  const present = text.split('\n');
  for (const [number, line] of lines) {
    // A diff has the bytes of a file, whose encoding need not be its own.
    if (comparable(present[number - 1] ?? '') === comparable(line)) continue;
    throw new UserFacingError(
      `The diff does not fit ${path}, whose line ${number} is another one; check out what the diff leads to.`,
    );
  }
}

/** A line without what may differ although it is the same one: signs beyond ASCII, and a byte order mark. */
function comparable(line: string): string {
  return line.replace(/[^\0-\x7f]/g, '').replace(/\r$/, '');
}
