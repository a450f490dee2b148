import { sleep } from '../../common/sleep.ts';
import { MAX_CHARACTERS, type ContextModel } from '../../context-model/index.ts';
import {
  type Corpus,
  type CorpusOptions,
  distanceTo,
  isLeftOutByPath,
  OVER_LIMIT,
  type SourceFile,
} from '../../corpus/index.ts';
import { RecentPlaces } from './recent-places.ts';

/** How much of the workspace the context model knows. */
export interface WorkspaceSummary {
  readonly files: number;
  /** Number of code points learnt. */
  readonly characters: number;
  /** Memory of the whole context model, including open documents. */
  readonly bytes: number;
  /** Whether everything that the last reading found has been learnt. */
  readonly isComplete: boolean;
}

/** The part of a context model that holds the files of a workspace. */
export type FileModel = Pick<ContextModel, 'files' | 'characters' | 'bytes' | 'learnFile' | 'forgetFile'>;

export interface WorkspaceIndexContext {
  readCorpus(options: CorpusOptions): Promise<Corpus>;
  /** Called now and then while files are learnt, and at the end. */
  onProgress(summary: WorkspaceSummary): void;
  /** Called after each reading with the files and folders that rules about paths leave out. */
  onIgnored(paths: readonly string[]): void;
  /** Called when a reading failed; what was learnt before stays. */
  onError(error: unknown): void;
}

const FILES_PER_REPORT = 20;
/** Limit on the reported paths; changes of further ignored files cause readings that learn nothing. */
const MAX_IGNORED_PATHS = 20_000;
/** After a reading that took t, the next one waits for this many times t: reading takes 1/21 of the time at most. */
const REST_PER_READING = 20;
/** The same where somebody begins to edit somewhere else, and waits for what is near. */
const REST_PER_PLACE = 4;
const MAX_REST_MS = 60_000;

/**
 * Keeps a context model in step with the files of a workspace: it reads them as training does, by the same rules,
 * learns what is new or changed and forgets what is gone or newly ignored. What is near the files that are edited is
 * learnt first, and rather than others where there is more than a context model holds.
 */
export class WorkspaceIndex {
  private readonly model: FileModel;
  private readonly context: WorkspaceIndexContext;
  /** The learnt text of each file; undefined where learning or forgetting it failed. */
  private readonly known = new Map<string, string | undefined>();
  private readonly places = new RecentPlaces();
  private wanted: CorpusOptions | undefined;
  /** The options of the last reading. */
  private last: CorpusOptions | undefined;
  /** Whether the last reading left out files for want of room. */
  private isCut = false;
  private isBusy = false;
  /** When the next reading may begin, in ms of `performance.now()`. */
  private restsUntil = 0;
  private restsUntilPlace = 0;
  private isDisposed = false;

  constructor(model: FileModel, context: WorkspaceIndexContext) {
    this.model = model;
    this.context = context;
  }

  /** Reads the files soon. Any number of calls during a reading cause one more. */
  update(options: CorpusOptions): void {
    this.wanted = { ...options, maxCharacters: Math.min(options.maxCharacters, MAX_CHARACTERS) };
    void this.work();
  }

  /** A file is edited. In a workspace too large to be known whole, what is near it is read. */
  edits(file: string): void {
    if (!this.places.note(file) || !this.isCut || this.wanted || !this.last) return;
    this.wanted = this.last;
    this.restsUntil = Math.min(this.restsUntil, this.restsUntilPlace);
    void this.work();
  }

  /** Stops learning and reporting. */
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
      this.last = this.wanted;
      this.wanted = undefined;
      try {
        const near = this.places.files;
        await this.learn(await this.context.readCorpus({ ...this.last, near }), near);
      } catch (error) {
        if (!this.isDisposed) this.context.onError(error);
      }
      const end = performance.now();
      const rest = (factor: number) => end + Math.min(MAX_REST_MS, (end - start) * factor);
      this.restsUntil = rest(REST_PER_READING);
      this.restsUntilPlace = rest(REST_PER_PLACE);
    }
    this.isBusy = false;
  }

  private async learn({ files, leftOut }: Corpus, near: readonly string[]): Promise<void> {
    this.isCut = leftOut.some(({ reason }) => reason === OVER_LIMIT);
    const ignored = leftOut.filter(isLeftOutByPath).slice(0, MAX_IGNORED_PATHS);
    if (!this.isDisposed) this.context.onIgnored(ignored.map(({ path }) => path));
    const paths = new Set(files.map(({ path }) => path));
    for (const path of this.known.keys()) {
      if (paths.has(path)) continue;
      this.known.set(path, undefined);
      await this.model.forgetFile(path);
      this.known.delete(path);
    }
    let learnt = 0;
    for (const { path, text } of nearestFirst(files, near)) {
      if (this.isDisposed) return;
      if (this.known.get(path) === text) continue;
      this.known.set(path, undefined);
      await this.model.learnFile(path, text);
      this.known.set(path, text);
      if (++learnt % FILES_PER_REPORT === 0) this.report(false);
    }
    this.report(true);
  }

  private report(isComplete: boolean): void {
    if (this.isDisposed) return;
    const { files, characters, bytes } = this.model;
    this.context.onProgress({ files, characters, bytes, isComplete });
  }
}

function nearestFirst(files: readonly SourceFile[], near: readonly string[]): readonly SourceFile[] {
  if (near.length === 0) return files;
  const distances = new Map(files.map((file) => [file, distanceTo(near, file.path)]));
  return files.toSorted((a, b) => distances.get(a)! - distances.get(b)!);
}
