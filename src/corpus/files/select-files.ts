import { createHash } from 'node:crypto';
import { takeCharacters } from '../text/code-points.ts';
import type { SkippedFile, SourceFile } from '../source-file.ts';
import type { Yielder } from '../../common/yielder.ts';
import { prepareText } from '../text/prepare-text.ts';
import type { OpenedFile } from './read-file.ts';
import { readBytes } from './read-file.ts';
import { sortYielding } from '../../common/yielding-sort.ts';
import type { FoundFile } from './walk.ts';

/** Larger files found in a folder are data, in bytes. */
const LARGEST_FILE_IN_FOLDER = 1024 * 1024;
/** Of a larger file named itself only the beginning is looked at, in bytes. */
const LARGEST_NAMED_FILE = 256 * 1024 * 1024;
/** No encoding here needs more for a character. */
const MOST_BYTES_PER_CHARACTER = 4;
const LINE_FEED = 0x0a;
/** Files opened and read ahead of the one being decoded. */
const FILES_AHEAD = 16;
/** With less than this part of the limit left to take, the corpus is full. */
const FULL = 0.01;
const OVER_LIMIT = 'over the corpus size limit';
/** Fixed for ever, so that every version takes the same files. */
const SALT = 'char-rnn corpus';

export interface AdmittedFile {
  readonly found: FoundFile;
  readonly source: SourceFile;
}

export interface Admitted {
  readonly files: AdmittedFile[];
  readonly leftOut: SkippedFile[];
}

interface Upcoming {
  readonly found: FoundFile;
  /** Most characters it may take of what is left. */
  reserved: number;
  opened: Promise<OpenedFile>;
}

/**
 * Reads files until `maxCharacters` are taken: those named first, each kind in the order of a hash of the path
 * below the root. What is taken does not depend on how fast files are read.
 */
export class Admission {
  private readonly yielder: Yielder;
  private readonly onRead: (characters: number) => void;
  private readonly admitted: Admitted = { files: [], leftOut: [] };
  private readonly passedOver: FoundFile[] = [];
  /** Opened and maybe read already, in order. */
  private readonly ahead: Upcoming[] = [];
  private readonly full: number;
  /** Characters that may still be taken. */
  private left: number;

  constructor(maxCharacters: number, yielder: Yielder, onRead: (characters: number) => void) {
    this.yielder = yielder;
    this.onRead = onRead;
    this.full = maxCharacters * FULL;
    this.left = maxCharacters;
  }

  async admit(files: readonly FoundFile[]): Promise<Admitted> {
    const order = await fairOrder(files, this.yielder);
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
      // Where every file alone is over the limit, part of one is better than nothing.
      for (const found of this.passedOver) {
        if (this.admitted.files.length > 0 || this.isFull) this.leaveOut(found, OVER_LIMIT);
        else await this.takePart(found);
        if (this.yielder.isDue) await this.yielder.yield();
      }
    } finally {
      await Promise.all(this.ahead.map(({ opened }) => opened));
    }
    return this.admitted;
  }

  private get isFull(): boolean {
    return this.left <= this.full;
  }

  /** Opens a file ahead of its turn, and reads it if it will fit whatever those before it take. */
  private open(found: FoundFile): void {
    const before = [...this.ahead];
    const upcoming: Upcoming = {
      found,
      reserved: found.named ? Infinity : LARGEST_FILE_IN_FOLDER,
      opened: Promise.resolve({ reason: '' }),
    };
    upcoming.opened = readBytes(found.path, found.named, (size) => {
      if (!found.named && size > LARGEST_FILE_IN_FOLDER) {
        upcoming.reserved = 0;
        return tooLarge;
      }
      upcoming.reserved = size;
      const spoken = before.reduce((sum, { reserved }) => sum + reserved, 0);
      return size <= LARGEST_FILE_IN_FOLDER && size + spoken <= this.left ? size : 0;
    });
    this.ahead.push(upcoming);
  }

  private async take(upcoming: Upcoming): Promise<void> {
    const { found } = upcoming;
    const opened = await upcoming.opened;
    if (this.isFull) this.passedOver.push(found);
    else if ('reason' in opened) this.leaveOut(found, opened.reason);
    else if ('bytes' in opened) await this.prepare(found, opened.bytes);
    else if (!found.named && opened.deferred > this.left) this.passedOver.push(found);
    else await this.takePart(found);
    upcoming.reserved = 0;
  }

  /** Reads as much of a file as may fit. */
  private async takePart(found: FoundFile): Promise<void> {
    const wanted = Math.min(this.left * MOST_BYTES_PER_CHARACTER, LARGEST_NAMED_FILE);
    const opened = await readBytes(found.path, found.named, () => wanted);
    if ('reason' in opened) this.leaveOut(found, opened.reason);
    else if ('bytes' in opened)
      await this.prepare(found, opened.whole ? opened.bytes : wholeLines(opened.bytes));
  }

  private async prepare(found: FoundFile, bytes: Buffer): Promise<void> {
    const prepared = await prepareText(found.path, bytes, found.named, this.yielder);
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
    this.admitted.leftOut.push(...prepared.leftOut);
    const source = { path: found.path, encoding: prepared.encoding, text, characters };
    this.admitted.files.push({ found, source });
    this.onRead(characters);
  }

  private leaveOut(found: FoundFile, reason: string): void {
    this.admitted.leftOut.push({ path: found.path, reason });
  }
}

const tooLarge = `larger than ${LARGEST_FILE_IN_FOLDER / 1024 ** 2} MiB`;

/** The beginning of a file, cut after its last whole line; in UTF-16 a line end has a zero beside it. */
function wholeLines(bytes: Buffer): Buffer {
  const wide = bytes.subarray(0, 4096).includes(0);
  for (let end = bytes.lastIndexOf(LINE_FEED); end > 0; end = bytes.lastIndexOf(LINE_FEED, end - 1)) {
    if (!wide) return bytes.subarray(0, end + 1);
    if (end % 2 === 0 ? bytes[end + 1] === 0 : bytes[end - 1] === 0)
      return bytes.subarray(0, end + 2 - (end % 2));
  }
  return bytes;
}

/** Named files, then the others, each in the order of the hash of their path below the root. */
async function fairOrder(files: readonly FoundFile[], yielder: Yielder): Promise<FoundFile[]> {
  const placed: { found: FoundFile; place: number }[] = [];
  for (const found of files) {
    const digest = createHash('sha256').update(`${SALT}\0${found.relativePath}`).digest();
    placed.push({ found, place: digest.readUIntBE(0, 6) - (found.named ? 2 ** 48 : 0) });
    if (yielder.isDue) await yielder.yield();
  }
  const sorted = await sortYielding(
    placed,
    (a, b) => a.place - b.place || a.found.rootIndex - b.found.rootIndex,
    yielder,
  );
  return sorted.map(({ found }) => found);
}
