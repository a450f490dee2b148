import program from '../../dist/context-model.wasm';
import {
  type ContextModel,
  DamagedSnapshot,
  type DocumentModel,
  type Priors,
  type SavedWorkspace,
  SnapshotOutdated,
  type WorkspaceSnapshot,
} from './context-model.ts';
import type { CountedText } from './counted-text.ts';
import { EditedDocument } from './document-model.ts';
import { JobQueue, type Job } from './job-queue.ts';
import { priorsAlong } from './leave-one-out.ts';
import type { ModelContext } from './model-context.ts';
import initialMixer from './wasm/initial-mixer.txt';
import { alphabetOf, createKernels, type Kernels } from './wasm/kernel-exports.ts';
import { decodeMixer } from './wasm/mixer-codec.ts';
import { Results } from './wasm/read-prediction.ts';
import { decodeParts, PartEncoder, partsOf } from './wasm/table-shards.ts';
import { WorkspaceFile } from './workspace-file.ts';
import { createWorkspaceTable } from './tables.ts';

/**
 * A context model that knows nothing, or what is restored.
 * @param expectedCharacters of all files together; above some millions fewer contexts are counted, so that memory
 *   stays in bounds. More can be learnt all the same.
 * @param saved what another model knew, which had the same expected characters and the same kernels
 * @throws DamagedSnapshot where what is saved is damaged, and RangeError when there is no room
 */
export async function createContextModel(
  expectedCharacters = 0,
  saved?: SavedWorkspace,
): Promise<ContextModel> {
  const model = new WorkspaceModel(await createKernels(program), expectedCharacters);
  if (saved) await model.restore(saved);
  return model;
}

/** The file that a document is. */
interface DocumentFile {
  readonly name: string;
  /** Whether its counts serve the document, too, which counts only what is near the cursor and what changes. */
  readonly isShared: boolean;
}

class WorkspaceModel implements ContextModel {
  private readonly context: ModelContext;
  private readonly known = new Map<string, WorkspaceFile>();
  /** Files by open document; undefined for those that are no file's. */
  private readonly documents = new Map<EditedDocument, DocumentFile | undefined>();
  /** The document that was predicted in last: its file is not counted, or cut at the cursor. */
  private current: EditedDocument | undefined;
  /** Grows whenever what is counted may change. */
  private changes = 0;
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
    for (const { saved } of this.known.values()) if (saved !== undefined) count++;
    return count;
  }

  get characters(): number {
    let count = 0;
    for (const { saved } of this.known.values()) count += saved?.length ?? 0;
    return count;
  }

  get bytes(): number {
    return this.context.kernels.memory.buffer.byteLength;
  }

  get idle(): Promise<void> {
    return this.context.jobs.run(nothing());
  }

  learnFile(name: string, text: string): Promise<void> {
    this.fileOf(name).saved = text;
    return this.settle(name);
  }

  forgetFile(name: string): Promise<void> {
    const file = this.known.get(name);
    if (file) file.saved = undefined;
    for (const [document, its] of this.documents) if (its?.name === name) this.shareNoMore(document);
    return this.settle(name);
  }

  learnFileNow(name: string, text: string): void {
    this.fileOf(name).saved = text;
    this.settleNow(name);
  }

  openDocument(name: string | undefined, text: string, sharesFile = false): DocumentModel {
    this.checkOpen();
    const others = [...this.documents].filter(([, file]) => file && file.name === name);
    const isShared =
      sharesFile &&
      name !== undefined &&
      this.known.get(name)?.saved === text &&
      others.every(([, file]) => file!.isShared);
    if (!sharesFile) for (const [document] of others) this.shareNoMore(document);
    const document: EditedDocument = new EditedDocument(this.context, text, {
      isShared,
      onPredict: (counted) => this.makeCurrent(document, counted),
      onShare: (unsaved) => this.share(name, unsaved),
      onDispose: () => this.close(document),
    });
    this.documents.set(document, name === undefined ? undefined : { name, isShared });
    return document;
  }

  *leaveOneOut(name: string, text: string): Generator<Priors, void, void> {
    const file = this.fileOf(name);
    file.exclusions++;
    this.settleNow(name);
    try {
      yield* priorsAlong(this.context, this.context.alphabet.encodeCodePoints(text));
    } finally {
      file.exclusions--;
      if (!this.isDisposed) this.settleNow(name);
    }
  }

  async withSnapshot<T>(use: (snapshot: WorkspaceSnapshot) => Promise<T>): Promise<T | undefined> {
    const withheld = [...this.known].filter(([, file]) => file.isUnsaved || file.isCut);
    for (const [, file] of withheld) file.exclusions++;
    try {
      await Promise.all(withheld.map(([name]) => this.settle(name)));
      await this.idle;
      if ([...this.known.values()].some((file) => !file.isSettled)) return undefined;
      return await use(this.snapshot());
    } finally {
      for (const [name, file] of withheld) {
        file.exclusions--;
        if (!this.isDisposed) this.settleLater(name);
      }
    }
  }

  /** To be called once, before anything is learnt. */
  async restore(saved: SavedWorkspace): Promise<void> {
    const { kernels, alphabet, workspace } = this.context;
    saved.codePoints.forEach((codePoint, index) => {
      if (alphabet.idOf(codePoint) !== index + 1)
        throw new DamagedSnapshot(`symbol ${index + 1} is saved twice`);
    });
    await decodeParts(kernels, workspace, saved.shards);
    for (const [name, text] of saved.files) this.known.set(name, new WorkspaceFile(this.context, text));
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    for (const document of [...this.documents.keys()]) document.dispose();
    this.context.jobs.clear();
    this.known.clear();
  }

  private snapshot(): WorkspaceSnapshot {
    const { changes } = this;
    const { kernels, alphabet, workspace } = this.context;
    const files = new Map<string, string>();
    for (const [name, { countedText }] of this.known)
      if (countedText !== undefined) files.set(name, countedText);
    const encoder = new PartEncoder(kernels, workspace);
    return {
      files,
      codePoints: [...alphabet.codePoints.subarray(1, alphabet.size)],
      shards: partsOf(kernels, workspace),
      shard: (index) => {
        if (this.changes !== changes) throw new SnapshotOutdated();
        return encoder.encode(index);
      },
    };
  }

  /** Has the file of a document known as it may be where its text is predicted, and that of the one before as a whole. */
  private makeCurrent(document: EditedDocument, text: CountedText): void {
    const file = this.documents.get(document);
    if (!file) return;
    const isNew = this.current !== document;
    const before = this.current && this.documents.get(this.current);
    this.current = document;
    if (file.isShared) {
      if (this.known.get(file.name)?.cutAt(text)) {
        this.changes++;
        this.settleLater(file.name);
      }
    } else if (isNew) this.exclude(file.name, text);
    if (isNew && before) this.include(before);
  }

  private exclude(name: string, { cursorIndex, length }: CountedText): void {
    const file = this.fileOf(name);
    file.exclusions++;
    this.changes++;
    file.excludeNear(cursorIndex, length);
    this.settleLater(name);
  }

  /** Has a document count all of its text, so that its file is not counted where it is predicted in. */
  private shareNoMore(document: EditedDocument): void {
    const file = this.documents.get(document);
    if (!file?.isShared) return;
    document.countWhole();
    this.documents.set(document, { ...file, isShared: false });
    if (this.current !== document) return;
    this.include(file);
    // What is predicted there next excludes the file.
    this.current = undefined;
  }

  private include({ name, isShared }: DocumentFile): void {
    const file = this.known.get(name);
    if (!file) return;
    if (!isShared) file.exclusions--;
    else if (file.join()) this.changes++;
    this.settleLater(name);
  }

  private share(name: string | undefined, unsaved: string): void {
    if (name === undefined) return;
    this.fileOf(name).unsaved = unsaved;
    this.settleLater(name);
  }

  private close(document: EditedDocument): void {
    const closed = this.documents.get(document);
    this.documents.delete(document);
    if (this.isDisposed || !closed) return;
    const { name } = closed;
    const isOpen = [...this.documents.values()].some((each) => each?.name === name);
    const file = this.known.get(name);
    if (file && !isOpen) file.unsaved = undefined;
    if (this.current === document) {
      this.current = undefined;
      this.include(closed);
    } else if (file) this.settleLater(name);
  }

  private fileOf(name: string): WorkspaceFile {
    this.checkOpen();
    let file = this.known.get(name);
    if (!file) {
      file = new WorkspaceFile(this.context);
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
    const file = this.known.get(name);
    if (!file) return;
    if (!file.isSettled) this.changes++;
    yield* file.settling();
    if (file.isGone) this.known.delete(name);
  }

  private checkOpen(): void {
    if (this.isDisposed) throw new Error('this context model has been disposed');
  }
}

function* nothing(): Job {}
