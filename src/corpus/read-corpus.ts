import { type PreferredEncodings, preferredEncoding } from './encoding/preferred-encoding.ts';
import { FileSelector } from './files/select-files.ts';
import type { SelectedFile } from './files/select-files.ts';
import { Yielder } from '../common/yielder.ts';
import { resolveRoots } from './files/roots.ts';
import { sortYielding } from '../common/yielding-sort.ts';
import { english } from '../common/localization/message.ts';
import type { SkippedFile, SourceFile } from './source-file.ts';
import { findFiles } from './files/walk.ts';

/** Which files to read; every list may be empty. */
export interface CorpusOptions {
  /** Absolute paths: folders are walked; a file named here is taken whatever its size and the ignore rules. */
  readonly roots: readonly string[];
  /**
   * Patterns in `.gitignore` syntax, relative to each root, with what VS Code's settings allow besides (see
   * `gitignorePatterns`); when not empty only files that match one are taken.
   */
  readonly include: readonly string[];
  /** Such patterns of what is left out. Those of both lists that match nothing are in `leftOut`. */
  readonly exclude: readonly string[];
  /** More of these for single roots, by the root's path as given in `roots`. */
  readonly excludeByRoot?: Readonly<Record<string, readonly string[]>>;
  /** A root that does not exist is reported in `leftOut`, unless none exists; otherwise it is an error. */
  readonly skipMissingRoots?: boolean;
  /**
   * A larger file found in a folder is taken for data and left out, unless there are no others; in bytes, 1 MiB where
   * it is left out.
   */
  readonly maxFileBytes?: number;
  /** Encodings that the settings name, by the root's path as given in `roots`. */
  readonly encodings?: Readonly<Record<string, PreferredEncodings>>;
  /** Limit on the text that is kept, in code points after normalisation. */
  readonly maxCharacters: number;
  /** Absolute paths of files that are being edited: where there is more than the limit, what is near them comes first. */
  readonly near?: readonly string[];
}

export interface Corpus {
  /** In the order of their roots, then of their paths. */
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly SkippedFile[];
  readonly characters: number;
}

export interface CorpusProgress {
  readonly filesSeen: number;
  readonly charactersRead: number;
}

/** The reason for which a root is in `leftOut`. */
export const MISSING_ROOT = english`is not there`;

/** Minimum time between two progress reports. */
const PROGRESS_INTERVAL_MS = 100;

/**
 * Walks `roots`, decodes and normalises what is worth learning, and says what was left out and why.
 *
 * Where there is more text than `maxCharacters`, files are taken by their distance from those that are `near`, equal
 * ones in the order of a hash of their path below the root, so that every folder gives in proportion to what it has; a
 * file with more bytes than characters are left to take is passed over unread. A file named itself is cut at a line end
 * rather than passed over. Files come in the order of their roots, then of their paths by UTF-16 units.
 *
 * Never blocks for more than a few milliseconds; throws the signal's reason when aborted, and a
 * `UserFacingError` when a root cannot be read at all.
 */
export async function readCorpus(
  options: CorpusOptions,
  context: { signal?: AbortSignal; onProgress?: (progress: CorpusProgress) => void } = {},
): Promise<Corpus> {
  context.signal?.throwIfAborted();
  const yielder = new Yielder(context.signal);
  const progress = new Progress(context.onProgress);

  const missing: SkippedFile[] = [];
  const roots = await resolveRoots(
    options.roots,
    options.skipMissingRoots ? (root) => missing.push({ path: root, reason: MISSING_ROOT }) : undefined,
  );
  const { files, leftOut } = await findFiles(roots, options, yielder, () => progress.sawFile());
  const selector = new FileSelector(
    {
      ...options,
      preferredEncoding: ({ path, rootIndex }) =>
        preferredEncoding(path, options.encodings?.[options.roots[rootIndex]]),
    },
    yielder,
    (characters) => progress.read(characters),
  );
  const selection = await selector.select(files, options.near);
  progress.report();

  const taken = (await sortYielding(selection.files, compareSelected, yielder)).map(({ source }) => source);
  return {
    files: taken,
    leftOut: await sortYielding(
      [...missing, ...leftOut, ...selection.leftOut],
      (a, b) => compareUnits(a.path, b.path),
      yielder,
    ),
    characters: taken.reduce((sum, file) => sum + file.characters, 0),
  };
}

function compareSelected({ found: a }: SelectedFile, { found: b }: SelectedFile): number {
  return a.rootIndex - b.rootIndex || compareUnits(a.path, b.path);
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Counts what was seen and read, and reports it at most every `PROGRESS_INTERVAL_MS`. */
class Progress {
  private readonly onProgress: ((progress: CorpusProgress) => void) | undefined;
  private filesSeen = 0;
  private charactersRead = 0;
  private reportedAt = 0;

  constructor(onProgress: ((progress: CorpusProgress) => void) | undefined) {
    this.onProgress = onProgress;
  }

  sawFile(): void {
    this.filesSeen++;
    this.reportIfDue();
  }

  read(characters: number): void {
    this.charactersRead += characters;
    this.reportIfDue();
  }

  report(): void {
    this.reportedAt = performance.now();
    this.onProgress?.({ filesSeen: this.filesSeen, charactersRead: this.charactersRead });
  }

  private reportIfDue(): void {
    if (performance.now() - this.reportedAt >= PROGRESS_INTERVAL_MS) this.report();
  }
}
