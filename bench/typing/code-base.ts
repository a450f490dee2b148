import path from 'node:path';
import { readCorpus } from '../../src/corpus/index.ts';
import type { SourceFile } from '../../src/corpus/index.ts';
import { RandomGenerator } from '../../src/model/index.ts';
import type { SuggestionRequest } from '../../src/completion/parts.ts';
import { numberOf } from '../arguments.ts';

/** The files that methods learn, and the held-out files that are typed. */
export interface CodeBase {
  readonly training: readonly SourceFile[];
  readonly heldOut: readonly SourceFile[];
}

/** The files that the product reads in `paths`, with one of `extensions`, if any are given. */
export async function readFiles(
  paths: readonly string[],
  extensions: readonly string[] = [],
): Promise<readonly SourceFile[]> {
  const roots = paths.map((given) => path.resolve(given));
  const include = extensions.map((extension) => `*${extension}`);
  return (await readCorpus({ roots, include, exclude: [], maxCharacters: 20e6 })).files;
}

/** A code base that learns the files of `train` and types those of `heldOut`; a file in both is only typed. */
export async function readCodeBase(
  train: readonly string[],
  heldOut: readonly string[],
  extensions: readonly string[],
): Promise<CodeBase> {
  const typed = await readFiles(heldOut, extensions);
  const names = new Set(typed.map((file) => file.path));
  const learnt = (await readFiles(train, extensions)).filter((file) => !names.has(file.path));
  return { training: learnt, heldOut: typed };
}

/** Length in characters of files that are held out: short ones measure little, a long one would outweigh the others. */
const HELD_OUT_LENGTHS = { min: 4000, max: 26_000 };

/** Holds out whole files of a middling length, `characters` or a little more in all, drawn by `seed`. */
export function splitByDraw(files: readonly SourceFile[], seed: number, characters: number): CodeBase {
  const random = new RandomGenerator(seed);
  const drawn = [...files].map((file) => ({ file, place: random.nextUniform() }));
  drawn.sort((a, b) => a.place - b.place);
  const heldOut = new Set<SourceFile>();
  let held = 0;
  for (const { file } of drawn) {
    const isMiddling = file.characters >= HELD_OUT_LENGTHS.min && file.characters <= HELD_OUT_LENGTHS.max;
    if (!isMiddling || held >= characters) continue;
    heldOut.add(file);
    held += file.characters;
  }
  return {
    training: files.filter((file) => !heldOut.has(file)),
    heldOut: files.filter((file) => heldOut.has(file)),
  };
}

/** Options that say which code base a benchmark measures. */
export interface CodeBaseOptions {
  readonly train?: readonly string[];
  readonly 'held-out'?: readonly string[];
  readonly split?: string;
  readonly 'held-out-characters'?: string;
  readonly extension?: readonly string[];
}

/**
 * The code base that the options name.
 * @param split seed of the draw of files to hold out; undefined where the options name them
 */
export async function codeBaseOf(options: CodeBaseOptions, split: string | undefined): Promise<CodeBase> {
  const { train = [], 'held-out': heldOut = [], extension = [] } = options;
  if (split === undefined) return readCodeBase(train, heldOut, extension);
  return splitByDraw(
    await readFiles(train, extension),
    numberOf('split', split),
    numberOf('held-out-characters', options['held-out-characters'] ?? '120000'),
  );
}

/** How the editor would indent in this project, by the majority of its lines. */
export function indentationOf(files: readonly SourceFile[]): SuggestionRequest['indentation'] {
  const count = (pattern: RegExp) =>
    files.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
  const twos = count(/^ {2}\S/gm);
  const fours = count(/^ {4}\S/gm);
  const tabs = count(/^\t\S/gm);
  if (tabs > twos + fours) return { insertSpaces: false, tabSize: 8 };
  return { insertSpaces: true, tabSize: twos > fours ? 2 : 4 };
}
