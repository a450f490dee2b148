import { isDeepStrictEqual } from 'node:util';
import type { ContextModel } from '../../context-model/index.ts';
import type { Corpus, CorpusOptions } from '../../corpus/index.ts';
import { ContextModelPredictor } from '../predict/context-model-predictor.ts';
import type { CorpusSource } from './protocol.ts';
import { WorkspaceIndex, type WorkspaceSummary } from './workspace-index.ts';

export interface WorkspaceSlotContext {
  readonly createContextModel: () => Promise<ContextModel>;
  readonly readCorpus: (options: CorpusOptions) => Promise<Corpus>;
  /** Called with the predictor that knows the workspace; undefined once the workspace was dropped. */
  readonly onChange: (predictor: ContextModelPredictor | undefined) => void;
  readonly onIgnored: (paths: readonly string[]) => void;
  readonly onProgress: (summary: WorkspaceSummary) => void;
  /** Called when there is no memory for a context model, or files could not be read; what is known stays. */
  readonly onError: (error: unknown) => void;
  /** Called when the worker's copy of a followed document differs from the document. */
  readonly onOutOfStep: (document: string) => void;
}

/** Holds the context model of the workspace. It is made when files are first wanted, and dropped when none are. */
export class WorkspaceSlot {
  private readonly context: WorkspaceSlotContext;
  private wanted: CorpusSource | undefined;
  private index: WorkspaceIndex | undefined;
  private edited: string | undefined;
  private isStarting = false;

  constructor(context: WorkspaceSlotContext) {
    this.context = context;
  }

  /** Reads the files (again) unless this very source is wanted already. */
  set(corpus: CorpusSource | undefined): void {
    if (isDeepStrictEqual(corpus, this.wanted)) return;
    this.wanted = corpus;
    if (corpus === undefined) this.drop();
    else if (this.index) this.index.update(corpus.options);
    else void this.start();
  }

  /** A file is edited: what is near it is to be known first. */
  edits(file: string): void {
    this.edited = file;
    this.index?.edits(file);
  }

  private drop(): void {
    this.index?.dispose();
    this.index = undefined;
    this.context.onChange(undefined);
  }

  private async start(): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    try {
      this.use(await this.context.createContextModel());
    } catch (error) {
      this.context.onError(error);
    } finally {
      this.isStarting = false;
    }
  }

  private use(model: ContextModel): void {
    // The workspace may have been dropped meanwhile.
    if (this.wanted === undefined) return;
    const { readCorpus, onChange, onIgnored, onProgress, onError, onOutOfStep } = this.context;
    onChange(new ContextModelPredictor(model, onOutOfStep));
    this.index = new WorkspaceIndex(model, { readCorpus, onIgnored, onProgress, onError });
    if (this.edited !== undefined) this.index.edits(this.edited);
    this.index.update(this.wanted.options);
  }
}
