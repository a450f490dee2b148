import * as fs from 'node:fs/promises';
import { removeLeftovers } from '../../common/atomic-file.ts';
import { lockModel } from '../../common/lock-file.ts';
import { isNotFound } from '../../common/system-errors.ts';
import { looksLikeModel } from '../../model/index.ts';

/** Suffix of a model that was deleted or replaced and can still be restored. */
export const ASIDE_ENDING = '.deleted';

/** The model file of a workspace, which trainings of this and other processes write. */
export class ModelFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async exists(): Promise<boolean> {
    return (await this.version()) !== undefined;
  }

  /** Whether the file may be a model, whole or damaged, rather than something else of the user's. */
  looksLikeModel(): Promise<boolean> {
    return looksLikeModel(this.path);
  }

  /** A text that differs from one written model to the next; undefined where there is no model. */
  async version(): Promise<string | undefined> {
    return fs.stat(this.path).then(
      (stat) => (stat.isFile() ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : undefined),
      () => undefined,
    );
  }

  /**
   * Puts the model aside so that `restore` can undo it.
   * @returns where it was put; undefined where there is no model.
   * @throws UserFacingError while a training, in this window or another one, works on it.
   */
  async putAside(): Promise<string | undefined> {
    if (!(await this.exists())) return undefined;
    return this.whileLocked(async () => {
      // A training that was killed may have left an unfinished copy, which must go, too.
      await removeLeftovers(this.path);
      const aside = this.asidePath();
      await fs.rename(this.path, aside);
      return aside;
    }, undefined);
  }

  /**
   * Restores a model that was put aside.
   * @returns false if a new model exists, or the old one does not any more.
   * @throws UserFacingError while a training works on a new one.
   */
  async restore(aside: string): Promise<boolean> {
    return this.whileLocked(async () => {
      if (await this.exists()) return false;
      await fs.rename(aside, this.path);
      return true;
    }, false);
  }

  /** Deletes a model that was put aside, and the copy that training anew kept. */
  async purge(aside: string): Promise<void> {
    await fs.rm(aside, { force: true });
    if (!(await this.exists())) await fs.rm(`${this.path}.previous`, { force: true });
  }

  protected asidePath(): string {
    return `${this.path}.${Date.now()}.${process.pid}${ASIDE_ENDING}`;
  }

  /** Runs `change` under the model's lock. @returns `ifMissing` where `change` finds a file missing. */
  protected async whileLocked<T>(change: () => Promise<T>, ifMissing: T): Promise<T> {
    const lock = await lockModel(this.path);
    try {
      return await change();
    } catch (error) {
      if (isNotFound(error)) return ifMissing;
      throw error;
    } finally {
      lock.release();
    }
  }
}
