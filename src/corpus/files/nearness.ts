import path from 'node:path';

/**
 * What a folder further up counts, in folders down: what lies below a folder belongs together, however deep it is, and
 * the next project of a workspace is only one folder up and one down from the top of this one.
 */
const UP_DISTANCE = 4;
/** What a file in another language is further away, in folders down. */
const OTHER_LANGUAGE_DISTANCE = 4;

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
    const folders = steps.filter((step) => step !== '');
    const up = folders.filter((step) => step === '..').length;
    const isOtherLanguage = path.extname(other) !== path.extname(file);
    const distance =
      up * UP_DISTANCE + (folders.length - up) + (isOtherLanguage ? OTHER_LANGUAGE_DISTANCE : 0);
    nearest = Math.min(nearest, distance);
  }
  return near.length === 0 ? 0 : nearest;
}
