import { UserFacingError } from '../../common/errors.ts';
import type { SuggestionClient, SuggestionSources } from '../../completion/index.ts';
import type { CorpusOptions } from '../../corpus/index.ts';
import { desiredSources, type SourceInputs } from './desired-sources.ts';

/** What the sources of suggestions are derived from, asked for whenever it may have changed. */
export interface SourceKeeperContext {
  inputs(): Omit<SourceInputs, 'model' | 'corpus'>;
  /** The model file, and that of the base network; undefined where there can be none. */
  model(): { readonly path: string; readonly basePath?: string } | undefined;
  /** A text that differs from one written model to the next; undefined where there is no model. */
  modelVersion(): Promise<string | undefined>;
  /** What is to be remembered. @throws UserFacingError where no file may be read. */
  corpus(): CorpusOptions;
  /** Where what is remembered is kept; undefined where it is not. */
  memory(): { readonly path: string; forget(): Promise<void> } | undefined;
}

/**
 * Keeps the sources of suggestions up to date. They are derived anew as a whole whenever something that they depend on
 * has changed. The model file is checked whenever it may have changed.
 */
export class SourceKeeper {
  private readonly client: Pick<SuggestionClient, 'setSources'>;
  private readonly context: SourceKeeperContext;
  /** Number of checks of the model file begun; the result of an older check is dropped. */
  private checksBegun = 0;
  /** Number of the newest check whose result was used. */
  private checksSettled = 0;
  /** The newest check. */
  private checking: Promise<void> = Promise.resolve();
  private modelVersion: string | undefined;
  private corpus: SuggestionSources['corpus'];
  private corpusRevision = 0;
  private wasTraining = false;
  /** Whether there may be a file with what is remembered. */
  private isKept = true;
  /** The sources that the client was given last. */
  private sources: SuggestionSources = {};

  constructor(client: Pick<SuggestionClient, 'setSources'>, context: SourceKeeperContext) {
    this.client = client;
    this.context = context;
  }

  /** The sources that the client was given last. */
  get current(): SuggestionSources {
    return this.sources;
  }

  /** Checks the model file and brings the sources up to date; settles when they are, whoever else began a check. */
  async refresh(): Promise<void> {
    this.checking = this.check(++this.checksBegun);
    do await this.checking;
    while (this.checksSettled !== this.checksBegun);
  }

  private async check(generation: number): Promise<void> {
    const version = this.context.inputs().obstacle ? undefined : await this.context.modelVersion();
    if (generation === this.checksBegun) this.settle(version);
  }

  /** The same, with other folders to read. */
  async refreshAll(): Promise<void> {
    this.corpus = undefined;
    await this.refresh();
  }

  /** Files of the workspace, or what is to be learnt of them, may have changed. */
  noteFiles(): void {
    this.corpus = undefined;
    this.apply();
  }

  /**
   * Unloads the model of a file that a command found to be missing, without waiting for a watcher to report it.
   * @returns whether the workspace was read for suggestions, and is no longer.
   */
  noteModelMissing(): boolean {
    const wasRead = this.sources.corpus !== undefined;
    this.checksBegun++;
    this.settle(undefined);
    return wasRead && this.sources.corpus === undefined;
  }

  /** A training began or ended. */
  noteTraining(isTraining: boolean): void {
    if (isTraining === this.wasTraining) return;
    this.wasTraining = isTraining;
    if (isTraining) this.apply();
    // The training may have ended before it wrote a model file.
    else void this.refresh();
  }

  /** Gives the desired sources to the client, unless a check of the model file is running, which will do so at its end. */
  apply(): void {
    if (this.checksSettled !== this.checksBegun) return;
    const inputs = this.context.inputs();
    const model = this.context.model();
    this.sources = desiredSources({
      ...inputs,
      model: model && this.modelVersion !== undefined ? { ...model, version: this.modelVersion } : undefined,
      corpus: (this.corpus ??= this.currentCorpus()),
    });
    this.forgetUnlessRead(inputs.obstacle !== undefined);
    this.client.setSources(this.sources);
  }

  private settle(version: string | undefined): void {
    this.checksSettled = this.checksBegun;
    this.modelVersion = version;
    this.apply();
  }

  /** What is remembered is kept on disk only as long as it is wanted; an untrusted window decides nothing. */
  private forgetUnlessRead(hasObstacle: boolean): void {
    const isRead = this.sources.corpus !== undefined;
    if (!isRead && this.isKept && !hasObstacle) void this.context.memory()?.forget();
    this.isKept = isRead || hasObstacle;
  }

  /** Undefined where a setting that keeps files out is not valid, which is shown by itself. */
  private currentCorpus(): SuggestionSources['corpus'] {
    try {
      const options = this.context.corpus();
      return { options, revision: ++this.corpusRevision, memoryPath: this.context.memory()?.path };
    } catch (error) {
      if (error instanceof UserFacingError) return undefined;
      throw error;
    }
  }
}
