import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Options of a network that learns the tiny corpus in a moment, on one thread so that runs compare bit for bit. */
export const tinyNetwork = [
  ...['--layers', '1', '--units', '16', '--embedding', '8', '--batch-size', '4', '--sequence-length', '20'],
  ...['--threads', '1', '--learning-rate', '0.02'],
];

/** A folder of `files` small source files, some 600 characters each. */
export async function writeTinyCorpus(folder: string, files = 12): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < files; i++) {
    const lines = Array.from(
      { length: 12 },
      (_, j) => `  const value${i}x${j} = read(${(7 * i + 3 * j) % 10}) + ${j};\n`,
    );
    await writeFile(join(folder, `file${i}.ts`), `export function run${i}() {\n${lines.join('')}}\n`);
  }
}
