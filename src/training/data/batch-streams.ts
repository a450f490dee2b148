import { createHash } from 'node:crypto';
import { Vocabulary } from '../../corpus/index.ts';
import type { SourceFile } from '../../corpus/index.ts';
import { Yielder } from '../../common/yielder.ts';
import type { Batch } from '../../engine/index.ts';
import { isHighSurrogate } from '../../common/text.ts';
import { packWindow } from './pack-window.ts';

/** Windows that an epoch has at least, where the corpus allows: fewer would make too few updates of it. */
const MIN_WINDOWS = 20;
/** So many characters are encoded at once, in a few milliseconds. */
const PIECE_CHARACTERS = 500_000;
const SYMBOLS_HASHED_AT_ONCE = 65_536;

/**
 * The symbols to learn, [N]: for each file that has text the start-of-file symbol, then its characters.
 * Throws the signal's reason when aborted.
 */
export async function trainingSymbols(
  files: readonly SourceFile[],
  vocabulary: Vocabulary,
  signal?: AbortSignal,
): Promise<Uint16Array> {
  // A character is one symbol, unless it is decomposed.
  let symbols = new Uint16Array(files.reduce((sum, { characters }) => sum + characters + 1, 0));
  let end = 0;
  const yielder = new Yielder(signal);
  for (const file of files) {
    if (file.text === '') continue;
    symbols = grownTo(end + 1, symbols);
    symbols[end++] = Vocabulary.startOfFile;
    for (const piece of pieces(file.text)) {
      const encoded = vocabulary.encode(piece);
      symbols = grownTo(end + encoded.length, symbols);
      symbols.set(encoded, end);
      end += encoded.length;
      if (yielder.isDue) await yielder.yield();
    }
  }
  return symbols.subarray(0, end);
}

/** Cuts a text between code points into parts of a few milliseconds' work. */
function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = start + PIECE_CHARACTERS;
    const splitsPair = isHighSurrogate(text.charCodeAt(end - 1));
    yield text.slice(start, splitsPair ? end + 1 : end);
    start = splitsPair ? end + 1 : end;
  }
}

/** Returns `symbols`, or a larger copy where they have no room for `needed`. */
function grownTo(needed: number, symbols: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  if (needed <= symbols.length) return symbols;
  const larger = new Uint16Array(Math.max(needed, Math.ceil(symbols.length * 1.5)));
  larger.set(symbols);
  return larger;
}

/**
 * N symbols cut into B parallel streams of equal length, read in windows of T: stream b predicts the symbols
 * b·S + 1 to (b + 1)·S of the text, S = floor((N - 1) / B); a remainder of fewer than B symbols is not learnt.
 * An epoch's last window may be shorter than the others.
 */
export class Streams {
  /** B: the batch size asked for, or fewer, so that an epoch has at least 20 windows. */
  readonly batchSize: number;
  /** T: the sequence length asked for, or the whole stream where that is shorter. */
  readonly sequenceLength: number;
  /** Windows of an epoch, at least 1. */
  readonly windows: number;
  /** Says whether training can go on exactly where it stopped: a hash of the symbols, B and T. */
  readonly fingerprint: string;

  /** [N], as given. */
  readonly symbols: Uint16Array | Int32Array;
  /** S: the predictions that each stream makes in an epoch. */
  readonly streamLength: number;

  /** @param symbols [N], N at least 2. */
  constructor(
    symbols: Uint16Array | Int32Array,
    asked: { readonly batchSize: number; readonly sequenceLength: number },
  ) {
    const predictions = symbols.length - 1;
    if (predictions < 1) throw new RangeError('streams need at least two symbols');
    const maxStreams = Math.floor(symbols.length / (MIN_WINDOWS * asked.sequenceLength));
    this.symbols = symbols;
    this.batchSize = Math.min(asked.batchSize, Math.max(1, maxStreams), predictions);
    this.streamLength = Math.floor(predictions / this.batchSize);
    this.sequenceLength = Math.min(asked.sequenceLength, this.streamLength);
    this.windows = Math.ceil(this.streamLength / this.sequenceLength);
    this.fingerprint = fingerprint(`${this.batchSize} ${this.sequenceLength}\n`, symbols);
  }

  /** Window `index` of an epoch, from 0. */
  window(index: number): Batch {
    const { symbols, batchSize, streamLength, sequenceLength } = this;
    const offset = index * sequenceLength;
    const length = Math.min(sequenceLength, streamLength - offset);
    return packWindow(
      Array.from({ length: batchSize }, (_, b) => ({ symbols, start: b * streamLength + offset, length })),
    );
  }
}

/** SHA-256 over `sizes` and the symbols as 32-bit integers. */
function fingerprint(sizes: string, symbols: Uint16Array | Int32Array): string {
  const hash = createHash('sha256').update(sizes);
  for (let start = 0; start < symbols.length; start += SYMBOLS_HASHED_AT_ONCE)
    hash.update(Int32Array.from(symbols.subarray(start, start + SYMBOLS_HASHED_AT_ONCE)));
  return hash.digest('hex');
}
