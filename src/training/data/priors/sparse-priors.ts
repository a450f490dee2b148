import type { LogitBias } from '../../../engine/index.ts';
import { PRIOR_SYMBOLS, type Priors } from '../../../context-model/index.ts';

/** Entries of a row of a batch's prior: as many as a memory gives. */
export const ENTRIES = PRIOR_SYMBOLS;
/** A value of 1 in a byte, in nats. */
const UNIT = 1 / 16;
/** Entries nearer the floor than this tell the network nothing worth their room, in nats. */
const LEAST = 0.5;

/** The priors of a file's characters in network symbols: about 15 bytes a character. */
export interface PackedPriors {
  /** [n + 1]: the entries of character i stand from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Symbol ids. */
  readonly symbols: Uint16Array<ArrayBuffer>;
  /** d in sixteenths of a nat, up to 255. */
  readonly values: Uint8Array<ArrayBuffer>;
}

export function bytesOf({ starts, symbols, values }: PackedPriors): number {
  return starts.byteLength + symbols.byteLength + values.byteLength;
}

/** Packs a memory's priors along one text; code points that the network does not know are left out. */
export function pack(pieces: Iterable<Priors>, ids: ReadonlyMap<number, number>): PackedPriors {
  return joined(Array.from(pieces, (piece) => packPiece(piece, ids)));
}

/** The packed pieces of one text as one. */
export function joined(packed: readonly PackedPriors[]): PackedPriors {
  const places = packed.reduce((sum, { starts }) => sum + starts.length - 1, 0);
  const entries = packed.reduce((sum, { symbols }) => sum + symbols.length, 0);
  const starts = new Uint32Array(places + 1);
  const symbols = new Uint16Array(entries);
  const values = new Uint8Array(entries);
  let place = 0;
  let entry = 0;
  for (const piece of packed) {
    symbols.set(piece.symbols, entry);
    values.set(piece.values, entry);
    for (const start of piece.starts.subarray(1)) starts[++place] = entry + start;
    entry += piece.symbols.length;
  }
  return { starts, symbols, values };
}

/** `pack` of one piece. */
export function packPiece(
  { positions, codePoints, deltas }: Priors,
  ids: ReadonlyMap<number, number>,
): PackedPriors {
  const starts = new Uint32Array(positions + 1);
  const symbols = new Uint16Array(positions * ENTRIES);
  const values = new Uint8Array(positions * ENTRIES);
  let count = 0;
  for (let place = 0; place < positions; place++) {
    for (let k = place * ENTRIES; k < (place + 1) * ENTRIES; k++) {
      const id = codePoints[k] < 0 ? undefined : ids.get(codePoints[k]);
      if (id === undefined || deltas[k] < LEAST) continue;
      symbols[count] = id;
      values[count++] = Math.min(255, Math.round(deltas[k] / UNIT));
    }
    starts[place + 1] = count;
  }
  return { starts, symbols: symbols.slice(0, count), values: values.slice(0, count) };
}

/** A prior of `rows` rows with no entry used. */
export function emptyPrior(rows: number): LogitBias {
  return {
    entries: ENTRIES,
    symbols: new Int32Array(rows * ENTRIES).fill(-1),
    values: new Float32Array(rows * ENTRIES),
  };
}

/** Gives row `row` the entries of character `place`; nothing where the text has no such character. */
export function fillRow(
  prior: LogitBias,
  row: number,
  { starts, symbols, values }: PackedPriors,
  place: number,
) {
  let to = row * ENTRIES;
  for (let from = starts[place]; from < starts[place + 1]; from++, to++) {
    prior.symbols[to] = symbols[from];
    prior.values[to] = values[from] * UNIT;
  }
}
