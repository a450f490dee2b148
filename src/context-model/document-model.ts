import { BYTES_PER_SYMBOL, copyToWasm, WINDOW } from './wasm/wasm-text.ts';
import type { DocumentModel, Reader } from './context-model.ts';
import { NetworkSymbols } from './network-symbols.ts';
import { DocumentReader } from './document-reader.ts';
import type { ModelContext } from './model-context.ts';
import type { Job } from './job-queue.ts';

/** Symbols of a document that are learnt when it opens; the rest follows in the background. */
const AT_ONCE = 16_384;
const PIECE = 2_048;
/** Longer insertions teach the mixing weights nothing: that was no typing. */
const LONGEST_TYPED = 256;

/** A document's symbols in the kernels' memory, and a table with what follows what among the first `learnt`. */
export class Document implements DocumentModel {
  private readonly context: ModelContext;
  private readonly onDispose: () => void;
  private readonly table: number;
  private readonly mixer: number;
  private text: number;
  private capacity: number;
  /** Symbols there are, and how many of the first have been learnt. */
  private count: number;
  private learnt: number;
  private units: number;
  private network: NetworkSymbols | undefined;
  private openReader: DocumentReader | undefined;
  private isDisposed = false;

  constructor(context: ModelContext, text: string, onDispose: () => void) {
    this.context = context;
    this.onDispose = onDispose;
    const { kernels } = context;
    const symbols = context.alphabet.encode(text);
    this.table = kernels.createTable(0, 0);
    this.mixer = kernels.copyMixer(context.mixer);
    this.capacity = symbols.length * 2 + 1024;
    this.text = copyToWasm(kernels, symbols, this.capacity - symbols.length);
    this.count = symbols.length;
    this.units = text.length;
    this.learnt = Math.min(this.count, AT_ONCE);
    kernels.learn(this.table, this.text, 0, this.learnt, kernels.FILE_START.value);
    // What there is no room for stays unlearnt.
    if (this.learnt < this.count) context.jobs.run(this.learnRest()).catch(() => undefined);
  }

  get length(): number {
    return this.units;
  }

  edit(offset: number, removed: number, inserted: string): void {
    this.checkOpen();
    const isInside = Number.isInteger(offset) && Number.isInteger(removed) && offset >= 0 && removed >= 0;
    if (!isInside || offset + removed > this.units) {
      throw new RangeError(`${removed} units at ${offset} are not in a document of ${this.units}`);
    }
    const { alphabet } = this.context;
    const first = this.indexOf(offset);
    const last = this.indexOf(offset + removed);
    // A character cut in two leaves a lone surrogate on either side, which is symbol 0.
    const isCutAfter = last.inside > 0;
    const end = isCutAfter ? last.index + 1 : last.index;
    const symbols = [...alphabet.encode(inserted)];
    if (first.inside > 0) symbols.unshift(0);
    if (isCutAfter) symbols.push(0);
    this.replace(first.index, end - first.index, symbols);
    this.units += inserted.length - removed;
  }

  type(offset: number, inserted: string): void {
    const symbols = inserted.length > LONGEST_TYPED ? [] : [...inserted];
    if (symbols.length === 0) this.edit(offset, 0, inserted);
    for (const symbol of symbols) {
      const { index, inside } = this.indexOf(offset);
      if (inside === 0 && offset <= this.units) {
        this.predictAt(this.text + index * BYTES_PER_SYMBOL, this.text);
        this.context.kernels.learnWeights(this.context.alphabet.idOf(symbol.codePointAt(0)!));
      }
      this.edit(offset, 0, symbol);
      offset += symbol.length;
    }
  }

  reader(offset: number = this.units): Reader {
    this.checkOpen();
    if (!(offset >= 0 && offset <= this.units)) {
      throw new RangeError(`${offset} is not in a document of ${this.units}`);
    }
    this.openReader?.end();
    const { index } = this.indexOf(offset);
    const from = Math.max(0, index - WINDOW - 1);
    const start = this.text + from * BYTES_PER_SYMBOL;
    const before = new Uint16Array(this.context.kernels.memory.buffer, start, index - from);
    this.openReader = new DocumentReader(this.context, before.slice(), this.network, (address, text) =>
      this.predictAt(address, text),
    );
    return this.openReader;
  }

  joinNetwork(symbols: readonly string[] | undefined): void {
    this.checkOpen();
    this.openReader?.end();
    this.openReader = undefined;
    this.network?.dispose();
    this.network = symbols && new NetworkSymbols(this.context, symbols);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.openReader?.end();
    this.network?.dispose();
    const { kernels } = this.context;
    kernels.disposeTable(this.table);
    kernels.disposeMixer(this.mixer);
    kernels.release(this.text);
    this.onDispose();
  }

  /** Learns what was not learnt when the document opened. */
  private *learnRest(): Job {
    while (!this.isDisposed && this.learnt < this.count) {
      const to = Math.min(this.learnt + PIECE, this.count);
      const { kernels } = this.context;
      kernels.learn(this.table, this.text, this.learnt, to, kernels.FILE_START.value);
      this.learnt = to;
      yield;
    }
  }

  private predictAt(address: number, text: number): void {
    const { kernels, workspace } = this.context;
    kernels.predict(this.mixer, workspace, this.table, address, text, kernels.FILE_START.value);
  }

  /** Replaces symbols; places up to WINDOW behind them have new contexts and are learnt anew. */
  private replace(index: number, removed: number, symbols: readonly number[]): void {
    const { kernels } = this.context;
    const { table } = this;
    const end = index + removed;
    const before = kernels.FILE_START.value;
    kernels.unlearn(table, this.text, index, Math.min(end + WINDOW, this.learnt), before);
    const change = symbols.length - removed;
    this.reserve(this.count + change);
    const text = new Uint16Array(kernels.memory.buffer, this.text, this.capacity);
    text.copyWithin(end + change, end, this.count);
    text.set(symbols, index);
    this.count += change;
    if (this.learnt >= end) this.learnt += change;
    else if (this.learnt > index) this.learnt = index;
    kernels.learn(table, this.text, index, Math.min(end + change + WINDOW, this.learnt), before);
  }

  private reserve(count: number): void {
    if (count <= this.capacity) return;
    const { kernels } = this.context;
    const symbols = new Uint16Array(kernels.memory.buffer, this.text, this.count).slice();
    kernels.release(this.text);
    this.capacity = count * 2;
    this.text = copyToWasm(kernels, symbols, this.capacity - symbols.length);
  }

  /** The symbol that begins at a UTF-16 offset, or the one it is inside of, and how far. */
  private indexOf(offset: number): { readonly index: number; readonly inside: number } {
    if (this.units === this.count) return { index: offset, inside: 0 };
    const text = new Uint16Array(this.context.kernels.memory.buffer, this.text, this.count);
    let index = 0;
    let units = 0;
    while (units < offset) {
      const next = this.context.alphabet.unitsOf(text[index]);
      if (units + next > offset) return { index, inside: offset - units };
      units += next;
      index++;
    }
    return { index, inside: 0 };
  }

  private checkOpen(): void {
    if (this.isDisposed) throw new Error('this document has been disposed');
  }
}
