import { CopyDetector, withoutEqualFiles } from './copies.ts';
import { Yielder } from '../common/yielder.ts';
import { orderByHash } from './file-order.ts';
import { countCharacters, cutAtLineEnd } from './text/code-points.ts';
import type { SourceFile } from './source-file.ts';

/** A single file shorter than this is learnt whole, because a part of it would be too small to measure on. */
const MIN_CHARACTERS_TO_CUT = 2_000;
/** Where only large files are left to choose from, the smallest is held out if it is at most this part of all. */
const MAX_WHOLE_FRACTION = 0.25;

export interface Split {
  readonly training: readonly SourceFile[];
  readonly validation: readonly SourceFile[];
}

/**
 * Holds whole files out for validation: about `fraction` of the characters, chosen by `seed` and the path below
 * the files' common folder, so that a file stays on its side when others come and go (as long as between half
 * and twice the fraction is held out), and wherever the checkout lies. Where whole files would be too much, as
 * in a corpus of one file, the largest one gives up its last part instead (cut at a line end), if it has 2,000
 * characters or more. With `fraction` 0 nothing is held out. The training side is never empty.
 *
 * Copies of what is held out, as other checkouts and vendored sources have them, are on neither side, because what was
 * learnt by heart would be measured (see `CopyDetector`). Throws the signal's reason when aborted.
 */
export async function splitFiles(
  files: readonly SourceFile[],
  fraction: number,
  seed: number,
  signal?: AbortSignal,
): Promise<Split> {
  const total = files.reduce((sum, file) => sum + file.characters, 0);
  if (!(fraction > 0) || total === 0) return { training: files, validation: [] };

  const yielder = new Yielder(signal);
  const heldOut = chooseWholeFiles(files, Math.min(fraction, 1), seed, total);
  if (heldOut.size > 0) {
    const validation = await withoutEqualFiles(
      files.filter((file) => heldOut.has(file)),
      yielder,
    );
    const others = files.filter((file) => !heldOut.has(file));
    const training = await withoutCopies(others, validation, yielder);
    if (training.length > 0) return { training, validation };
  }
  return cutLargestFile(await withoutEqualFiles(files, yielder), Math.min(fraction, 1) * total, yielder);
}

/** The `files` that are no copies of `originals`. */
async function withoutCopies(
  files: readonly SourceFile[],
  originals: readonly SourceFile[],
  yielder: Yielder,
): Promise<readonly SourceFile[]> {
  const copies = await CopyDetector.of(originals, yielder);
  const kept: SourceFile[] = [];
  for (const file of files) {
    if (yielder.isDue) await yielder.yield();
    if (!copies.isCopy(file)) kept.push(file);
  }
  return kept;
}

function chooseWholeFiles(
  files: readonly SourceFile[],
  fraction: number,
  seed: number,
  total: number,
): ReadonlySet<SourceFile> {
  const target = fraction * total;
  const limit = Math.min(2 * target, (target + total) / 2);
  const ordered = orderByHash(files, String(seed));
  const heldOut = new Set<SourceFile>();
  let held = 0;
  for (const { item: file, position } of ordered) {
    const wanted = position < fraction || held < target / 2;
    if (wanted && held + file.characters <= limit && held + file.characters < total) {
      heldOut.add(file);
      held += file.characters;
    }
  }
  if (held > 0) return heldOut;

  const smallest = ordered.reduce((min, next) =>
    next.item.characters < min.item.characters ? next : min,
  ).item;
  const mayGo = files.length > 1 && smallest.characters <= MAX_WHOLE_FRACTION * total;
  return new Set(mayGo ? [smallest] : []);
}

async function cutLargestFile(
  files: readonly SourceFile[],
  target: number,
  yielder: Yielder,
): Promise<Split> {
  const largest = files.reduce((max, next) => (next.characters > max.characters ? next : max));
  const kept = Math.max(largest.characters - Math.round(target), Math.ceil(largest.characters / 2));
  const cut = cutAtLineEnd(largest.text, kept);
  if (largest.characters < MIN_CHARACTERS_TO_CUT || cut === 0 || cut === largest.text.length) {
    return { training: files, validation: [] };
  }
  const first = part(largest, largest.text.slice(0, cut));
  const validation = [part(largest, largest.text.slice(cut))];
  const others = new Set(
    await withoutCopies(
      files.filter((file) => file !== largest),
      validation,
      yielder,
    ),
  );
  const training = files.filter((file) => file === largest || others.has(file));
  return { training: training.map((file) => (file === largest ? first : file)), validation };
}

function part(file: SourceFile, text: string): SourceFile {
  return { ...file, text, characters: countCharacters(text) };
}
