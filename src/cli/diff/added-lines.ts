import { UserFacingError } from '../../common/errors.ts';
import { nameIn } from './quoted-name.ts';

/** What a diff adds to a file. */
export interface AddedLines {
  /** Names the file may have, the likeliest first: without the prefix that Git puts before it, and as it is written. */
  readonly names: readonly string[];
  /** Added text by the number of its line in the new file, from 1. */
  readonly lines: ReadonlyMap<number, string>;
}

const NO_FILE = '/dev/null';
/** What Git writes before the names of both sides, also with diff.mnemonicPrefix. */
const PREFIX = /^[abciow]\//;
/** What Git writes of a submodule or a symbolic link, whose lines are no lines of a file. */
const NO_TEXT_MODE = /^(?:index .* |new file mode |new mode )(?:160000|120000)$/;
/** Git colours its headers where it is told to even for a pipe. */
const COLOURED = /^\x1b\[[\d;]*m(?:diff |--- |@@ )/;
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a unified diff of any number of files, as `git diff` and `diff -u` write it. Files that are removed, renamed
 * only or binary add nothing, nor do submodules and symbolic links.
 * @throws UserFacingError when it is something else, or ends within a hunk
 */
export function addedLines(diff: string): AddedLines[] {
  const reader = new DiffReader(diff);
  const files = reader.read();
  if (files.length === 0 && !reader.hasHeader && diff.trim() !== '') {
    throw new UserFacingError(
      'The diff has no file in it, because it is not a unified diff; make it with git diff or diff -u.',
    );
  }
  return files;
}

class DiffReader {
  /** Whether anything was found that says of a file that it differs. */
  hasHeader = false;
  private readonly lines: readonly string[];
  private at = 0;
  private readonly files: AddedLines[] = [];
  private added: Map<number, string> | undefined;
  private isText = true;

  constructor(diff: string) {
    this.lines = diff.split('\n');
  }

  read(): AddedLines[] {
    while (this.at < this.lines.length) {
      const line = this.lines[this.at++].replace(/\r$/, '');
      if (line.startsWith('@@@'))
        throw new UserFacingError(
          'The diff is that of a merge, which says nothing of single files; compare with one of its parents.',
        );
      if (COLOURED.test(line))
        throw new UserFacingError(
          'The diff cannot be read, because it has colours; make it with --color=never.',
        );
      if (/^(?:diff |Binary files |Only in |Submodule )/.test(line)) this.hasHeader = true;
      if (line.startsWith('diff ')) this.isText = true;
      if (NO_TEXT_MODE.test(line)) this.isText = false;
      const isNamed = line.startsWith('--- ') && this.lines[this.at]?.startsWith('+++ ');
      if (isNamed) this.begin(this.lines[this.at++].replace(/\r$/, '').slice('+++ '.length));
      const hunk = HUNK.exec(line);
      if (hunk && this.added) this.readHunk(hunk, this.added);
    }
    return this.files.filter(({ lines }) => lines.size > 0);
  }

  private begin(header: string): void {
    this.hasHeader = true;
    this.added = new Map();
    const name = nameIn(header);
    if (name === NO_FILE || !this.isText) return;
    const short = name.replace(PREFIX, '');
    this.files.push({ names: short === name ? [name] : [short, name], lines: this.added });
  }

  /** A hunk ends by its counts: its lines may look like headers. */
  private readHunk([, before = '1', first, after = '1']: RegExpExecArray, added: Map<number, string>): void {
    let [removed, kept, line] = [Number(before), Number(after), Number(first)];
    while (removed > 0 || kept > 0) {
      const text = this.lines[this.at++];
      // The last line of a text has no line end behind it, so what is behind that is no line.
      if (text === undefined || (text === '' && this.at === this.lines.length)) throw cutOff();
      const sign = text[0] ?? ' ';
      if (sign === '\\') continue;
      if (sign === '+') added.set(line, text.slice(1).replace(/\r$/, ''));
      if (sign !== '-') [kept, line] = [kept - 1, line + 1];
      if (sign !== '+') removed--;
      if (!' +-\r'.includes(sign) || removed < 0 || kept < 0) throw cutOff();
    }
  }
}

function cutOff(): UserFacingError {
  return new UserFacingError(
    'The diff cannot be read, because one of its hunks has other lines than it says; make it anew.',
  );
}
