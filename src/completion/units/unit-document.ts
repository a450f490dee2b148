import { composed } from '../../common/text.ts';
import { quantized } from '../../units/index.ts';
import type { LineRange } from '../surprise/rated-document.ts';
import { stateBefore, unitCount, UnitReader, type UnitNetwork } from './unit-reader.ts';

/** A document in which a unit is to be seen. */
export interface UnitToRead {
  readonly document: string;
  readonly text: string;
  /** Its lines that are to be shown. */
  readonly lines: readonly LineRange[];
  /** The unit's index among those of all layers, the first layer's first. */
  readonly unit: number;
}

/** What a unit holds behind each UTF-16 unit of a line, quantised. */
export interface UnitLine {
  readonly line: number;
  readonly values: Int8Array;
}

/** Of a longer line, only the beginning is read: it is data, and would hold up everything else. */
const MAX_LINE_UNITS = 1_000;
/** Where nothing nearer was read, reading begins so many UTF-16 units ahead, by when a state depends on no more. */
const MAX_AHEAD_UNITS = 20_000;
/** Lines between two states that are kept, and how many are. */
const LINES_PER_STATE = 8;
const MAX_STATES = 512;
/** Limit on the values that are kept, a byte for each character and unit. */
const MAX_VALUE_BYTES = 16 * 2 ** 20;
/** Characters that are read without a pause. */
const PIECE_LENGTH = 16;

/** What all units held in a line. */
interface KeptLine {
  /** The line's characters as they were read, each with its marks. */
  readonly characters: readonly string[];
  /** [characters, units] quantised. */
  readonly values: Int8Array;
}

/** A reader in front of a line. */
interface PlacedReader {
  readonly reader: UnitReader;
  line: number;
}

/**
 * A document in which units are seen again and again as it changes. States are kept at the starts of some lines, so that
 * after a change it is read again from the last line before it; the values of all units are kept of the lines that were
 * shown, so that another unit is there at once. Whatever the document's size, no more is read than the lines that are
 * to be shown and a limited text before them.
 */
export class UnitDocument {
  private readonly network: UnitNetwork;
  private readonly unitCount: number;
  private lines: readonly string[] = [];
  /** States before lines, in the order in which they were made. */
  private readonly states = new Map<number, Float32Array>();
  private readonly kept = new Map<number, KeptLine>();
  private keptBytes = 0;

  constructor(network: UnitNetwork) {
    this.network = network;
    this.unitCount = unitCount(network.stepper.specification);
  }

  /** Reads lines in order; it may pause at each yield, and must be ended or closed before it is called again. */
  *read({ text, lines: ranges, unit }: UnitToRead): Generator<UnitLine | undefined, void, void> {
    this.update(text.split(/\r\n?|\n/));
    let placed: PlacedReader | undefined;
    for (const { from, to } of ranges) {
      for (let line = Math.max(0, from); line < Math.min(to, this.lines.length); line++) {
        let known = this.kept.get(line);
        if (!known) {
          if (placed?.line !== line) placed = yield* this.readTo(line);
          known = yield* this.readLine(placed);
        }
        yield { line, values: this.valuesOf(known, unit) };
      }
    }
  }

  /** Drops what is kept of lines behind the first one that has changed. */
  private update(lines: readonly string[]): void {
    let common = 0;
    while (common < lines.length && lines[common] === this.lines[common]) common++;
    for (const line of this.states.keys()) if (line > common) this.states.delete(line);
    for (const line of this.kept.keys()) if (line >= common) this.dropValues(line);
    this.lines = lines;
  }

  /** A reader in front of a line, that has read on from the nearest state before it. */
  private *readTo(target: number): Generator<undefined, PlacedReader, void> {
    let line = target;
    for (let ahead = 0; line > 0 && ahead < MAX_AHEAD_UNITS && !this.states.has(line);) {
      ahead += this.textOf(--line).length + 1;
    }
    const state = this.states.get(line) ?? stateBefore(this.network, line === 0);
    const placed = { reader: new UnitReader(this.network, state), line };
    while (placed.line < target) {
      for (const piece of piecesOf(this.textOf(placed.line))) {
        placed.reader.read(composed(piece));
        yield;
      }
      this.endLine(placed);
      // A line without characters has no pieces.
      yield;
    }
    return placed;
  }

  /** Reads the line that a reader stands in front of, character by character. */
  private *readLine(placed: PlacedReader): Generator<undefined, KeptLine, void> {
    const { reader, line } = placed;
    const characters = charactersOf(this.textOf(line));
    const values = new Int8Array(characters.length * this.unitCount);
    const current = new Float64Array(this.unitCount);
    for (const [at, character] of characters.entries()) {
      reader.read(composed(character));
      reader.writeValues(current);
      for (let unit = 0; unit < this.unitCount; unit++) {
        values[at * this.unitCount + unit] = quantized(current[unit]);
      }
      if (at % PIECE_LENGTH === 0) yield;
    }
    this.endLine(placed);
    const kept = { characters, values };
    this.keepValues(line, kept);
    return kept;
  }

  private endLine(placed: PlacedReader): void {
    placed.reader.read('\n');
    placed.line++;
    if (placed.line % LINES_PER_STATE !== 0) return;
    this.states.set(placed.line, placed.reader.state);
    if (this.states.size > MAX_STATES) this.states.delete(this.states.keys().next().value!);
  }

  private textOf(line: number): string {
    return this.lines[line].slice(0, MAX_LINE_UNITS);
  }

  private keepValues(line: number, kept: KeptLine): void {
    this.kept.set(line, kept);
    this.keptBytes += kept.values.length;
    for (const oldest of this.kept.keys()) {
      if (this.keptBytes <= MAX_VALUE_BYTES) return;
      this.dropValues(oldest);
    }
  }

  private dropValues(line: number): void {
    this.keptBytes -= this.kept.get(line)?.values.length ?? 0;
    this.kept.delete(line);
  }

  /** What one unit held, by UTF-16 units of the line. */
  private valuesOf({ characters, values }: KeptLine, unit: number): Int8Array {
    const result = new Int8Array(characters.reduce((sum, { length }) => sum + length, 0));
    let start = 0;
    for (const [at, { length }] of characters.entries()) {
      result.fill(values[at * this.unitCount + unit], start, start + length);
      start += length;
    }
    return result;
  }
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A line's characters, each with the marks behind it, which a corpus composes. */
function charactersOf(line: string): string[] {
  if (/^[\0-\x7f]*$/.test(line)) return [...line];
  return Array.from(graphemes.segment(line), ({ segment }) => segment);
}

/** The same, several at once. */
function* piecesOf(line: string): Generator<string, void, void> {
  const characters = charactersOf(line);
  for (let start = 0; start < characters.length; start += PIECE_LENGTH) {
    yield characters.slice(start, start + PIECE_LENGTH).join('');
  }
}
