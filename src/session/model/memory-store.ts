import * as path from 'node:path';
import { sentenceOf } from '../../common/errors.ts';
import { removeMemoryFile } from '../../completion/index.ts';

const FILE_NAME = 'memory.bin';

/** The file in which what suggestions remember of a workspace is kept for the next start. */
export class MemoryStore {
  readonly path: string;
  private readonly log: { warn(line: string): void };

  /** @param folder of the workspace's model. */
  constructor(folder: string, log: { warn(line: string): void }) {
    this.path = path.join(folder, FILE_NAME);
    this.log = log;
  }

  /** Deletes the file, if there is one; never rejects. */
  async forget(): Promise<void> {
    try {
      await removeMemoryFile(this.path);
    } catch (error) {
      this.log.warn(
        `What was remembered of the workspace is still in ${this.path} (${sentenceOf(error)}); delete that file by hand.`,
      );
    }
  }
}
