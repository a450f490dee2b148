import type { Corpus, CorpusOptions } from '../../corpus/index.ts';
import { MAX_CHARACTERS, type ContextModel } from '../../context-model/index.ts';
import { sleep } from '../../common/sleep.ts';

/** What the memory knows of the workspace. */
export interface MemorySummary {
  readonly files: number;
  readonly characters: number;
  /** Held for all of it, open documents included. */
  readonly bytes: number;
  /** Whether everything that was found when it last looked has been learnt. */
  readonly isComplete: boolean;
}

export interface WorkspaceMemoryContext {
  readCorpus(options: CorpusOptions): Promise<Corpus>;
  /** Told now and then while it learns, and when it is done. */
  onProgress(summary: MemorySummary): void;
  /** A reading failed; what was known stays. */
  onError(error: unknown): void;
}

const filesBetweenReports = 20;
/** A reading may take one part in so many of the time. */
const restPerReading = 20;
const longestRest = 60_000;

/**
 * Keeps a memory in step with the files of a workspace: it reads them as training does, by the same rules, learns
 * what is new or changed and forgets what is gone or newly ignored.
 */
export class WorkspaceMemory {
  private readonly memory: ContextModel;
  private readonly context: WorkspaceMemoryContext;
  /** The learnt text of each file; undefined where the memory failed to learn or forget it. */
  private readonly known = new Map<string, string | undefined>();
  private wanted: CorpusOptions | undefined;
  private isBusy = false;
  /** When the next reading may begin, in ms of `performance.now()`. */
  private restsUntil = 0;
  private isDisposed = false;

  constructor(memory: ContextModel, context: WorkspaceMemoryContext) {
    this.memory = memory;
    this.context = context;
  }

  /** Has the memory hold what is there now, soon; further calls meanwhile ask for one more look. */
  remember(options: CorpusOptions): void {
    this.wanted = { ...options, maxCharacters: Math.min(options.maxCharacters, MAX_CHARACTERS) };
    void this.work();
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.wanted && !this.isDisposed) {
      const start = performance.now();
      if (start < this.restsUntil) {
        await sleep(this.restsUntil - start);
        continue;
      }
      const options = this.wanted;
      this.wanted = undefined;
      try {
        await this.learn(await this.context.readCorpus(options));
      } catch (error) {
        this.context.onError(error);
      }
      const end = performance.now();
      this.restsUntil = end + Math.min(longestRest, (end - start) * restPerReading);
    }
    this.isBusy = false;
  }

  private async learn({ files }: Corpus): Promise<void> {
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.known.keys()) {
      if (paths.has(path)) continue;
      this.known.set(path, undefined);
      await this.memory.forgetFile(path);
      this.known.delete(path);
    }
    let learnt = 0;
    for (const { path, text } of files) {
      if (this.isDisposed) return;
      if (this.known.get(path) === text) continue;
      this.known.set(path, undefined);
      await this.memory.learnFile(path, text);
      this.known.set(path, text);
      if (++learnt % filesBetweenReports === 0) this.report(false);
    }
    this.report(true);
  }

  private report(isComplete: boolean): void {
    const { files, characters, bytes } = this.memory;
    this.context.onProgress({ files, characters, bytes, isComplete });
  }
}
