import { Vocabulary } from '../../corpus/index.ts';
import type { Batch } from '../../engine/index.ts';
import { emptyPrior, fillRow, type PackedPriors } from './priors/sparse-priors.ts';

/** Files longer than this are read in parts, so that one of them does not keep all lanes but one idle. */
const PART_LENGTH = 65_536;
const WARM_UP = 256;
const MOST_LANES = 32;
/** Matrix kernels take rows by fours, so other numbers of lanes cost as much as the next multiple. */
const LANES_STEP = 4;
/** T of a window, at most. */
export const WINDOW = 200;

/** A stretch of at most `WINDOW` predictions in one file. */
interface Stretch {
  readonly inputs: Int32Array;
  /** The symbol after each input; -1 where it does not count. */
  readonly targets: Int32Array;
  /** Whether a part of a file begins here, from a zero state. */
  readonly begins: boolean;
  /** What a memory expects along the file, and which of its characters the first target is. */
  readonly priors: { readonly packed: PackedPriors; readonly from: number } | undefined;
}

/** What each of B lanes reads, window after window; a file's stretches follow each other in one lane. */
export type Lanes = readonly (readonly Stretch[])[];

/**
 * Spreads texts, given as symbol ids, over as many lanes as read them soonest; none for no text.
 * @param priors what a memory expects along each text, for a network with a prior.
 */
export function lanesFor(texts: readonly Int32Array[], priors?: readonly PackedPriors[]): Lanes {
  const parts = texts
    .flatMap((text, index) => partsOf(text, priors?.[index]))
    .sort((a, b) => b.length - a.length);
  let best: Lanes = [];
  let bestCost = Infinity;
  for (let B = LANES_STEP; B <= MOST_LANES; B += LANES_STEP) {
    const lanes = spread(parts, B);
    const cost = windowsOf(lanes) * B;
    if (cost < bestCost) [best, bestCost] = [lanes, cost];
  }
  return best.filter((lane) => lane.length > 0);
}

/** Windows until the last lane has read all. */
export function windowsOf(lanes: Lanes): number {
  return Math.max(0, ...lanes.map((lane) => lane.length));
}

/** Lanes that begin a file, or a part of one, in window `index`. */
export function lanesBeginning(lanes: Lanes, index: number): number[] {
  return lanes.flatMap((lane, b) => (lane[index]?.begins ? [b] : []));
}

/** Window `index` of all lanes; what lies beyond the end of a stretch does not count. */
export function windowOf(lanes: Lanes, index: number): Batch {
  const B = lanes.length;
  const T = Math.max(...lanes.map((lane) => lane[index]?.inputs.length ?? 0));
  const inputs = new Int32Array(T * B);
  const targets = new Int32Array(T * B).fill(-1);
  const prior = lanes.some((lane) => lane[index]?.priors) ? emptyPrior(T * B) : undefined;
  lanes.forEach((lane, b) => {
    const stretch = lane[index];
    if (!stretch) return;
    for (let t = 0; t < stretch.inputs.length; t++) {
      inputs[t * B + b] = stretch.inputs[t];
      targets[t * B + b] = stretch.targets[t];
      if (prior && stretch.priors) {
        fillRow(prior, t * B + b, stretch.priors.packed, stretch.priors.from + t);
      }
    }
  });
  return { sequenceLength: T, inputs, targets, ...(prior ? { logitBias: prior } : {}) };
}

/** The longest part first, each to the lane that has least to read. */
function spread(parts: readonly (readonly Stretch[])[], B: number): Lanes {
  const lanes = Array.from({ length: B }, (): Stretch[] => []);
  for (const part of parts) {
    const shortest = lanes.reduce((least, lane) => (lane.length < least.length ? lane : least));
    shortest.push(...part);
  }
  return lanes;
}

/** The parts of one file; a part that is not the first reads the symbols before it without counting them. */
function partsOf(text: Int32Array, packed: PackedPriors | undefined): Stretch[][] {
  const symbols = new Int32Array(text.length + 1);
  symbols[0] = Vocabulary.startOfFile;
  symbols.set(text, 1);
  const parts: Stretch[][] = [];
  for (let start = 0; start < text.length; start += PART_LENGTH) {
    const from = Math.max(0, start - WARM_UP);
    const end = Math.min(start + PART_LENGTH, text.length);
    const targets = symbols.slice(from + 1, end + 1).fill(-1, 0, start - from);
    parts.push(stretchesOf(symbols.subarray(from, end), targets, packed && { packed, from }));
  }
  return parts;
}

function stretchesOf(inputs: Int32Array, targets: Int32Array, priors: Stretch['priors']): Stretch[] {
  return Array.from({ length: Math.ceil(inputs.length / WINDOW) }, (_, i) => ({
    inputs: inputs.subarray(i * WINDOW, (i + 1) * WINDOW),
    targets: targets.subarray(i * WINDOW, (i + 1) * WINDOW),
    begins: i === 0,
    priors: priors && { packed: priors.packed, from: priors.from + i * WINDOW },
  }));
}
