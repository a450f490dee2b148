import program from '../../dist/memory.wasm';
import type { ContextModel, DocumentModel, Priors } from './context-model.ts';
import { Document } from './document-model.ts';
import { JobQueue, type Job } from './job-queue.ts';
import { priorsAlong } from './leave-one-out.ts';
import type { ModelContext } from './model-context.ts';
import initialMixer from './wasm/initial-mixer.txt';
import { alphabetOf, createKernels, type Kernels } from './wasm/kernel-exports.ts';
import { decodeMixer } from './wasm/mixer-codec.ts';
import { Results } from './wasm/read-prediction.ts';
import { countText } from './wasm/wasm-text.ts';
import { createWorkspaceTable } from './workspace-table.ts';

/** A file: the text it should be known by, the text that is counted, and the documents open under its name. */
interface File {
  text: string | undefined;
  learnt: string | undefined;
  open: number;
}

/**
 * A context model that knows nothing.
 * @param expectedCharacters of all files together; above some millions fewer contexts are counted, so that memory
 *   stays in bounds. More can be learnt all the same.
 */
export async function createContextModel(expectedCharacters = 0): Promise<ContextModel> {
  return new WorkspaceModel(await createKernels(program), expectedCharacters);
}

class WorkspaceModel implements ContextModel {
  private readonly context: ModelContext;
  private readonly known = new Map<string, File>();
  private readonly documents = new Set<DocumentModel>();
  private isDisposed = false;

  constructor(kernels: Kernels, expectedCharacters: number) {
    const alphabet = alphabetOf(kernels);
    const workspace = createWorkspaceTable(kernels, expectedCharacters);
    const results = new Results(kernels, alphabet);
    const mixer = decodeMixer(kernels, initialMixer);
    this.context = { kernels, alphabet, jobs: new JobQueue(), results, workspace, mixer };
  }

  get files(): number {
    let count = 0;
    for (const { text } of this.known.values()) if (text !== undefined) count++;
    return count;
  }

  get characters(): number {
    let count = 0;
    for (const { text } of this.known.values()) count += text?.length ?? 0;
    return count;
  }

  get bytes(): number {
    return this.context.kernels.memory.buffer.byteLength;
  }

  get idle(): Promise<void> {
    return this.context.jobs.run(nothing());
  }

  learnFile(name: string, text: string): Promise<void> {
    this.fileOf(name).text = text;
    return this.settle(name);
  }

  forgetFile(name: string): Promise<void> {
    const file = this.known.get(name);
    if (file) file.text = undefined;
    return this.settle(name);
  }

  learnFileNow(name: string, text: string): void {
    this.fileOf(name).text = text;
    this.settleNow(name);
  }

  openDocument(name: string, text: string): DocumentModel {
    this.checkOpen();
    const file = this.fileOf(name);
    file.open++;
    this.settleLater(name);
    const document = new Document(this.context, text, () => {
      this.documents.delete(document);
      file.open--;
      if (!this.isDisposed) this.settleLater(name);
    });
    this.documents.add(document);
    return document;
  }

  *leaveOneOut(name: string, text: string): Generator<Priors, void, void> {
    const file = this.fileOf(name);
    file.open++;
    this.settleNow(name);
    try {
      yield* priorsAlong(this.context, this.context.alphabet.encodeCodePoints(text));
    } finally {
      file.open--;
      if (!this.isDisposed) this.settleNow(name);
    }
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    for (const document of [...this.documents]) document.dispose();
    this.context.jobs.clear();
    this.known.clear();
  }

  private fileOf(name: string): File {
    this.checkOpen();
    let file = this.known.get(name);
    if (!file) {
      file = { text: undefined, learnt: undefined, open: 0 };
      this.known.set(name, file);
    }
    return file;
  }

  /** Brings what is counted of a file in line with what should be, in the background. */
  private settle(name: string): Promise<void> {
    this.checkOpen();
    return this.context.jobs.run(this.settling(name));
  }

  /** The same where nobody waits: a file that there is no room for stays out until it is settled again. */
  private settleLater(name: string): void {
    this.settle(name).catch(() => undefined);
  }

  private settleNow(name: string): void {
    this.checkOpen();
    this.context.jobs.runNow(this.settling(name));
  }

  private *settling(name: string): Job {
    const { kernels, alphabet, workspace } = this.context;
    const file = this.known.get(name);
    if (!file) return;
    const wanted = file.open > 0 ? undefined : file.text;
    if (file.learnt === wanted) {
      if (file.text === undefined && file.open === 0) this.known.delete(name);
      return;
    }
    if (file.learnt !== undefined)
      yield* countText(kernels, workspace, alphabet.encode(file.learnt), 'unlearn');
    file.learnt = undefined;
    if (wanted !== undefined) {
      yield* countText(kernels, workspace, alphabet.encode(wanted), 'learn');
      file.learnt = wanted;
    } else if (file.text === undefined && file.open === 0) this.known.delete(name);
  }

  private checkOpen(): void {
    if (this.isDisposed) throw new Error('this context model has been disposed');
  }
}

function* nothing(): Job {}
