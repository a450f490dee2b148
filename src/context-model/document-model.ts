import type { DocumentModel, Reader } from './context-model.ts';
import { CountedText } from './counted-text.ts';
import { DocumentReader } from './document-reader.ts';
import type { Job } from './job-queue.ts';
import type { ModelContext } from './model-context.ts';
import { NetworkSymbols } from './network-symbols.ts';
import { createDocumentTable } from './tables.ts';
import { UnitIndex } from './unit-index.ts';
import { RECENT_SYMBOLS } from './wasm/wasm-text.ts';

/** Symbols before and behind the cursor that are counted before anything is predicted there. */
const NEAR_BEFORE = 2_048;
const NEAR_BEHIND = 1_024;
/** The same where the rest is known from the file, so that it can be counted a moment later. */
const NEAR_BEFORE_SHARED = 512;
const NEAR_BEHIND_SHARED = 256;
/** Longer insertions teach the mixing weights nothing: that was no typing. */
const MAX_TYPED_UNITS = 256;

/** What the workspace does for a document. */
export interface DocumentHooks {
  /**
   * Whether the workspace counts the text that the document was opened with, so that the document counts only what is
   * near the cursor and what changes. Counted as a whole, what is similar and near would weigh no more than the rest.
   */
  readonly isShared: boolean;
  /** Something is about to be predicted at the cursor of `text`. */
  onPredict(text: CountedText): void;
  onShare(text: string): void;
  onDispose(): void;
}

interface Replacement {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
  /** Whether what is removed stays counted for a while. */
  readonly retainsRemoved: boolean;
}

/** An open document: its text, cut in two at the cursor, with a table of its counts and a mixer. */
export class EditedDocument implements DocumentModel {
  private readonly context: ModelContext;
  private readonly hooks: DocumentHooks;
  private readonly table: number;
  private readonly mixer: number;
  private readonly text: CountedText;
  private readonly positions: UnitIndex;
  private units: number;
  private network: NetworkSymbols | undefined;
  /** With which the mixing of the network began. */
  private initialWeights: Float32Array | undefined;
  private openReader: DocumentReader | undefined;
  private isSettling = false;
  private isDisposed = false;

  constructor(context: ModelContext, text: string, hooks: DocumentHooks) {
    this.context = context;
    this.hooks = hooks;
    const { kernels } = context;
    this.table = createDocumentTable(kernels);
    this.mixer = kernels.copyMixer(context.mixer);
    const symbols = context.alphabet.encode(text);
    this.text = new CountedText(kernels, this.table, symbols, true);
    this.positions = new UnitIndex(this.wideOf(symbols));
    this.units = text.length;
    if (hooks.isShared) this.text.leavePresentText();
    this.settleLater();
  }

  get length(): number {
    return this.units;
  }

  /** Counts all of the text from now on. */
  countWhole(): void {
    this.text.leaveNoneOf(0, this.text.length);
    this.settleLater();
  }

  edit(offset: number, removed: number, inserted: string): void {
    this.replace({ offset, removed, inserted, retainsRemoved: false });
  }

  remove(offset: number, removed: number): void {
    this.replace({ offset, removed, inserted: '', retainsRemoved: true });
  }

  type(offset: number, inserted: string): void {
    if (inserted.length > MAX_TYPED_UNITS) return this.edit(offset, 0, inserted);
    for (const symbol of inserted) {
      const { index, inside } = this.positions.find(offset);
      if (offset <= this.units && inside === 0) {
        this.prepare(index);
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
    const { index } = this.positions.find(offset);
    this.prepare(index);
    const before = this.text.view(Math.max(0, index - RECENT_SYMBOLS - 1), index).slice();
    this.openReader = new DocumentReader(this.context, before, this.network, (address, text) =>
      this.predictAt(address, text),
    );
    return this.openReader;
  }

  joinNetwork(symbols: readonly string[] | undefined, weights?: Float32Array): void {
    this.checkOpen();
    if (weights) this.checkMixingWeights(weights);
    this.openReader?.end();
    this.openReader = undefined;
    this.network?.dispose();
    this.network = symbols && new NetworkSymbols(this.context, symbols);
    if (symbols === undefined || weights === this.initialWeights) return;
    this.initialWeights = weights;
    this.context.kernels.resetNetworkWeights(this.mixer);
    if (weights) this.writeMixingWeights(weights);
  }

  mixingWeights(): Float32Array {
    return Float32Array.from(this.networkWeights().flatMap((weights) => [...weights]));
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

  private checkMixingWeights({ length }: Float32Array): void {
    const [mixture, rescoring] = this.networkWeights();
    const all = mixture.length + rescoring.length;
    if (length === mixture.length || length === all) return;
    throw new RangeError(`${length} weights of mixing a network in, instead of ${all}`);
  }

  /** Those of the mixture, and behind them those by which it is scored again, which may be left out. */
  private writeMixingWeights(weights: Float32Array): void {
    const [mixture, rescoring] = this.networkWeights();
    mixture.set(weights.subarray(0, mixture.length));
    if (weights.length > mixture.length) rescoring.set(weights.subarray(mixture.length));
  }

  /** The weights by which the mixer mixes a network in and scores the mixture again, where the kernels have them. */
  private networkWeights(): [mixture: Float32Array, rescoring: Float32Array] {
    const { kernels } = this.context;
    const { buffer } = kernels.memory;
    return [
      new Float32Array(buffer, kernels.networkWeights(this.mixer), kernels.networkWeightsCount()),
      new Float32Array(buffer, kernels.networkRescoring(this.mixer), kernels.networkRescoringCount()),
    ];
  }

  private replace({ offset, removed, inserted, retainsRemoved }: Replacement): void {
    this.checkOpen();
    const isInside = Number.isInteger(offset) && Number.isInteger(removed) && offset >= 0 && removed >= 0;
    if (!isInside || offset + removed > this.units) {
      throw new RangeError(`${removed} units at ${offset} are not in a document of ${this.units}`);
    }
    const first = this.positions.find(offset);
    const last = this.positions.find(offset + removed);
    // A character cut in two leaves a lone surrogate on either side, which is symbol 0.
    const isCutAfter = last.inside > 0;
    const end = isCutAfter ? last.index + 1 : last.index;
    let symbols = this.context.alphabet.encode(inserted);
    if (first.inside > 0) symbols = Uint16Array.of(0, ...symbols);
    if (isCutAfter) symbols = Uint16Array.of(...symbols, 0);
    this.text.replace(first.index, end - first.index, symbols, retainsRemoved);
    this.positions.replace(first.index, end - first.index, symbols.length, this.wideOf(symbols));
    this.units += inserted.length - removed;
    this.settleLater();
  }

  /** Brings the cursor to a symbol and has what is near it counted. */
  private prepare(index: number): void {
    this.text.moveCursor(index);
    const { isShared } = this.hooks;
    this.text.tryToCount(index - (isShared ? NEAR_BEFORE_SHARED : NEAR_BEFORE), index);
    this.text.tryToCount(index, index + (isShared ? NEAR_BEHIND_SHARED : NEAR_BEHIND));
    this.text.leaveNoneOf(index - NEAR_BEFORE, index + NEAR_BEHIND);
    this.settleLater();
  }

  private predictAt(address: number, text: number): void {
    this.hooks.onPredict(this.text);
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

  /** Indices of the symbols that stand for two UTF-16 units. */
  private wideOf(symbols: Uint16Array): number[] {
    const { alphabet } = this.context;
    const wide: number[] = [];
    for (let i = 0; i < symbols.length; i++) if (alphabet.unitsOf(symbols[i]) === 2) wide.push(i);
    return wide;
  }

  private checkOpen(): void {
    if (this.isDisposed) throw new Error('this document has been disposed');
  }
}
