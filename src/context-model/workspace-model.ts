import program from '../../dist/memory.wasm';
import { Document } from './document-model.ts';
import taught from './wasm/initial-mixer.txt';
import { alphabetOf, createKernels, type Kernels } from './wasm/kernel-exports.ts';
import type { DocumentMemory, Memory, Priors } from './context-model.ts';
import { decodeMixer } from './wasm/mixer-codec.ts';
import { PriorBuffer } from './leave-one-out.ts';
import { Results } from './wasm/read-prediction.ts';
import type { Shared } from './model-context.ts';
import { countText, place } from './wasm/wasm-text.ts';
import { createWorkspaceTable } from './workspace-table.ts';
import { readAsNew } from './read-as-new.ts';
import { Turns, type Work } from './job-queue.ts';

/** Characters that `adapt` reads, and those of the files it reads. */
const ADAPTATION = 150_000;
const SHORTEST = 1_000;
const LONGEST = 40_000;
/** Places in a piece of `outOfFold`. */
const PIECE = 4_096;

/** A file: the text it should be known by, what is counted of it, and the documents open under its name. */
interface File {
  text: string | undefined;
  learnt: string | undefined;
  open: number;
}

/**
 * An empty memory.
 * @param expectedCharacters of all files together; above some millions fewer contexts are counted, so that memory
 *   stays in bounds. More can be learnt all the same.
 */
export async function createMemory(expectedCharacters = 0): Promise<Memory> {
  return new Workspace(await createKernels(program), expectedCharacters);
}

class Workspace implements Memory {
  private readonly shared: Shared;
  private readonly known = new Map<string, File>();
  private readonly documents = new Set<DocumentMemory>();
  private isDisposed = false;

  constructor(kernels: Kernels, expectedCharacters: number) {
    const alphabet = alphabetOf(kernels);
    const workspace = createWorkspaceTable(kernels, expectedCharacters);
    const results = new Results(kernels, alphabet);
    const mixer = decodeMixer(kernels, taught);
    this.shared = { kernels, alphabet, turns: new Turns(), results, workspace, mixer };
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
    return this.shared.kernels.memory.buffer.byteLength;
  }

  get idle(): Promise<void> {
    return this.shared.turns.run(nothing());
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

  forgetFileNow(name: string): void {
    const file = this.known.get(name);
    if (file) file.text = undefined;
    this.settleNow(name);
  }

  adapt(characters: number = ADAPTATION): Promise<void> {
    this.checkOpen();
    return this.shared.turns.run(this.adapting(characters));
  }

  openDocument(name: string, text: string): DocumentMemory {
    this.checkOpen();
    const file = this.fileOf(name);
    file.open++;
    this.settleLater(name);
    const document = new Document(this.shared, text, () => {
      this.documents.delete(document);
      file.open--;
      if (!this.isDisposed) this.settleLater(name);
    });
    this.documents.add(document);
    return document;
  }

  *outOfFold(name: string, text: string): Generator<Priors, void, void> {
    this.checkOpen();
    const { kernels, alphabet } = this.shared;
    const file = this.fileOf(name);
    file.open++;
    this.settleNow(name);
    const symbols = alphabet.encodePlaces(text);
    const address = place(kernels, symbols);
    const table = kernels.createTable(0, 0);
    const mixer = kernels.copyMixer(this.shared.mixer);
    const priors = new PriorBuffer(kernels, PIECE);
    try {
      for (let from = 0; from < symbols.length; from += PIECE) {
        const to = Math.min(from + PIECE, symbols.length);
        const { codePoints, deltas } = priors;
        kernels.readAlong(mixer, this.shared.workspace, table, address, from, to, codePoints, deltas);
        yield priors.read(to - from);
      }
    } finally {
      if (!this.isDisposed) {
        priors.dispose();
        kernels.disposeTable(table);
        kernels.disposeMixer(mixer);
        kernels.release(address);
        file.open--;
        this.settleNow(name);
      }
    }
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    for (const document of [...this.documents]) document.dispose();
    this.shared.turns.clear();
    this.known.clear();
  }

  private *adapting(characters: number): Work {
    let left = characters;
    for (const { learnt } of spread([...this.known.values()])) {
      if (learnt === undefined || learnt.length < SHORTEST || learnt.length > LONGEST) continue;
      if ((left -= learnt.length) < 0) return;
      yield* readAsNew(this.shared, learnt);
    }
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

  /** Has what is counted of a file become what should be, when its turn comes. */
  private settle(name: string): Promise<void> {
    this.checkOpen();
    return this.shared.turns.run(this.settling(name));
  }

  /** A file that there is no room for stays out until it is settled again. */
  private settleLater(name: string): void {
    this.settle(name).catch(() => undefined);
  }

  private settleNow(name: string): void {
    this.checkOpen();
    this.shared.turns.runNow(this.settling(name));
  }

  private *settling(name: string): Work {
    const { kernels, alphabet, workspace } = this.shared;
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
    if (this.isDisposed) throw new Error('this memory has been disposed');
  }
}

/** The same in an order that jumps about, so that the first ones come from all over. */
function spread<Item>(items: readonly Item[]): Item[] {
  return [0, 4, 2, 6, 1, 5, 3, 7].flatMap((first) => items.filter((_, i) => i % 8 === first));
}

function* nothing(): Work {}
