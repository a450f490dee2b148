import type { Vocabulary } from '../../corpus/index.ts';
import type { Stepper } from '../../engine/index.ts';
import { openingSymbols } from '../../sampling/index.ts';

/** What the network holds after reading a text. Belongs to the cache: copy it before going on from it. */
export interface Reading {
  readonly state: Float32Array;
  /** [V], for the symbol after the text. */
  readonly logits: Float32Array;
}

/** One document as read last: `states[i]` is the state before `lines[i]`, or before the unfinished last line. */
interface Track {
  readonly atFileStart: boolean;
  readonly lines: string[];
  readonly states: Float32Array[];
  /** How far the unfinished line was read: `text` follows the first `line` lines. */
  end: (Reading & { readonly line: number; readonly text: string }) | undefined;
}

const DEFAULT_BUDGET_BYTES = 64 * 2 ** 20;

/**
 * Hidden states of the documents read last, kept at line starts and at the end of what was read, so that a typed
 * symbol costs one step and an edit further up costs the lines from there. What is kept is found by comparing the
 * text itself: a reading never differs from one made from nothing.
 */
export class DocumentStates {
  private readonly stepper: Stepper;
  private readonly vocabulary: Vocabulary;
  private readonly budget: number;
  /** In the order of their last use. */
  private readonly tracks = new Map<string, Track>();

  /** @param budget bytes of states to keep; the least recently used documents go first. */
  constructor(stepper: Stepper, vocabulary: Vocabulary, budget = DEFAULT_BUDGET_BYTES) {
    this.stepper = stepper;
    this.vocabulary = vocabulary;
    this.budget = budget;
  }

  /**
   * Reads `text`, from where it first differs from what is kept for `document`.
   * @param text normalised, from a line start; from the file's start when `atFileStart`.
   * @returns undefined when cancelled; the lines read by then are kept.
   */
  read(
    document: string,
    text: string,
    atFileStart: boolean,
    isCancelled: () => boolean = () => false,
  ): Reading | undefined {
    const track = this.use(document, atFileStart);
    const lines = text.split(/(?<=\n)/);
    if (lines.length === 0 || lines.at(-1)!.endsWith('\n')) lines.push('');
    const unfinished = lines.pop()!;
    let common = 0;
    while (common < track.lines.length && common < lines.length && track.lines[common] === lines[common]) {
      common++;
    }
    if (track.end && track.end.line > common) track.end = undefined;
    track.lines.length = common;
    track.states.length = common + 1;
    for (const line of lines.slice(common)) {
      if (isCancelled()) return undefined;
      const { state } = this.readLine(track, line);
      track.lines.push(line);
      track.states.push(state);
    }
    const reading = this.readLine(track, unfinished);
    track.end = { ...reading, line: track.lines.length, text: unfinished };
    this.shrink();
    return reading;
  }

  forget(document: string): void {
    this.tracks.delete(document);
  }

  private use(document: string, atFileStart: boolean): Track {
    const kept = this.tracks.get(document);
    this.tracks.delete(document);
    const track = kept?.atFileStart === atFileStart ? kept : this.start(atFileStart);
    this.tracks.set(document, track);
    return track;
  }

  private start(atFileStart: boolean): Track {
    const state = new Float32Array(this.stepper.stateSize);
    this.stepper.feed(openingSymbols(this.vocabulary, atFileStart), state, this.emptyLogits());
    return { atFileStart, lines: [], states: [state], end: undefined };
  }

  /** Reads `line` behind the finished lines of `track`, on from its end where that is a beginning of `line`. */
  private readLine(track: Track, line: string): Reading {
    const { end } = track;
    const goesOn = end?.line === track.lines.length && isBeginning(end.text, line);
    if (goesOn && end.text.length === line.length) return end;
    const state = (goesOn ? end.state : track.states[track.lines.length]).slice();
    const logits = this.emptyLogits();
    this.stepper.feed(this.vocabulary.encode(goesOn ? line.slice(end.text.length) : line), state, logits);
    return { state, logits };
  }

  private emptyLogits(): Float32Array {
    return new Float32Array(this.stepper.specification.vocabularySize);
  }

  private shrink(): void {
    let bytes = 0;
    const newestFirst = [...this.tracks].reverse();
    for (const [index, [document, track]] of newestFirst.entries()) {
      bytes += (track.states.length + 1) * this.stepper.stateSize * Float32Array.BYTES_PER_ELEMENT;
      if (index > 0 && bytes > this.budget) this.tracks.delete(document);
    }
  }
}

/** Whether `line` goes on from `beginning` with whole code points. */
function isBeginning(beginning: string, line: string): boolean {
  return line.startsWith(beginning) && !/^[\uDC00-\uDFFF]/.test(line.slice(beginning.length));
}
