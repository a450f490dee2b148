import { distanceTo } from './nearness.ts';
import { hashPosition } from '../file-order.ts';
import { takeCharacters } from '../text/code-points.ts';
import type { SkippedFile, SourceFile } from '../source-file.ts';
import type { Yielder } from '../../common/yielder.ts';
import { isNotebook } from '../text/notebook.ts';
import { prepareText } from '../text/prepare-text.ts';
import type { OpenedFile } from './read-file.ts';
import { readBytes } from './read-file.ts';
import { sortYielding } from '../../common/yielding-sort.ts';
import { english } from '../../common/localization/message.ts';
import { isReasonOf, varyingReason } from '../reasons.ts';
import type { FoundFile } from './walk.ts';

/** Default of `SelectionLimits.maxFileBytes`. */
const MAX_FOUND_FILE_BYTES = 1024 * 1024;
/** Larger files are read when it is their turn, not ahead of it. */
const MAX_BYTES_AHEAD = 1024 * 1024;
/** Of notebooks the outputs, which may be images, are not learnt; they are parsed in one go, in some 20 ms at this size. */
const MAX_NOTEBOOK_BYTES = 4 * 1024 * 1024;
/** Of a file that the user named, only so many bytes are read. */
const MAX_NAMED_FILE_BYTES = 256 * 1024 * 1024;
/** The most that any supported encoding needs. */
const MAX_BYTES_PER_CHARACTER = 4;
const LINE_FEED = 0x0a;
/** Files opened and read ahead of the one being decoded. */
const FILES_AHEAD = 16;
/** The corpus counts as full when less than this fraction of its limit is left. */
const FULL_FRACTION = 0.01;
/** The reason for which a file is left out that would have been taken under a higher limit. */
export const OVER_LIMIT = english`over the corpus size limit`;
/** Never to be changed, so that every version selects the same files. */
const ORDER_SALT = 'char-rnn corpus';

export interface SelectedFile {
  readonly found: FoundFile;
  readonly source: SourceFile;
}

export interface Selection {
  readonly files: SelectedFile[];
  readonly leftOut: SkippedFile[];
}

export interface SelectionOptions {
  /** Limit on all files together, in code points. */
  readonly maxCharacters: number;
  /** A larger file that was found in a folder is left out, unless nothing else was found. */
  readonly maxFileBytes?: number;
  /** The encoding that the settings name for a file. */
  readonly preferredEncoding: (found: FoundFile) => string | undefined;
}

/** A file that has been opened ahead. */
interface Upcoming {
  readonly found: FoundFile;
  /** Upper bound on the characters it will take of `left`. */
  reserved: number;
  opened: Promise<OpenedFile>;
}

/**
 * Reads files until `maxCharacters` are taken: those named first, then those near others, equal ones in the order of a
 * hash of the path below the root. What is taken does not depend on how fast files are read.
 */
export class FileSelector {
  private readonly yielder: Yielder;
  private readonly onRead: (characters: number) => void;
  private readonly selection: Selection = { files: [], leftOut: [] };
  private readonly preferredEncoding: SelectionOptions['preferredEncoding'];
  private readonly maxFileBytes: number;
  /** Files that are larger than `maxFileBytes`. */
  private readonly tooLarge: FoundFile[] = [];
  /** Files that did not fit when their turn came. */
  private readonly passedOver: FoundFile[] = [];
  /** Files opened, and perhaps read, ahead of the current one, in order. */
  private readonly ahead: Upcoming[] = [];
  /** The corpus is full when no more than this many characters are left. */
  private readonly full: number;
  /** Characters that may still be taken. */
  private left: number;

  constructor(options: SelectionOptions, yielder: Yielder, onRead: (characters: number) => void) {
    const { maxCharacters, maxFileBytes = MAX_FOUND_FILE_BYTES, preferredEncoding } = options;
    this.preferredEncoding = preferredEncoding;
    this.maxFileBytes = maxFileBytes;
    this.yielder = yielder;
    this.onRead = onRead;
    this.full = maxCharacters * FULL_FRACTION;
    this.left = maxCharacters;
  }

  /** Selects from `files`; to be called once. Throws the signal's reason when aborted. */
  async select(files: readonly FoundFile[], near: readonly string[] = []): Promise<Selection> {
    const order = await selectionOrder(files, near, this.yielder);
    let next = 0;
    try {
      while (this.ahead.length > 0 || next < order.length) {
        while (this.ahead.length < FILES_AHEAD && next < order.length && !this.isFull)
          this.open(order[next++]);
        const upcoming = this.ahead.shift();
        if (upcoming !== undefined) await this.take(upcoming);
        else this.passedOver.push(order[next++]);
        if (this.yielder.isDue) await this.yielder.yield();
      }
      // Where there is nothing but large files, such as a book, these are what shall be learnt.
      const isNothingElse = this.selection.files.length === 0 && this.passedOver.length === 0;
      for (const found of this.tooLarge) {
        if (isNothingElse && !this.isFull) await this.takePart(found);
        else this.leaveOut(found, tooLargeReason(this.maxBytesOf(found)));
        if (this.yielder.isDue) await this.yielder.yield();
      }
      // Where each file alone is over the limit, a part of one is better than nothing.
      for (const found of this.passedOver) {
        if (this.selection.files.length > 0 || this.isFull) this.leaveOut(found, OVER_LIMIT);
        else await this.takePart(found);
        if (this.yielder.isDue) await this.yielder.yield();
      }
    } finally {
      await Promise.all(this.ahead.map(({ opened }) => opened));
    }
    return this.selection;
  }

  private get isFull(): boolean {
    return this.left <= this.full;
  }

  private maxBytesOf({ path }: FoundFile): number {
    return isNotebook(path) ? Math.max(this.maxFileBytes, MAX_NOTEBOOK_BYTES) : this.maxFileBytes;
  }

  /** Opens a file ahead, and reads it if it fits even when the files before it take all that they may. */
  private open(found: FoundFile): void {
    const before = [...this.ahead];
    const maxBytes = this.maxBytesOf(found);
    const upcoming: Upcoming = {
      found,
      reserved: found.named ? Infinity : maxBytes,
      opened: Promise.resolve({ reason: '' }),
    };
    upcoming.opened = readBytes(found.rawPath ?? found.path, found.named, (size) => {
      if (!found.named && size > maxBytes) {
        upcoming.reserved = 0;
        return tooLargeReason(maxBytes);
      }
      upcoming.reserved = size;
      const reserved = before.reduce((sum, { reserved }) => sum + reserved, 0);
      return size <= MAX_BYTES_AHEAD && size + reserved <= this.left ? size : 0;
    });
    this.ahead.push(upcoming);
  }

  private async take(upcoming: Upcoming): Promise<void> {
    const { found } = upcoming;
    const opened = await upcoming.opened;
    if (this.isFull) this.passedOver.push(found);
    else if ('reason' in opened && isTooLargeReason(opened.reason)) this.tooLarge.push(found);
    else if ('reason' in opened) this.leaveOut(found, opened.reason);
    else if ('bytes' in opened) await this.prepare(found, opened.bytes);
    else if (!found.named && opened.deferred > this.left) this.passedOver.push(found);
    else await this.takePart(found);
    upcoming.reserved = 0;
  }

  /** Reads as much of a file as may fit. */
  private async takePart(found: FoundFile): Promise<void> {
    const wanted = Math.min(this.left * MAX_BYTES_PER_CHARACTER, MAX_NAMED_FILE_BYTES);
    const opened = await readBytes(found.rawPath ?? found.path, found.named, () => wanted);
    if ('reason' in opened) this.leaveOut(found, opened.reason);
    else if ('bytes' in opened)
      await this.prepare(found, opened.whole ? opened.bytes : wholeLines(opened.bytes));
  }

  private async prepare(found: FoundFile, bytes: Buffer): Promise<void> {
    const prepared = await prepareText(
      found.path,
      bytes,
      { named: found.named, encoding: this.preferredEncoding(found) },
      this.yielder,
    );
    if ('reason' in prepared) {
      this.leaveOut(found, prepared.reason);
      return;
    }
    const { text, characters } = await takeCharacters(prepared.text, this.left, this.yielder);
    if (characters === 0) {
      this.leaveOut(found, OVER_LIMIT);
      return;
    }
    this.left -= characters;
    this.selection.leftOut.push(...prepared.leftOut);
    const source = { path: found.path, encoding: prepared.encoding, text, characters };
    this.selection.files.push({ found, source });
    this.onRead(characters);
  }

  private leaveOut(found: FoundFile, reason: string): void {
    this.selection.leftOut.push({ path: found.path, reason });
  }
}

function tooLargeReason(maxFileBytes: number): string {
  return varyingReason('tooLarge', Number((maxFileBytes / 1024 ** 2).toPrecision(3)));
}

/** Whether a file was left out for its size alone. */
export function isTooLargeReason(reason: string): boolean {
  return isReasonOf(reason, 'tooLarge');
}

/** `bytes` cut after the last whole line; in UTF-16 a line feed is followed or preceded by a zero byte. */
function wholeLines(bytes: Buffer): Buffer {
  const wide = bytes.subarray(0, 4096).includes(0);
  for (let end = bytes.lastIndexOf(LINE_FEED); end > 0; end = bytes.lastIndexOf(LINE_FEED, end - 1)) {
    if (!wide) return bytes.subarray(0, end + 1);
    if (end % 2 === 0 ? bytes[end + 1] === 0 : bytes[end - 1] === 0)
      return bytes.subarray(0, end + 2 - (end % 2));
  }
  return bytes;
}

/** Named files, then the others by distance, equal ones in the order of the hash of their path below the root. */
async function selectionOrder(
  files: readonly FoundFile[],
  near: readonly string[],
  yielder: Yielder,
): Promise<FoundFile[]> {
  const positioned: { found: FoundFile; position: number }[] = [];
  for (const found of files) {
    const distance = found.named ? -1 : distanceTo(near, found.path);
    const position = distance + hashPosition(found.relativePath, ORDER_SALT);
    positioned.push({ found, position });
    if (yielder.isDue) await yielder.yield();
  }
  const sorted = await sortYielding(
    positioned,
    (a, b) => a.position - b.position || a.found.rootIndex - b.found.rootIndex,
    yielder,
  );
  return sorted.map(({ found }) => found);
}
