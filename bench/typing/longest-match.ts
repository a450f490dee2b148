import type { SourceFile } from '../../src/corpus/index.ts';
import type { Offer } from './calibration.ts';
import type { Method, Session } from './method.ts';
import type { Fixture } from './fixture.ts';
import { offersOf } from './words.ts';

/** Code units before the cursor that must have occurred earlier in the text. */
const MIN_MATCH = 12;
const MAX_CANDIDATES = 96;
const MAX_COMPARED = 400;
const MAX_SHOWN = 80;
const HASH_BITS = 22;

/** What followed the longest earlier match of the text before the cursor, to the end of its line. */
export function longestMatch(files: readonly SourceFile[]): Method {
  const learnt = files.map(({ text }) => `${text}\0`).join('');
  const heads = new Int32Array(1 << HASH_BITS).fill(-1);
  const nexts = new Int32Array(learnt.length + 1);
  for (let end = MIN_MATCH; end <= learnt.length; end++) link(learnt, end, heads, nexts);
  return {
    name: 'longest-match',
    begin: (fixture) => new LongestMatch(fixture, learnt, heads.slice(), nexts),
  };
}

class LongestMatch implements Session {
  private readonly text: string;
  private readonly learnt: string;
  /** By hash, the last place in `learnt`, or behind it in the file, whose `shortest` units before have that hash. */
  private readonly heads: Int32Array;
  private readonly nexts: Int32Array;
  private readonly nextsInFile: Int32Array;
  private known: string;

  constructor({ text }: Fixture, learnt: string, heads: Int32Array, nexts: Int32Array) {
    this.text = text;
    this.learnt = learnt;
    this.heads = heads;
    this.nexts = nexts;
    this.nextsInFile = new Int32Array(text.length + 1);
    this.known = '';
  }

  suggestions(at: number): (Offer | undefined)[] {
    let rest: string | undefined;
    if (at >= MIN_MATCH) {
      let best = -1;
      let longest = 0;
      let place = this.heads[hashBefore(this.known, at)];
      for (let tries = 0; place >= 0 && tries < MAX_CANDIDATES; tries++) {
        const length = this.matchLength(place, at);
        if (length > longest) {
          longest = length;
          best = place;
        }
        place = this.nextOf(place);
      }
      if (longest >= MIN_MATCH) rest = this.lineFrom(best);
    }
    return offersOf(rest);
  }

  bits(): undefined {}

  typed(_at: number, end: number): void {
    this.known = this.text.slice(0, end);
    if (end < MIN_MATCH) return;
    const hash = hashBefore(this.known, end);
    this.nextsInFile[end] = this.heads[hash];
    this.heads[hash] = this.learnt.length + 1 + end;
  }

  end(): void {}

  private nextOf(place: number): number {
    const inFile = place - this.learnt.length - 1;
    return inFile >= 0 ? this.nextsInFile[inFile] : this.nexts[place];
  }

  private sourceOf(place: number): { source: string; end: number } {
    const inFile = place - this.learnt.length - 1;
    return inFile >= 0 ? { source: this.known, end: inFile } : { source: this.learnt, end: place };
  }

  private matchLength(place: number, at: number): number {
    const { source, end } = this.sourceOf(place);
    if (source === this.known && end === at) return 0;
    let length = 0;
    while (
      length < MAX_COMPARED &&
      length < Math.min(end, at) &&
      source.charCodeAt(end - 1 - length) === this.known.charCodeAt(at - 1 - length)
    ) {
      length++;
    }
    return length;
  }

  private lineFrom(place: number): string {
    const { source, end } = this.sourceOf(place);
    const line = /^[^\n\0]*/.exec(source.slice(end, end + MAX_SHOWN))![0];
    return line.trimEnd();
  }
}

function link(text: string, end: number, heads: Int32Array, nexts: Int32Array): void {
  const hash = hashBefore(text, end);
  nexts[end] = heads[hash];
  heads[hash] = end;
}

function hashBefore(text: string, end: number): number {
  let hash = 0;
  for (let index = end - MIN_MATCH; index < end; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash & ((1 << HASH_BITS) - 1);
}
