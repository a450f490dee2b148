import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { UserFacingError } from '../../common/errors.ts';
import { NoTextError, readSource } from '../source-text.ts';
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
 * @param onLeftOut called with a sentence for each file that nobody named and that is no text
 * @throws UserFacingError when the diff or another file cannot be read, or they do not fit each other
 */
export async function filesOfDiff(
  diff: string,
  paths: readonly string[],
  onLeftOut: (sentence: string) => void,
): Promise<FileToRank[]> {
  const files: FileToRank[] = [];
  const wanted = distinct(paths);
  // Else a mistyped name would pass every check.
  for (const path of wanted) await readSource(path);
  for (const added of addedLines(diff)) {
    const named = wanted.filter((each) => isNamed(each, added));
    if (wanted.length > 0 && named.length === 0) continue;
    const candidates = distinct([...pathsOf(added), ...named]);
    const found = await fileThatFits(added, candidates, named[0]).catch((error: unknown) => {
      if (!(error instanceof NoTextError) || named.length > 0) throw error;
      onLeftOut(`${added.names[0]} is not ranked: ${error.reason}.`);
    });
    if (!found) continue;
    const { path, text } = found;
    if (wanted.length > 0 && !wanted.some((each) => resolve(each) === resolve(path))) continue;
    files.push({ path, text, isRanked: (line) => added.lines.has(line) });
  }
  return files;
}

/**
 * The first of the files whose lines are what the diff has added: the same name may lead to one file from the root of
 * the repository, and to another one from the present folder.
 * @param expected the one to report where none fits; undefined: the first
 * @throws NoTextError where none fits and the expected one is no text
 */
async function fileThatFits(
  added: AddedLines,
  paths: readonly string[],
  expected = paths[0],
): Promise<Pick<FileToRank, 'path' | 'text'>> {
  if (expected === undefined) {
    const [name] = added.names;
    throw new UserFacingError(
      isInside(name)
        ? `The diff names ${name}, which is not there; run this where the diff was made, with the diff applied.`
        : `The diff names ${name}, which may lie anywhere and is not read unasked; name it as a FILE, too.`,
    );
  }
  let failure: UserFacingError = doesNotFit(expected, 1);
  for (const path of paths) {
    try {
      const text = await readSource(path);
      const line = otherLine(text, added);
      if (line === undefined) return { path, text };
      if (path === expected) failure = doesNotFit(path, line);
    } catch (error) {
      // Another file of the name may be the one.
      if (!(error instanceof NoTextError)) throw error;
      if (path === expected) failure = error;
    }
  }
  throw failure;
}

function doesNotFit(path: string, line: number): UserFacingError {
  return new UserFacingError(
    `The diff does not fit ${path}, whose line ${line} is another one; check out what the diff leads to.`,
  );
}

function distinct(paths: readonly string[]): string[] {
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

function isNamed(path: string, { names }: AddedLines): boolean {
  const absolute = resolve(path).split(sep).join('/');
  return names.some((name) => absolute.endsWith(`/${name}`) || resolve(path) === resolve(name));
}

/**
 * The files that the names may mean. Names in a diff begin at the root of a repository, or at the present folder. A diff
 * may come from anyone, so that a name that leads out of these is not followed.
 */
function pathsOf({ names }: AddedLines): string[] {
  const inside = names.filter(isInside);
  return foldersAbove()
    .flatMap((folder) => inside.map((name) => resolve(folder, name)))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => relative(process.cwd(), path));
}

function isInside(name: string): boolean {
  return !isAbsolute(name) && normalize(name).split(sep)[0] !== '..';
}

/** From the root of the repository to the present folder; outside of repositories, all folders above, the nearest first. */
function foldersAbove(): string[] {
  const folders: string[] = [];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    folders.push(folder);
    if (existsSync(join(folder, '.git'))) return folders.reverse();
    if (dirname(folder) === folder) return folders;
  }
}

/** The number of a line that is not what the diff has added; undefined where there is none. */
function otherLine(text: string, { lines }: AddedLines): number | undefined {
  const present = text.split('\n');
  for (const [number, line] of lines) {
    // A diff has the bytes of a file, whose encoding need not be its own.
    if (comparable(present[number - 1] ?? '') !== comparable(line)) return number;
  }
  return undefined;
}

/** A line without what may differ although it is the same one: signs beyond ASCII, and a byte order mark. */
function comparable(line: string): string {
  return line.replace(/[^\0-\x7f]/g, '').replace(/\r$/, '');
}
