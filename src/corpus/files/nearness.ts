import path from 'node:path';

/** What a file in another language is further away, in folders. */
const OTHER_LANGUAGE_DISTANCE = 2;

/**
 * How far a file is from the nearest of some others: the folders to go up and down from one to the other, and more
 * where their names end differently. Files near to what is edited predict it best (Hellendoorn and Devanbu, Are Deep
 * Neural Networks the Best Choice for Modeling Source Code?, 2017).
 * @param near absolute paths; none: every file is as far
 */
export function distanceTo(near: readonly string[], file: string): number {
  let nearest = Infinity;
  for (const other of near) {
    const steps = path.relative(path.dirname(other), path.dirname(file)).split(path.sep);
    const folders = steps.filter((step) => step !== '').length;
    const isOtherLanguage = path.extname(other) !== path.extname(file);
    nearest = Math.min(nearest, folders + (isOtherLanguage ? OTHER_LANGUAGE_DISTANCE : 0));
  }
  return near.length === 0 ? 0 : nearest;
}
