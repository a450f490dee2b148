import { writeFileSync } from 'node:fs';
import { defaultTrainingOptions, train } from '../../src/training/index.ts';
import type { TrainingOptions } from '../../src/training/index.ts';

/** The editor's shape, smaller, for some seconds of training. */
const SMALL: Partial<TrainingOptions> = {
  layers: 1,
  units: 128,
  embedding: 48,
  batchSize: 32,
  sequenceLength: 32,
  learningRate: 0.006,
  learningRateDecay: 1,
  epochs: 1000,
};

/** Trains on files or folders, the same on every machine. */
export async function trainFor(
  steps: number,
  roots: readonly string[],
  modelPath: string,
  options: Partial<TrainingOptions> = {},
): Promise<void> {
  await train({
    modelPath,
    corpus: { roots, include: [], exclude: [], maxCharacters: 500_000 },
    options: { ...defaultTrainingOptions, ...SMALL, steps, ...options },
    limits: 'total',
    engine: 'wasm',
    threads: 1,
    resume: false,
  });
}

/** Simple Korean sentences of a few words. */
export function koreanText(sentences: number): string {
  const who = ['나는', '너는', '우리는', '그 사람은', '아이는', '선생님은'];
  const what = ['학교에', '집에', '바다에', '산에', '시장에', '도서관에'];
  const does = ['갑니다', '갔습니다', '가겠습니다', '다녀왔습니다', '있습니다'];
  let state = 7;
  const pick = (words: readonly string[]) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return words[Math.floor((state / 2147483648) * words.length)];
  };
  const all = Array.from({ length: sentences }, () => `${pick(who)} ${pick(what)} ${pick(does)}.\n`);
  return all.join('');
}

export function writeFiles(folder: (name: string) => string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(folder(name), text);
}
