import path from 'node:path';
import { sleep } from '../../common/sleep.ts';
import { MAX_REMEMBERED_CHARACTERS, type ContextModel } from '../../context-model/index.ts';
import {
  type Corpus,
  type CorpusOptions,
  distanceTo,
  isLeftOutByPath,
  OVER_LIMIT,
} from '../../corpus/index.ts';
import type { ReadingResult } from './memory/memory-keeper.ts';
import { ReadingPace } from './reading-pace.ts';
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
  /** Called when what a reading found has been learnt, or as much of it as could be. */
  onLearnt(result: ReadingResult): void;
}

/** What the model knows before the first reading. */
export interface KnownBefore {
  /** The learnt text of each file. */
  readonly known: ReadonlyMap<string, string>;
  /** Files of the folders that were edited last, the last first. */
  readonly near: readonly string[];
}

type ReadingChanges = { -readonly [K in keyof ReadingResult]: ReadingResult[K] };

const FILES_PER_REPORT = 20;
/** Limit on the reported paths; changes of further ignored files cause readings that learn nothing. */
const MAX_IGNORED_PATHS = 20_000;

/**
 * Keeps a context model in step with the files of a workspace: it reads them as training does, by the same rules,
 * learns what is new or changed and forgets what is gone or newly ignored. What is near the files that are edited is
 * learnt first, and rather than others where there is more than a context model holds.
 */
export class WorkspaceIndex {
  private readonly model: FileModel;
  private readonly context: WorkspaceIndexContext;
  /** The learnt text of each file; undefined where learning or forgetting it failed. */
  private readonly known: Map<string, string | undefined>;
  private readonly places = new RecentPlaces();
  private wanted: CorpusOptions | undefined;
  /** The options of the last reading. */
  private last: CorpusOptions | undefined;
  /** Whether the last reading left out files for want of room. */
  private isCut = false;
  /** Whether somebody began to edit in another folder since the last reading began. */
  private hasMoved = false;
  /** Whether the last reading was left unfinished for that. */
  private wasLeft = false;
  private isBusy = false;
  /** The work under way, or the last. */
  private working: Promise<void> = Promise.resolve();
  /** Number of those who wait until everything is read; meanwhile nothing rests. */
  private waiting = 0;
  private readonly pace = new ReadingPace();
  /** Aborted to end the present rest early. */
  private rest = new AbortController();
  private isDisposed = false;

  constructor(model: FileModel, context: WorkspaceIndexContext, before?: KnownBefore) {
    this.model = model;
    this.context = context;
    this.known = new Map(before?.known);
    for (const file of before?.near.toReversed() ?? []) this.places.note(file);
    if (before) this.report(false);
  }

  /** Files of the folders that were edited last, the last first. */
  get near(): readonly string[] {
    return this.places.files;
  }

  /** Learnt texts by file; undefined where a file is just being learnt. */
  get texts(): ReadonlyMap<string, string | undefined> {
    return this.known;
  }

  /** Reads the files soon. Any number of calls during a reading cause one more. */
  update(options: CorpusOptions): void {
    const maxCharacters = Math.min(options.maxCharacters, MAX_REMEMBERED_CHARACTERS);
    this.wanted = { ...options, maxCharacters };
    this.begin();
  }

  /** A file is edited. In a workspace too large to be known whole, what is near it is read. */
  edits(file: string): void {
    if (!this.places.note(file)) return;
    this.hasMoved = true;
    this.rest.abort();
    this.begin();
  }

  /** Settles when what is wanted has been read and learnt, as far as it can be; until then nothing rests. */
  async whenRead(): Promise<void> {
    this.waiting++;
    this.rest.abort();
    await this.working;
    this.waiting--;
  }

  /** Stops learning and reporting. */
  dispose(): void {
    this.isDisposed = true;
    this.rest.abort();
  }

  private begin(): void {
    if (!this.isBusy) this.working = this.work();
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (!this.isDisposed) {
      if (this.hasMoved && this.isCut) {
        this.wanted ??= this.last;
        this.pace.hurry();
      }
      if (!this.wanted) break;
      const start = performance.now();
      if (start < this.pace.restsUntil && this.waiting === 0) {
        this.rest = new AbortController();
        await sleep(this.pace.restsUntil - start, this.rest.signal);
        continue;
      }
      this.last = this.wanted;
      this.wanted = undefined;
      this.hasMoved = false;
      const couldLeave = !this.wasLeft;
      this.wasLeft = false;
      try {
        const near = this.places.files;
        const corpus = await this.context.readCorpus({ ...this.last, near });
        this.wasLeft = !(await this.learn(corpus, near, couldLeave));
      } catch (error) {
        if (!this.isDisposed) this.context.onError(error);
      }
      // Who waits for what is near waits for no rest, but every other reading is finished.
      if (!this.wasLeft) this.pace.note(start, performance.now());
    }
    this.isBusy = false;
  }

  /**
   * @param near the files that are edited, as far as the reading knew them
   * @param mayLeave whether to stop where somebody begins to edit elsewhere, so that other files are to be known
   * @returns whether everything was learnt
   */
  private async learn(corpus: Corpus, near: readonly string[], mayLeave: boolean): Promise<boolean> {
    const { files, leftOut } = corpus;
    this.isCut = leftOut.some(({ reason }) => reason === OVER_LIMIT);
    const ignored = leftOut.filter(isLeftOutByPath).slice(0, MAX_IGNORED_PATHS);
    if (!this.isDisposed) this.context.onIgnored(ignored.map(({ path }) => path));
    const result = { changedUnits: 0, hasLeftOut: false };
    try {
      const makingRoom = nearestFirst(await this.forgetGone(corpus, result), near, (name) => name);
      let freed = 0;
      let learnt = 0;
      let filesLearnt = 0;
      for (const { path: name, text } of nearestFirst(files, near, (file) => file.path)) {
        if (this.isDisposed) return true;
        if (mayLeave && this.hasMoved && this.isCut) return false;
        if (this.known.get(name) === text) continue;
        learnt += text.length;
        // Room is made as it is needed, so that nobody waits longer for what is near.
        while (freed < learnt && makingRoom.length > 0) freed += await this.forget(makingRoom.pop()!, result);
        this.known.set(name, undefined);
        await this.model.learnFile(name, text);
        this.known.set(name, text);
        result.changedUnits += text.length;
        if (++filesLearnt % FILES_PER_REPORT === 0) this.report(false);
      }
      for (const name of makingRoom) await this.forget(name, result);
      this.report(true);
      return true;
    } finally {
      if (!this.isDisposed) this.context.onLearnt(result);
    }
  }

  /**
   * Forgets what is not to be known any more.
   * @returns known files that are only to make room for others
   */
  private async forgetGone({ files, leftOut }: Corpus, result: ReadingChanges): Promise<string[]> {
    const found = new Set(files.map((file) => file.path));
    const pathsOf = (isForRoom: boolean): ReadonlySet<string> =>
      new Set(leftOut.filter(({ reason }) => (reason === OVER_LIMIT) === isForRoom).map((each) => each.path));
    const [overLimit, notAllowed] = [pathsOf(true), pathsOf(false)];
    const gone = [...this.known.keys()].filter((name) => !found.has(name));
    result.hasLeftOut = gone.some((name) => isWithin(name, notAllowed));
    for (const name of gone) if (!overLimit.has(name)) await this.forget(name, result);
    return gone.filter((name) => overLimit.has(name));
  }

  /** @returns the length of the text that was known */
  private async forget(name: string, result: ReadingChanges): Promise<number> {
    const units = this.known.get(name)?.length ?? 0;
    this.known.set(name, undefined);
    await this.model.forgetFile(name);
    this.known.delete(name);
    result.changedUnits += units;
    return units;
  }

  private report(isComplete: boolean): void {
    if (this.isDisposed) return;
    const { files, characters, bytes } = this.model;
    this.context.onProgress({ files, characters, bytes, isComplete });
  }
}

/** Whether a file or a folder above it is among some paths. */
function isWithin(file: string, paths: ReadonlySet<string>): boolean {
  for (let each = file; ; each = path.dirname(each)) {
    if (paths.has(each)) return true;
    if (path.dirname(each) === each) return false;
  }
}

function nearestFirst<T>(files: readonly T[], near: readonly string[], pathOf: (file: T) => string): T[] {
  if (near.length === 0) return [...files];
  const distances = new Map(files.map((file) => [file, distanceTo(near, pathOf(file))]));
  return files.toSorted((a, b) => distances.get(a)! - distances.get(b)!);
}
