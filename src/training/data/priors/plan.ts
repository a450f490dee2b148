import { orderByHash } from '../../../corpus/index.ts';
import type { SourceFile } from '../../../corpus/index.ts';

const ORDER_SALT = 'char-rnn priors';
/** Characters that get priors at the most, in whole files: some 60 MB of them. */
const MAX_CHARACTERS = 2 ** 22;
/** A file of more would keep all others waiting; it gets priors only where there is no smaller one. */
const MAX_FILE_CHARACTERS = 2 ** 19;
/**
 * None are used before so many characters have them: of fewer, which are a few files, a joint output layer learns what is
 * wrong for all others. A workspace that has no more gets them as soon as possible.
 */
const MIN_CHARACTERS = 2 ** 17;
/** Elsewhere a training reads so many characters for each one that gets a prior, which takes a twelfth of its time. */
const STEP_CHARACTERS_BETWEEN = 12;
/** What it takes to learn a character, in times of what it takes to predict one that is left out. */
const LEARNING_COST = 0.1;
/** Characters that a training reads while one is predicted, where both share two processors. */
const STEP_CHARACTERS_MEANWHILE = 2;
/**
 * Priors that are there after so many characters' time of steps, a second or two, are waited for: small files make a
 * small training, of which the steps by itself would be a large part.
 */
const MAX_AWAITED_CHARACTERS = 100_000;

/** A file whose priors a training uses. Steps count from the begin of the run. */
export interface PlannedFile {
  /** Index among the training files that have text. */
  readonly file: number;
  /** Its priors are asked for before this step. */
  readonly askedAt: number;
  /** From this step on they are used, and waited for where they are not there yet. */
  readonly usedFrom: number;
}

/** What the thread that computes priors does before all else, and what a step is, in characters. */
export interface PriorWork {
  /** That the context model learns. */
  readonly learnt: number;
  /** Of the held-out files, which are predicted before all others. */
  readonly heldOut: number;
  /** Of a training step. */
  readonly stepCharacters: number;
}

/**
 * Chooses the files that get priors, in an order of hashes of their names, and says when. That follows from the sizes
 * alone, and not from what is ready when, so that a training gives the same network each time. Measured on two
 * processors: predicting a character takes 17 us, learning one 1.6 us, one of a training step 18.5 us.
 * @param files that have text.
 */
export function planPriors(
  files: readonly SourceFile[],
  { learnt, heldOut, stepCharacters }: PriorWork,
): PlannedFile[] {
  const total = files.reduce((sum, file) => sum + file.characters, 0);
  const between = total > MIN_CHARACTERS ? STEP_CHARACTERS_BETWEEN : 0;
  const indices = new Map(files.map((file, index) => [file, index]));
  const planned: PlannedFile[] = [];
  let predicted = 0;
  for (const item of candidates(files)) {
    if (planned.length > 0 && predicted + item.characters > MAX_CHARACTERS) continue;
    const askedAt = Math.floor((between * predicted) / stepCharacters);
    predicted += item.characters;
    const work = LEARNING_COST * learnt + heldOut + predicted;
    const characters = Math.max(STEP_CHARACTERS_MEANWHILE * work, between * predicted);
    const usedFrom = characters < MAX_AWAITED_CHARACTERS ? 0 : Math.ceil(characters / stepCharacters);
    planned.push({ file: indices.get(item)!, askedAt, usedFrom });
  }
  return fromEnoughOn(planned, files);
}

/** The files that may get priors, in their order: a very large one only where all are. */
function candidates(files: readonly SourceFile[]): readonly SourceFile[] {
  const ordered = orderByHash(files, ORDER_SALT).map(({ item }) => item);
  const fitting = ordered.filter(({ characters }) => characters <= MAX_FILE_CHARACTERS);
  return fitting.length > 0 ? fitting : ordered;
}

/** Uses none before there are enough. */
function fromEnoughOn(planned: readonly PlannedFile[], files: readonly SourceFile[]): PlannedFile[] {
  let characters = 0;
  const enough =
    planned.find(({ file }) => (characters += files[file].characters) >= MIN_CHARACTERS) ?? planned.at(-1);
  const first = enough?.usedFrom ?? 0;
  return planned.map((each) => ({ ...each, usedFrom: Math.max(first, each.usedFrom) }));
}
