import type { ContextModel, DocumentModel, Prediction, Reader } from '../../context-model/index.ts';
import type { Likelier, LineBits } from '../../surprise/index.ts';
import { NetworkSession, type JoinedNetwork, type NetworkPosition } from '../predict/network-session.ts';
import { logProbabilityOf } from '../predict/predictor.ts';

/** UTF-16 units that are left out together, or a longer line. */
const BLOCK_UNITS = 800;
/** Characters between two points at which reading may pause. */
const PAUSE_CHARACTERS = 64;
/** From so many bits on, what would have been likelier than a character is written out. */
const MIN_EXPECTED_GAP = 2;
/** Words that do not end within so many characters are not written out: half a name would be none. */
const MAX_EXPECTED = 64;
/** Columns behind which a reader may be unable to go back, so that nothing is written out. */
const MAX_EXPECTED_COLUMN = 900;

const WORD = /[\p{L}\p{M}\p{N}_$]/u;

/** A line that was read. */
export interface ReadLine {
  /** From 0. */
  readonly line: number;
  readonly bits: LineBits;
  /** What would have been likelier at the largest gap; to be asked before reading goes on. */
  readonly likelier: () => Likelier | undefined;
}

/**
 * Reads lines of a text as a predictor expects them that knows the rest of the text, before and behind them, and the
 * other files of the workspace, but not the lines themselves: else a mistake would be expected, because it stands there.
 * Some lines are left out together, and each is put back once it has been read, so that the next ones know it.
 */
export class LeftOutLines {
  private readonly document: DocumentModel;
  private readonly network: NetworkSession | undefined;
  private readonly name: string;
  private text: string;
  private readonly lines: string[];

  /**
   * @param name of the file that the text is of, which is not known as one of the others
   * @param text normalised
   * @param network mixed in where it is given; not one that writes Hangul in jamo
   */
  constructor(contextModel: ContextModel, name: string, text: string, network?: JoinedNetwork) {
    this.name = name;
    this.text = text;
    this.lines = linesOf(text);
    this.document = contextModel.openDocument(name, text);
    this.network = network && new NetworkSession(network);
    this.network?.joinTo(this.document);
  }

  /** Number of lines; behind a final line end there is none. */
  get count(): number {
    return this.lines.length;
  }

  /** Replaces the text; what is the same at its beginning and end costs nothing. */
  replace(text: string): void {
    const before = this.text;
    const limit = Math.min(before.length, text.length);
    let start = 0;
    while (start < limit && before[start] === text[start]) start++;
    let end = 0;
    while (end < limit - start && before.at(-1 - end) === text.at(-1 - end)) end++;
    this.document.edit(start, before.length - end - start, text.slice(start, text.length - end));
    this.text = text;
    this.lines.splice(0, this.lines.length, ...linesOf(text));
  }

  /**
   * Reads the lines from `from` to before `to`. It yields undefined now and then, where it may pause; the text must not
   * be replaced before it ends or is closed.
   */
  *read(from: number, to: number): Generator<ReadLine | undefined, void, void> {
    let at = 0;
    for (let line = 0; line < from; line++) at += this.lines[line].length;
    const network = this.networkAt(at);
    while (from < to) {
      const end = this.blockEnd(from, to);
      let left = this.lines.slice(from, end).join('');
      this.document.edit(at, left.length, '');
      try {
        for (; from < end; from++) {
          const line = this.lines[from];
          yield { line: from, ...(yield* readLine(line, this.document.reader(at), network)) };
          this.document.edit(at, 0, line);
          at += line.length;
          left = left.slice(line.length);
        }
      } finally {
        if (left !== '') this.document.edit(at, 0, left);
      }
    }
  }

  dispose(): void {
    this.document.dispose();
    this.network?.forget(this.name);
  }

  private blockEnd(from: number, to: number): number {
    let units = this.lines[from].length;
    let end = from + 1;
    while (end < to && units + this.lines[end].length <= BLOCK_UNITS) units += this.lines[end++].length;
    return end;
  }

  private networkAt(at: number): NetworkPosition | undefined {
    const prefix = this.text.slice(0, at);
    const document = this.name;
    const read = this.network?.read({ document, prefix, atFileStart: true }, prefix, () => false);
    return read && this.network?.positionAfter(document, read);
  }
}

function* readLine(
  line: string,
  reader: Reader,
  network: NetworkPosition | undefined,
): Generator<undefined, Omit<ReadLine, 'line'>, void> {
  const actual = new Float32Array(line.length);
  const best = new Float32Array(line.length);
  const worst = { offset: 0, depth: 0, gap: 0, likeliest: 0 };
  let offset = 0;
  for (const character of line) {
    const codePoint = character.codePointAt(0)!;
    const prediction = network ? network.predict(reader) : reader.predict();
    actual[offset] = -logProbabilityOf(codePoint, prediction) / Math.LN2;
    best[offset] = Math.min(actual[offset], bestBits(prediction));
    const gap = actual[offset] - best[offset];
    if (gap > worst.gap && reader.depth < MAX_EXPECTED_COLUMN) {
      Object.assign(worst, { offset, depth: reader.depth, gap, likeliest: prediction.codePoints[0] });
    }
    reader.advance(codePoint);
    network?.advance(codePoint);
    offset += character.length;
    if (reader.depth % PAUSE_CHARACTERS === 0) yield;
  }
  const likelier = (): Likelier | undefined => {
    if (worst.gap < MIN_EXPECTED_GAP || line.length > MAX_EXPECTED_COLUMN) return undefined;
    reader.rewind(worst.depth);
    const text = writeWord(reader, worst.likeliest);
    return text === undefined ? undefined : { offset: worst.offset, text };
  };
  return { bits: { actual, best }, likelier };
}

function bestBits({ count, logProbabilities }: Prediction): number {
  return count > 0 ? -logProbabilities[0] / Math.LN2 : Infinity;
}

/**
 * Writes on with the likeliest characters, beginning with `first`, to the end of a word; of a sign, just the sign.
 * @returns undefined for a word without an end
 */
function writeWord(reader: Reader, first: number): string | undefined {
  let written = '';
  let next: number | undefined = first;
  while (next !== undefined) {
    const character = String.fromCodePoint(next);
    if (written !== '' && !WORD.test(character)) break;
    written += character;
    if (!WORD.test(character)) break;
    if (written.length > MAX_EXPECTED) return undefined;
    reader.advance(next);
    const { count, codePoints } = reader.predict();
    next = count > 0 ? codePoints[0] : undefined;
  }
  return written;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
