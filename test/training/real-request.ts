import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultTrainingOptions } from '../../src/training/index.ts';
import type { TrainingOptions, TrainingRequest } from '../../src/training/index.ts';

export const verse =
  'Twinkle, twinkle, little star,\nHow I wonder what you are!\nUp above the world so high,\nLike a diamond in the sky.\n';
export const rhyme =
  'Mary had a little lamb,\nIts fleece was white as snow,\nAnd everywhere that Mary went\nThe lamb was sure to go.\n';

/** A training of files that are written to a new folder. */
export function requestFor(
  temporaryFolder: () => string,
  options: Partial<TrainingOptions>,
  files: Readonly<Record<string, string>>,
): TrainingRequest {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return {
    modelPath: path.join(temporaryFolder(), 'model.safetensors'),
    corpus: { roots: [folder], include: [], exclude: [], maxCharacters: 1e6 },
    options: { ...defaultTrainingOptions, ...options },
    limits: 'total',
    engine: 'wasm',
    threads: 0,
    resume: false,
  };
}
