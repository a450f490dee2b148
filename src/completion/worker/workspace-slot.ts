import { isDeepStrictEqual } from 'node:util';
import { sentenceOf } from '../../common/errors.ts';
import type { ContextModel, SavedWorkspace } from '../../context-model/index.ts';
import { type Corpus, type CorpusOptions, KnownNames } from '../../corpus/index.ts';
import { ContextModelPredictor } from '../predict/context-model-predictor.ts';
import { UnusableMemoryFile } from './memory/memory-file.ts';
import { MemoryKeeper, removeMemoryFile } from './memory/memory-keeper.ts';
import { fingerprintOf, type RestoredMemory, restoreMemory } from './memory/restore-memory.ts';
import type { CorpusSource } from './protocol.ts';
import type { KnownWorkspace } from './surprise-runner.ts';
import { WorkspaceIndex, type WorkspaceSummary } from './workspace-index.ts';

export interface WorkspaceSlotContext {
  readonly createContextModel: (saved?: SavedWorkspace) => Promise<ContextModel>;
  readonly readCorpus: (options: CorpusOptions) => Promise<Corpus>;
  /** The files that settings and ignore rules let through now. */
  readonly learnablePaths: (options: CorpusOptions) => Promise<ReadonlySet<string>>;
  /** Differs from one build of the worker to the next. */
  readonly code: string;
  /** Called with the predictor that knows the workspace; undefined once the workspace was dropped. */
  readonly onChange: (predictor: ContextModelPredictor | undefined) => void;
  readonly onIgnored: (paths: readonly string[]) => void;
  readonly onProgress: (summary: WorkspaceSummary) => void;
  /** Called when there is no memory for a context model, or files could not be read; what is known stays. */
  readonly onError: (error: unknown) => void;
  /** Called with lines for the log. */
  readonly onNote: (line: string) => void;
  /** Called when the worker's copy of a followed document differs from the document. */
  readonly onOutOfStep: (document: string) => void;
}

/**
 * Holds the context model of the workspace. It is made, or restored as it was remembered, when files are first wanted,
 * and dropped when none are. While it is restored, suggestions come from one that knows open documents only.
 */
export class WorkspaceSlot {
  private readonly context: WorkspaceSlotContext;
  private wanted: CorpusSource | undefined;
  private index: WorkspaceIndex | undefined;
  private model: ContextModel | undefined;
  /** Suggests from `suggesting`. */
  private predictor: ContextModelPredictor | undefined;
  private suggesting: ContextModel | undefined;
  private keeper: MemoryKeeper | undefined;
  private names = new KnownNames([]);
  private edited: string | undefined;
  private isStarting = false;
  /** The start under way, or the last. */
  private starting: Promise<void> = Promise.resolve();

  constructor(context: WorkspaceSlotContext) {
    this.context = context;
  }

  /** What is known of the workspace; undefined while none is wanted. */
  get known(): KnownWorkspace | undefined {
    const { model: contextModel, index } = this;
    return contextModel && index && { contextModel, texts: index.texts, nameOf: this.nameOf };
  }

  /** Reads the files (again) unless this very source is wanted already. */
  set(corpus: CorpusSource | undefined): void {
    if (isDeepStrictEqual(corpus, this.wanted)) return;
    this.wanted = corpus;
    this.names = new KnownNames(corpus?.options.roots ?? []);
    if (corpus === undefined) this.drop();
    else if (this.index) {
      void this.keeper?.setFingerprint(this.fingerprintOf(corpus));
      this.index.update(corpus.options);
    } else if (!this.isStarting) this.starting = this.start();
  }

  /** A document is edited: what is near its file is to be known first. */
  edits(document: string): void {
    const file = this.nameOf(document);
    this.edited = file;
    this.keeper?.noteActivity();
    this.index?.edits(file);
  }

  /** Settles when the wanted files have been read and learnt, as far as they can be. */
  async whenRead(): Promise<void> {
    await this.starting;
    await this.index?.whenRead();
  }

  private readonly nameOf = (document: string): string => this.names.nameOf(document);

  private fingerprintOf({ options }: CorpusSource): Buffer {
    return fingerprintOf(options, this.context.code);
  }

  private drop(): void {
    this.index?.dispose();
    this.keeper?.dispose();
    this.index = undefined;
    this.model = undefined;
    this.keeper = undefined;
    this.suggestFrom(undefined);
  }

  private async start(): Promise<void> {
    this.isStarting = true;
    try {
      // Never disposed of, since a sample that began with it goes on; it is collected like any other object.
      const empty = await this.context.createContextModel();
      while (this.wanted && !this.index) {
        const source = this.wanted;
        this.suggestFrom(empty);
        const restored = await this.restore(source);
        // Other files may be wanted meanwhile, or none.
        if (isDeepStrictEqual(this.wanted?.options, source.options))
          this.use(restored?.model ?? empty, restored);
        else restored?.model.dispose();
      }
    } catch (error) {
      this.context.onError(error);
    } finally {
      this.isStarting = false;
    }
  }

  /** Has documents be sent again to the predictor that follows. */
  private suggestFrom(model: ContextModel | undefined): void {
    if (model === this.suggesting) return;
    const former = this.predictor;
    this.suggesting = model;
    this.predictor = model && new ContextModelPredictor(model, this.context.onOutOfStep, this.nameOf);
    this.context.onChange(this.predictor);
    former?.unfollow();
  }

  /** What was remembered; a file that is of no use is deleted. */
  private async restore(source: CorpusSource): Promise<RestoredMemory | undefined> {
    const { memoryPath } = source;
    if (memoryPath === undefined) return undefined;
    const start = performance.now();
    try {
      const restored = await restoreMemory(
        memoryPath,
        this.fingerprintOf(source),
        source.options,
        this.context,
      );
      if (restored) this.noteRestored(restored, performance.now() - start);
      return restored;
    } catch (error) {
      const isUnusable = error instanceof UnusableMemoryFile;
      const why = isUnusable ? 'cannot be used' : 'could not be restored this time';
      this.context.onNote(
        `what was remembered of the workspace ${why}, so it is read anew: ${sentenceOf(error)}`,
      );
      if (isUnusable) await removeMemoryFile(memoryPath).catch(this.context.onError);
      return undefined;
    }
  }

  private noteRestored({ known, model }: RestoredMemory, milliseconds: number): void {
    this.context.onNote(
      `${model.characters} characters of ${known.size} files are remembered, after ${Math.round(milliseconds)} ms`,
    );
  }

  private use(model: ContextModel, restored: RestoredMemory | undefined): void {
    const { readCorpus, onIgnored, onProgress, onError, onNote } = this.context;
    const { memoryPath, options } = this.wanted!;
    this.suggestFrom(model);
    const index = new WorkspaceIndex(
      model,
      {
        readCorpus,
        onIgnored,
        onProgress,
        onError,
        onLearnt: (result) => void this.keeper?.noteReading(result),
      },
      restored,
    );
    this.index = index;
    this.model = model;
    if (memoryPath !== undefined) {
      this.keeper = new MemoryKeeper(
        { path: memoryPath, model, near: () => index.near, onLog: onNote },
        this.fingerprintOf(this.wanted!),
        restored !== undefined,
      );
      if (restored?.hasForgotten) void this.keeper.noteReading({ changedUnits: 0, hasLeftOut: true });
    }
    if (this.edited !== undefined) index.edits(this.edited);
    index.update(options);
  }
}
