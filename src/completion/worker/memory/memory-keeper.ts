import { rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { removeUnfinished } from '../../../common/atomic-file.ts';
import { sentenceOf, UserFacingError } from '../../../common/errors.ts';
import { englishText } from '../../../common/localization/message.ts';
import { lockModel, type ModelLock } from '../../../common/lock-file.ts';
import { codeOf, isNotFound, systemReason } from '../../../common/system-errors.ts';
import { type ContextModel, SnapshotOutdated } from '../../../context-model/index.ts';
import { MAX_FILE_BYTES, MemoryTooLarge, writeMemoryFile } from './memory-file.ts';

/** Fewer characters are learnt faster than a window opens. */
const MIN_CHARACTERS = 250_000;
/** The file is written again when this part of what is remembered has changed since. */
const MIN_CHANGED_PART = 0.02;
/** The disk is not filled further than this by what can be learnt again. */
const MIN_FREE_BYTES = 1_000_000_000;

export interface KeepingTimes {
  /** Milliseconds without a suggestion asked for after which the worker is at rest. */
  readonly restMs: number;
  /** Milliseconds between two writings at least. */
  readonly intervalMs: number;
}

const DEFAULT_TIMES: KeepingTimes = { restMs: 10_000, intervalMs: 300_000 };

export interface KeeperContext {
  /** Of the file; each window of a workspace has the same. */
  readonly path: string;
  readonly model: Pick<ContextModel, 'characters' | 'withSnapshot'>;
  /** Files of the folders that were edited last, the last first. */
  near(): readonly string[];
  onLog(line: string): void;
}

/** What a reading of the workspace changed. */
export interface ReadingResult {
  /** UTF-16 units that were learnt anew or forgotten. */
  readonly changedUnits: number;
  /** Whether files were forgotten that may not be remembered any more. */
  readonly hasLeftOut: boolean;
}

/**
 * Keeps what a context model remembers of a workspace in a file, for the next start. It is written while nobody asks
 * for suggestions, when enough has changed, by one window at a time; and deleted at once when it holds what may not be
 * remembered any more.
 */
export class MemoryKeeper {
  private readonly context: KeeperContext;
  private readonly times: KeepingTimes;
  private fingerprint: Buffer;
  /** Units that the file does not have as the model has them; infinite where there is no file. */
  private changedUnits: number;
  /** When the file may be written at the earliest, in ms of `performance.now()`. */
  private earliest = 0;
  private timer: NodeJS.Timeout | undefined;
  private isWriting = false;
  private isDisposed = false;

  /** @param isKept whether there is a file with what the model knows now */
  constructor(
    context: KeeperContext,
    fingerprint: Buffer,
    isKept: boolean,
    times: Partial<KeepingTimes> = {},
  ) {
    this.context = context;
    this.fingerprint = fingerprint;
    this.changedUnits = isKept ? 0 : Infinity;
    this.times = { ...DEFAULT_TIMES, ...times };
  }

  /** Somebody is typing. */
  noteActivity(): void {
    this.earliest = Math.max(this.earliest, performance.now() + this.times.restMs);
  }

  /** The model has learnt and forgotten what a reading of the workspace had it learn and forget. */
  async noteReading({ changedUnits, hasLeftOut }: ReadingResult): Promise<void> {
    this.changedUnits += changedUnits;
    if (hasLeftOut) await this.delete();
    this.noteActivity();
    this.schedule();
  }

  /** Other files are remembered from now on, or otherwise. */
  async setFingerprint(fingerprint: Buffer): Promise<void> {
    if (fingerprint.equals(this.fingerprint)) return;
    this.fingerprint = fingerprint;
    await this.delete();
  }

  /** Writes no more; the file stays. */
  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }

  private get isDue(): boolean {
    const { characters } = this.context.model;
    return characters >= MIN_CHARACTERS && this.changedUnits >= MIN_CHANGED_PART * characters;
  }

  private async delete(): Promise<void> {
    this.changedUnits = Infinity;
    await removeMemoryFile(this.context.path).catch((error: unknown) => {
      this.context.onLog(`what was remembered of the workspace is still on disk: ${sentenceOf(error)}`);
    });
  }

  private schedule(): void {
    if (this.timer !== undefined || this.isDisposed || !this.isDue) return;
    const wait = Math.max(this.times.restMs, this.earliest - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (performance.now() < this.earliest) this.schedule();
      else void this.write();
    }, wait);
    // Nothing is lost where the process ends before.
    this.timer.unref();
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    // What changes from now on, or deletes the file, counts for the next writing.
    const { changedUnits } = this;
    this.changedUnits = 0;
    let isWritten = false;
    try {
      isWritten = await this.tryToWrite();
      if (isWritten) this.earliest = performance.now() + this.times.intervalMs;
    } catch (error) {
      this.earliest = performance.now() + this.times.intervalMs;
      this.context.onLog(
        `what is remembered of the workspace is not kept for the next start: ${whyNot(error)}`,
      );
    } finally {
      if (!isWritten) this.changedUnits += changedUnits;
      this.isWriting = false;
    }
    this.schedule();
  }

  /** @returns false where something was learnt or the file deleted meanwhile, or another window writes */
  private async tryToWrite(): Promise<boolean> {
    const { path: file, model } = this.context;
    const lock = await lockUnlessHeld(file);
    if (!lock) return false;
    try {
      await checkFreeSpace(file);
      const { fingerprint } = this;
      const mayReplace = (): boolean =>
        !this.isDisposed && lock.isHeld() && fingerprint.equals(this.fingerprint);
      const isWritten = await model.withSnapshot((snapshot) =>
        writeMemoryFile(file, fingerprint, snapshot, this.context.near(), mayReplace),
      );
      // Without its lock, the file is deleted again.
      if (isWritten !== true || !lock.isHeld()) return false;
      this.context.onLog(`${model.characters} characters are remembered for the next start, in ${file}`);
      return true;
    } catch (error) {
      if (error instanceof SnapshotOutdated || !lock.isHeld()) return false;
      throw error;
    } finally {
      lock.release();
    }
  }
}

/**
 * Deletes the file in which a workspace is remembered, if there is one. A window that is writing it gives up.
 * @throws the system's error where it cannot be deleted
 */
export async function removeMemoryFile(file: string): Promise<void> {
  // Whoever finds its lock gone does not put its file in place. Who has looked already still flushes it, or was stopped
  // meanwhile, so what is unfinished goes first.
  await rm(`${file}.lock`, { force: true });
  await removeUnfinished(file).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  await rm(file, { force: true });
}

/** The right to write the file; undefined while another window has it. */
async function lockUnlessHeld(file: string): Promise<ModelLock | undefined> {
  try {
    return await lockModel(file);
  } catch (error) {
    if (error instanceof UserFacingError && error.cause === undefined) return undefined;
    throw error;
  }
}

async function checkFreeSpace(file: string): Promise<void> {
  const { bavail, bsize } = await statfs(path.dirname(file));
  if (bavail * bsize < MIN_FREE_BYTES) throw new Error('too little is free on the disk');
}

function whyNot(error: unknown): string {
  if (error instanceof MemoryTooLarge) return `it is more than ${MAX_FILE_BYTES / 1e6} MB`;
  return codeOf(error) === undefined ? sentenceOf(error) : englishText(systemReason(error));
}
