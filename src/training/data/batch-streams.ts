import { createHash } from 'node:crypto';
import { Vocabulary } from '../../corpus/index.ts';
import type { SourceFile } from '../../corpus/index.ts';
import { Yielder } from '../../common/yielder.ts';
import { isHighSurrogate } from '../../common/text.ts';
import { StreamWindows } from './stream-windows.ts';
import type { StreamLayout } from './stream-windows.ts';

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

/** The windows of an epoch, of as many streams as the text allows. */
export class Streams extends StreamWindows {
  /** Says whether training can go on exactly where it stopped: a hash of the symbols, B and T. */
  readonly fingerprint: string;

  /**
   * @param symbols [N], N at least 2.
   * @param asked B, or fewer, so that an epoch has at least 20 windows; T, or the whole stream where that is shorter.
   */
  constructor(symbols: Uint16Array | Int32Array, asked: StreamLayout) {
    const predictions = symbols.length - 1;
    if (predictions < 1) throw new RangeError('streams need at least two symbols');
    const maxStreams = Math.floor(symbols.length / (MIN_WINDOWS * asked.sequenceLength));
    const batchSize = Math.min(asked.batchSize, Math.max(1, maxStreams), predictions);
    const sequenceLength = Math.min(asked.sequenceLength, Math.floor(predictions / batchSize));
    super(symbols, { batchSize, sequenceLength });
    this.fingerprint = fingerprint(`${batchSize} ${sequenceLength}\n`, symbols);
  }
}

/** SHA-256 over `sizes` and the symbols as 32-bit integers. */
function fingerprint(sizes: string, symbols: Uint16Array | Int32Array): string {
  const hash = createHash('sha256').update(sizes);
  for (let start = 0; start < symbols.length; start += SYMBOLS_HASHED_AT_ONCE)
    hash.update(Int32Array.from(symbols.subarray(start, start + SYMBOLS_HASHED_AT_ONCE)));
  return hash.digest('hex');
}
