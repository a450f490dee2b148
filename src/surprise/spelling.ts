import { TEXT_WEIGHT } from './context-fit.ts';
import { nearestWord, partsOf, type Neighbour } from './known-words.ts';
import type { TextWords } from './text-words.ts';
import type { WorkspaceWords } from './workspace-words.ts';

/** Words that are more frequent than this are spelt as they should be. */
const RARE = 8;
/** The same for a part of a word. */
const RARE_PART = 2;
/** Shorter words are near too many others. */
const MIN_LENGTH = 3;
/** Longer ones are data, and what a typing error makes of them would take minutes to look up. */
const MAX_LENGTH = 64;

/** How a word is spelt, as far as others show. */
export interface Spelling {
  /** log2 of how much more frequent than the word the most frequent one is that a typing error leads from; at least 0. */
  readonly neighbour: number;
  /** That word; undefined where there is none. */
  readonly meant: string | undefined;
  /** 1 where a part of the word occurs nowhere else, 0.5 where one hardly does, else 0. */
  readonly strangePart: number;
  /** log2 of the frequency of the part that a typing error leads to it from; at least 0. */
  readonly partNeighbour: number;
}

const FINE: Spelling = { neighbour: 0, meant: undefined, strangePart: 0, partNeighbour: 0 };

/** Judges the spelling of the words of a text by the words of the workspace and of the text. */
export class Speller {
  private readonly workspace: WorkspaceWords;
  private readonly words: TextWords;
  /** Nearest words found so far. */
  private readonly nearest = new Map<string, Neighbour | undefined>();
  private readonly nearestParts = new Map<string, Neighbour | undefined>();

  constructor(workspace: WorkspaceWords, words: TextWords) {
    this.workspace = workspace;
    this.words = words;
  }

  /**
   * @param frequency of the word, without the line it stands in
   * @param inLine its occurrences in that line
   */
  of(word: string, frequency: number, inLine: number): Spelling {
    if (frequency >= RARE) return FINE;
    let neighbour = 0;
    let meant: string | undefined;
    if (word.length >= MIN_LENGTH && word.length <= MAX_LENGTH) {
      const near = this.near(this.nearest, word, (other) => this.frequency(other));
      if (near && near.frequency > frequency) {
        neighbour = Math.log2((1 + near.frequency) / (1 + frequency));
        meant = near.word;
      }
    }
    return { neighbour, meant, ...this.partsOf(word, inLine) };
  }

  private partsOf(word: string, inLine: number): Pick<Spelling, 'strangePart' | 'partNeighbour'> {
    let strangePart = 0;
    let partNeighbour = 0;
    for (const part of partsOf(word)) {
      const known = this.frequencyOfPart(part) - TEXT_WEIGHT * inLine;
      if (part.length < MIN_LENGTH || known > RARE_PART) continue;
      strangePart = Math.max(strangePart, known <= 0 ? 1 : 0.5);
      if (part.length > MAX_LENGTH) continue;
      const near = this.near(this.nearestParts, part, (other) => this.frequencyOfPart(other));
      if (near) partNeighbour = Math.max(partNeighbour, Math.log2(1 + near.frequency));
    }
    return { strangePart, partNeighbour };
  }

  private near(
    known: Map<string, Neighbour | undefined>,
    word: string,
    frequency: (word: string) => number,
  ): Neighbour | undefined {
    if (!known.has(word)) known.set(word, nearestWord(word, frequency));
    return known.get(word);
  }

  private frequency(word: string): number {
    const { workspace, words } = this;
    const id = workspace.ids.find(word);
    return id === 0 ? 0 : workspace.counts.of(id) + TEXT_WEIGHT * words.counts.of(id);
  }

  private frequencyOfPart(part: string): number {
    return this.workspace.frequencyOfPart(part) + TEXT_WEIGHT * this.words.frequencyOfPart(part);
  }
}
