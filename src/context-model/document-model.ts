import type { DocumentModel, Reader } from './context-model.ts';
import { CountedText } from './counted-text.ts';
import { DocumentReader } from './document-reader.ts';
import type { Job } from './job-queue.ts';
import type { ModelContext } from './model-context.ts';
import { NetworkSymbols } from './network-symbols.ts';
import { WINDOW } from './wasm/wasm-text.ts';

/** Symbols before and behind the cursor that are counted before anything is predicted there. */
const NEAR_BEFORE = 4_096;
const NEAR_BEHIND = 1_024;
/** Longer insertions teach the mixing weights nothing: that was no typing. */
const MAX_TYPED_UNITS = 256;

/** What the workspace does for a document. */
export interface DocumentHooks {
  /** Something is about to be predicted before the symbol at `index`, of `length` symbols in all. */
  onPredict(index: number, length: number): void;
  onShare(text: string): void;
  onDispose(): void;
}

/** An open document: its text, cut in two at the cursor, with a table of its counts and a mixer. */
export class EditedDocument implements DocumentModel {
  private readonly context: ModelContext;
  private readonly hooks: DocumentHooks;
  private readonly table: number;
  private readonly mixer: number;
  private readonly text: CountedText;
  private units: number;
  private network: NetworkSymbols | undefined;
  private openReader: DocumentReader | undefined;
  private isSettling = false;
  private isDisposed = false;

  constructor(context: ModelContext, text: string, hooks: DocumentHooks) {
    this.context = context;
    this.hooks = hooks;
    const { kernels } = context;
    this.table = kernels.createTable(0, 0);
    this.mixer = kernels.copyMixer(context.mixer);
    this.text = new CountedText(kernels, this.table, context.alphabet.encode(text), true);
    this.units = text.length;
    this.settleLater();
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
    const first = this.indexOf(offset);
    const last = this.indexOf(offset + removed);
    // A character cut in two leaves a lone surrogate on either side, which is symbol 0.
    const isCutAfter = last.inside > 0;
    const end = isCutAfter ? last.index + 1 : last.index;
    let symbols = this.context.alphabet.encode(inserted);
    if (first.inside > 0) symbols = Uint16Array.of(0, ...symbols);
    if (isCutAfter) symbols = Uint16Array.of(...symbols, 0);
    this.text.replace(first.index, end - first.index, symbols);
    this.units += inserted.length - removed;
    this.settleLater();
  }

  type(offset: number, inserted: string): void {
    if (inserted.length > MAX_TYPED_UNITS) return this.edit(offset, 0, inserted);
    for (const symbol of inserted) {
      if (offset <= this.units && this.indexOf(offset).inside === 0) {
        this.prepare(this.indexOf(offset).index);
        const { address, text } = this.text.addressesOf(this.text.cursorIndex);
        this.predictAt(address, text);
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
    this.prepare(index);
    const before = this.text.view(Math.max(0, index - WINDOW - 1), index).slice();
    this.openReader = new DocumentReader(this.context, before, this.network, (address, text) =>
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

  share(text: string): void {
    this.checkOpen();
    this.hooks.onShare(text);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.openReader?.end();
    this.network?.dispose();
    this.text.dispose();
    const { kernels } = this.context;
    kernels.disposeTable(this.table);
    kernels.disposeMixer(this.mixer);
    this.hooks.onDispose();
  }

  /** Brings the cursor to a symbol and has what is near it counted. */
  private prepare(index: number): void {
    this.text.moveCursor(index);
    this.text.tryToCount(index - NEAR_BEFORE, index);
    this.text.tryToCount(index, index + NEAR_BEHIND);
    this.settleLater();
  }

  private predictAt(address: number, text: number): void {
    this.hooks.onPredict(this.text.cursorIndex, this.text.length);
    const { kernels, workspace } = this.context;
    kernels.predict(this.mixer, workspace, this.table, address, text, kernels.FILE_START.value);
  }

  /** Counts in the background what was not counted at once; what there is no room for stays uncounted. */
  private settleLater(): void {
    if (this.isSettling || this.text.isSettled) return;
    this.isSettling = true;
    this.context.jobs.run(this.settling()).catch(() => undefined);
  }

  private *settling(): Job {
    try {
      while (!this.isDisposed && !this.text.isSettled) {
        this.text.step();
        yield;
      }
    } finally {
      this.isSettling = false;
    }
  }

  /** The symbol that begins at a UTF-16 offset, or the one it is inside of, and how far. */
  private indexOf(offset: number): { readonly index: number; readonly inside: number } {
    if (this.units === this.text.length) return { index: offset, inside: 0 };
    const text = this.text.view();
    const { alphabet } = this.context;
    let index = 0;
    let units = 0;
    while (units < offset) {
      const next = alphabet.unitsOf(text[index]);
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
