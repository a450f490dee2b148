import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { UserFacingError } from './errors.ts';
import { message } from './localization/message.ts';
import { makeFolder } from './make-folder.ts';
import { isRunning, ownMark, type ProcessMark } from './process-alive.ts';
import { sleep } from './sleep.ts';
import { codeOf, isNotFound, sentenceForPath } from './system-errors.ts';

/** The owner touches its lock at this interval. */
const HEARTBEAT_MS = 30_000;
/** A lock not touched for this long has no owner, though a process has its id: not every system shows that ids are reused. */
const DEAD_AFTER_MS = 300_000;
/** An owner that is alive touches its lock within this time, however far the clock was set ahead since it did last. */
const LISTENING_MS = HEARTBEAT_MS + 5_000;
/** A lock without readable content is being written; after this long its writer is dead. */
const TORN_AFTER_MS = 2_000;
const RETRY_MS = 50;

interface LockContent extends ProcessMark {
  readonly host: string;
  /** Identifies this lock among all that ever were at this path. */
  readonly token: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Tokens of the locks that this process holds or tries to take. */
const held = new Set<string>();

/** The right to write a model file, until `release`. */
export interface ModelLock {
  /** False once another process has taken it over, which happens after minutes of suspension. */
  isHeld(): boolean;
  release(): void;
}

/**
 * Makes sure that one training at a time works on a model file, across processes and windows: `FILE.lock` is
 * created exclusively and holds the owner's process id. A dead owner's lock is taken over by exactly one process.
 * @throws UserFacingError when another training holds it, or the folder cannot be written.
 */
export async function lockModel(modelPath: string): Promise<ModelLock> {
  const lockPath = `${modelPath}.lock`;
  const content: LockContent = {
    ...ownMark(),
    host: hostname(),
    token: randomUUID(),
    startedAt: new Date().toISOString(),
  };
  held.add(content.token);
  try {
    await makeFolder(path.dirname(modelPath));
    await acquire(lockPath, content, modelPath);
  } catch (error) {
    held.delete(content.token);
    if (error instanceof UserFacingError) throw error;
    throw sentenceForPath(error, message`The model file ${modelPath} cannot be written`);
  }
  return holdLock(lockPath, content.token);
}

/** Whether a process that is alive holds the lock of a model file. */
export function isLocked(modelPath: string): boolean {
  const owner = readOwner(`${modelPath}.lock`);
  return owner === 'alive' || owner === 'torn';
}

async function acquire(lockPath: string, content: LockContent, modelPath: string): Promise<void> {
  while (!createExclusively(lockPath, content)) {
    const owner = readOwner(lockPath);
    if (owner === 'alive' || (owner === 'silent' && (await isTouched(lockPath))))
      throw heldBy(readLock(lockPath)?.pid, modelPath);
    if (isGivenUp(owner) && takeOver(lockPath, content)) return;
    if (owner !== 'gone') await sleep(RETRY_MS);
  }
}

/** Whether the owner of a lock touches it while one listens. */
async function isTouched(lockPath: string): Promise<boolean> {
  const before = modifiedAt(lockPath);
  for (let listened = 0; listened < LISTENING_MS; listened += RETRY_MS) {
    await sleep(RETRY_MS);
    const now = modifiedAt(lockPath);
    if (now !== before) return now !== undefined;
  }
  return false;
}

function heldBy(pid: number | undefined, modelPath: string): UserFacingError {
  return new UserFacingError(
    message`Another training (process ${pid ?? message`unknown`}) is working on ${modelPath}; stop it or wait until it ends.`,
  );
}

/**
 * Replaces a dead owner's lock. Only the holder of a second lock may remove it, and only after another check, so that
 * of two processes that take over, the slower one never removes the lock of the faster.
 */
function takeOver(lockPath: string, content: LockContent): boolean {
  const guardPath = `${lockPath}.takeover`;
  if (!createExclusively(guardPath, content)) {
    if (isGivenUp(readOwner(guardPath))) removeIfThere(guardPath);
    return false;
  }
  try {
    if (isGivenUp(readOwner(lockPath))) removeIfThere(lockPath);
    return createExclusively(lockPath, content);
  } finally {
    removeIfThere(guardPath);
  }
}

function createExclusively(file: string, content: LockContent): boolean {
  try {
    writeFileSync(file, JSON.stringify(content), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** `silent`: a process has its id, but has not touched the lock for long; or the clock was set ahead. */
type Owner = 'alive' | 'silent' | 'dead' | 'gone' | 'torn';

/** Whether nobody works on with a lock, as far as its file and the processes show. */
function isGivenUp(owner: Owner): boolean {
  return owner === 'dead' || owner === 'silent';
}

function readOwner(file: string): Owner {
  const age = ageOf(file);
  if (age === undefined) return 'gone';
  const lock = readLock(file);
  if (lock === undefined) return age > TORN_AFTER_MS ? 'dead' : 'torn';
  const isOld = age > DEAD_AFTER_MS;
  // The process id of another machine means nothing here, so the heartbeat alone decides.
  if (lock.host !== hostname()) return isOld ? 'silent' : 'alive';
  if (lock.pid === process.pid) return held.has(lock.token) ? 'alive' : 'dead';
  if (!isRunning(lock)) return 'dead';
  return isOld ? 'silent' : 'alive';
}

/** Milliseconds since the last heartbeat; undefined where there is no such file. */
function ageOf(file: string): number | undefined {
  const mtime = modifiedAt(file);
  return mtime === undefined ? undefined : Date.now() - mtime;
}

/** When a file was touched last, in ms since 1970; undefined where there is none. */
function modifiedAt(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function readLock(file: string): LockContent | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<LockContent> | null;
    const valid =
      Number.isSafeInteger(value?.pid) &&
      value!.pid! > 0 &&
      typeof value!.token === 'string' &&
      typeof value!.host === 'string' &&
      ['string', 'undefined'].includes(typeof value!.processStart);
    return valid ? (value as LockContent) : undefined;
  } catch {
    return undefined;
  }
}

function holdLock(lockPath: string, token: string): ModelLock {
  const isHeld = (): boolean => readLock(lockPath)?.token === token;
  const release = (): void => {
    clearInterval(heartbeat);
    process.off('exit', release);
    try {
      if (held.delete(token) && isHeld()) removeIfThere(lockPath);
    } catch {
      // A lock that cannot be removed is taken over once this process is gone.
    }
  };
  const heartbeat = setInterval(() => {
    try {
      const now = new Date();
      if (isHeld()) utimesSync(lockPath, now, now);
    } catch {
      // The next beat may succeed; nothing depends on a single one.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  process.on('exit', release);
  return { isHeld, release };
}
