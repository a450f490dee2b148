import { Vocabulary } from '../../corpus/index.ts';
import type { Batch } from '../../engine/index.ts';
import { packWindow } from './pack-window.ts';
import type { StreamSlice } from './pack-window.ts';
import { emptyPrior, fillRow, type PackedPriors } from './priors/sparse-priors.ts';

/** Longer files are read in parts, so that one of them does not keep all streams but one idle. */
const PART_LENGTH = 65_536;
/** Symbols that a part reads, without counting them, before its first one. */
const WARM_UP = 256;
const MAX_STREAMS = 32;
/** Matrix kernels take rows by fours, so other numbers of streams cost as much as the next multiple. */
const STREAMS_STEP = 4;
/** T of a window, at most. */
export const WINDOW = 200;

/** At most `WINDOW` predictions in one file, whose symbols stand behind its start-of-file symbol. */
interface Segment extends StreamSlice {
  /** Whether a part of a file begins here, from a zero state. */
  readonly isStart: boolean;
  /** Of the file's characters; its first character is symbol 1. */
  readonly priors: PackedPriors | undefined;
}

/**
 * Whole files spread over parallel streams, for measuring a network. A file's segments follow each other in one
 * stream, one in each window; in longer files those of each part.
 */
export class EvaluationStreams {
  private readonly streams: readonly (readonly Segment[])[];

  /**
   * Takes as many streams as have the files read soonest; none for no text.
   * @param texts symbol ids of each file.
   * @param priors of each file's characters, for a network with a prior.
   */
  constructor(texts: readonly Int32Array[], priors?: readonly PackedPriors[]) {
    const parts = texts
      .flatMap((text, index) => partsOf(text, priors?.[index]))
      .sort((a, b) => b.length - a.length);
    let best: readonly (readonly Segment[])[] = [];
    let minCost = Infinity;
    for (let B = STREAMS_STEP; B <= MAX_STREAMS; B += STREAMS_STEP) {
      const streams = spread(parts, B);
      const cost = windowsOf(streams) * B;
      if (cost < minCost) [best, minCost] = [streams, cost];
    }
    this.streams = best.filter((stream) => stream.length > 0);
  }

  /** B of every window. */
  get batchSize(): number {
    return this.streams.length;
  }

  /** Windows until the last stream has ended. */
  get windows(): number {
    return windowsOf(this.streams);
  }

  /** Streams that begin a file, or a part of one, in window `index`. */
  starting(index: number): number[] {
    return this.streams.flatMap((stream, b) => (stream[index]?.isStart ? [b] : []));
  }

  /** Window `index` of all streams, with a logit bias where there are priors. */
  window(index: number): Batch {
    const segments = this.streams.map((stream) => stream.at(index));
    const batch = packWindow(segments);
    if (!segments.some((segment) => segment?.priors)) return batch;
    const B = segments.length;
    const logitBias = emptyPrior(batch.inputs.length);
    for (const [b, segment] of segments.entries()) {
      if (!segment?.priors) continue;
      const { start, length, priors } = segment;
      for (let t = 0; t < length; t++) fillRow(logitBias, t * B + b, priors, start + t);
    }
    return { ...batch, logitBias };
  }
}

function windowsOf(streams: readonly (readonly Segment[])[]): number {
  return streams.reduce((max, stream) => Math.max(max, stream.length), 0);
}

/** The longest part first, each to the stream that has least to read. */
function spread(parts: readonly (readonly Segment[])[], B: number): readonly (readonly Segment[])[] {
  const streams = Array.from({ length: B }, (): Segment[] => []);
  for (const part of parts) {
    const shortest = streams.reduce((min, stream) => (stream.length < min.length ? stream : min));
    shortest.push(...part);
  }
  return streams;
}

/** The parts of one file; a part that is not the first reads the symbols before it without counting them. */
function partsOf(text: Int32Array, priors: PackedPriors | undefined): Segment[][] {
  const symbols = new Int32Array(text.length + 1);
  symbols[0] = Vocabulary.startOfFile;
  symbols.set(text, 1);
  const parts: Segment[][] = [];
  for (let begin = 0; begin < text.length; begin += PART_LENGTH) {
    const from = Math.max(0, begin - WARM_UP);
    const end = Math.min(begin + PART_LENGTH, text.length);
    const segments: Segment[] = [];
    for (let start = from; start < end; start += WINDOW) {
      const length = Math.min(WINDOW, end - start);
      segments.push({ symbols, start, length, countedFrom: begin + 1, isStart: start === from, priors });
    }
    parts.push(segments);
  }
  return parts;
}
