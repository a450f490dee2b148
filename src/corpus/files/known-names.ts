import { realpathSync } from 'node:fs';
import path from 'node:path';

/** What is kept of earlier answers. */
const MAX_ANSWERS = 1000;

/**
 * The names that a corpus has for files: editors write paths of the same file in other case, decomposed or by a
 * symbolic link, and it must not be learnt as two. What is the same is for the file system to say.
 */
export class KnownNames {
  private readonly realPath: (path: string) => string;
  private readonly separator: string;
  /** Roots as given and as the file system has them, those that lie in others first. */
  private readonly roots: readonly { readonly given: string; readonly real: string }[];
  private readonly answers = new Map<string, string>();

  /**
   * @param roots of the corpus, as given.
   * @param realPath resolves links and gives names as they are stored; throws where there is no such file.
   */
  constructor(
    roots: readonly string[],
    realPath: (path: string) => string = (found) => realpathSync.native(found),
    separator: string = path.sep,
  ) {
    this.realPath = realPath;
    this.separator = separator;
    this.roots = roots
      .map((given) => ({ given, real: this.realOf(given) }))
      .sort((a, b) => b.real.length - a.real.length);
  }

  /** The name that the corpus has for a file, if it has one; else `file` itself, as for what is no file. */
  nameOf(file: string): string {
    const known = this.answers.get(file);
    if (known !== undefined) return known;
    const name = this.find(this.realOf(file)) ?? file;
    if (this.answers.size >= MAX_ANSWERS) this.answers.clear();
    this.answers.set(file, name);
    return name;
  }

  private find(real: string): string | undefined {
    for (const root of this.roots) {
      if (real === root.real) return root.given;
      const folder = root.real.endsWith(this.separator) ? root.real : root.real + this.separator;
      if (!real.startsWith(folder)) continue;
      const given = root.given.endsWith(this.separator) ? root.given : root.given + this.separator;
      return given + real.slice(folder.length);
    }
    return undefined;
  }

  private realOf(file: string): string {
    try {
      return this.realPath(file);
    } catch {
      return file;
    }
  }
}
