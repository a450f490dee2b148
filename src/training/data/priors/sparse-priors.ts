import type { Batch, LogitBias } from '../../../engine/index.ts';
import { PRIOR_SYMBOLS, type Priors } from '../../../context-model/index.ts';

/** K of the logit biases: the entries that a context model gives. */
export const ENTRIES = PRIOR_SYMBOLS;
/** What a value of 1 in a byte means. */
const UNIT_NATS = 1 / 16;
/** Entries nearer to the floor than this say too little to be worth their room. */
const MIN_DELTA_NATS = 0.5;

/** The priors of a file's characters in the network's symbols, in about 15 bytes a character. */
export interface PackedPriors {
  /** [n + 1]: the entries of character i are those from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** Symbol ids. */
  readonly symbols: Uint16Array<ArrayBuffer>;
  /** d in sixteenths of a nat, up to 255. */
  readonly values: Uint8Array<ArrayBuffer>;
}

export function bytesOf({ starts, symbols, values }: PackedPriors): number {
  return starts.byteLength + symbols.byteLength + values.byteLength;
}

/** Packs a context model's priors along one text. Code points that the network does not know are left out. */
export function pack(pieces: Iterable<Priors>, ids: ReadonlyMap<number, number>): PackedPriors {
  return joined(Array.from(pieces, (piece) => packPiece(piece, ids)));
}

/** Joins the packed pieces of one text. */
export function joined(packed: readonly PackedPriors[]): PackedPriors {
  const count = packed.reduce((sum, { starts }) => sum + starts.length - 1, 0);
  const entries = packed.reduce((sum, { symbols }) => sum + symbols.length, 0);
  const starts = new Uint32Array(count + 1);
  const symbols = new Uint16Array(entries);
  const values = new Uint8Array(entries);
  let position = 0;
  let entry = 0;
  for (const piece of packed) {
    symbols.set(piece.symbols, entry);
    values.set(piece.values, entry);
    for (const start of piece.starts.subarray(1)) starts[++position] = entry + start;
    entry += piece.symbols.length;
  }
  return { starts, symbols, values };
}

/** Packs one piece of a text. */
export function packPiece(
  { positions, codePoints, deltas }: Priors,
  ids: ReadonlyMap<number, number>,
): PackedPriors {
  const starts = new Uint32Array(positions + 1);
  const symbols = new Uint16Array(positions * ENTRIES);
  const values = new Uint8Array(positions * ENTRIES);
  let count = 0;
  for (let position = 0; position < positions; position++) {
    for (let k = position * ENTRIES; k < (position + 1) * ENTRIES; k++) {
      const id = codePoints[k] < 0 ? undefined : ids.get(codePoints[k]);
      if (id === undefined || deltas[k] < MIN_DELTA_NATS) continue;
      symbols[count] = id;
      values[count++] = Math.min(255, Math.round(deltas[k] / UNIT_NATS));
    }
    starts[position + 1] = count;
  }
  return { starts, symbols: symbols.slice(0, count), values: values.slice(0, count) };
}

/** Makes a logit bias of `rows` rows that uses no entry. */
export function emptyPrior(rows: number): LogitBias {
  return {
    entries: ENTRIES,
    symbols: new Int32Array(rows * ENTRIES).fill(-1),
    values: new Float32Array(rows * ENTRIES),
  };
}

/** Copies the entries of character `position` to row `row`; none where the text has no such character. */
export function fillRow(
  prior: LogitBias,
  row: number,
  { starts, symbols, values }: PackedPriors,
  position: number,
): void {
  let to = row * ENTRIES;
  for (let from = starts[position]; from < starts[position + 1]; from++, to++) {
    prior.symbols[to] = symbols[from];
    prior.values[to] = values[from] * UNIT_NATS;
  }
}

/**
 * The loss of a context model by itself, which is the softmax of its d over `vocabularySize` symbols.
 * @returns the sum over the counted targets, in nats.
 */
export function priorLoss(targets: Batch['targets'], logitBias: LogitBias, vocabularySize: number): number {
  const { entries, symbols, values } = logitBias;
  let loss = 0;
  for (let row = 0; row < targets.length; row++) {
    if (targets[row] < 0) continue;
    // All symbols that no entry names have d = 0.
    let sum = vocabularySize;
    let delta = 0;
    for (let k = row * entries; k < (row + 1) * entries; k++) {
      if (symbols[k] < 0) continue;
      sum += Math.exp(values[k]) - 1;
      if (symbols[k] === targets[row]) delta = values[k];
    }
    loss += Math.log(sum) - delta;
  }
  return loss;
}
