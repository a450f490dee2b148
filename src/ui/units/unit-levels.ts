import { dequantized } from '../../units/index.ts';

/** Shades of each of the two colours; the first stands for values about 1/4, the last for 1. */
export const SHADES = 4;

/** From -4 for values near -1 to 4 for values near 1; 0 is not coloured. */
export type Level = number;

/** Columns of a line in UTF-16 units, from `start` to before `end`, of which the values have one level. */
export interface LevelRun {
  readonly start: number;
  readonly end: number;
  readonly level: Level;
}

/** The runs of a line that are coloured. @param values quantised, by UTF-16 unit */
export function levelRuns(values: Int8Array): LevelRun[] {
  const runs: LevelRun[] = [];
  let start = 0;
  while (start < values.length) {
    const level = levelOf(values[start]);
    let end = start + 1;
    while (end < values.length && levelOf(values[end]) === level) end++;
    if (level !== 0) runs.push({ start, end, level });
    start = end;
  }
  return runs;
}

function levelOf(quantized: number): Level {
  return Math.round(dequantized(quantized) * SHADES);
}
