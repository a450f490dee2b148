import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the workspace that is excluded from training. */
export const LARGE_FILE = 'large.ts';
const LINES = 10_000;

const VERBS = ['open', 'close', 'read', 'write', 'move', 'copy', 'list', 'find', 'sort', 'merge'];
const NOUNS = ['file', 'folder', 'index', 'record', 'table', 'stream', 'buffer', 'symbol', 'window', 'page'];

/** Copies of the large file for each kind of line end. */
export const COPIES = 20;

export function copyName(lineEnd: string, index: number): string {
  return `large-${lineEnd.toLowerCase()}-${index}.ts`;
}

/** Lines so similar that a network soon offers long suggestions. */
export function similarLines(module: string): string {
  const lines = VERBS.flatMap((verb) =>
    NOUNS.map(
      (noun) => `registry.register('${module}.${verb}-${noun}', (request) => ${verb}(request.${noun}));`,
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** All lines of the code base's sources, by path. */
async function sources(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, encoding: 'utf8' });
  const wanted = names
    .filter((name) => /\.(?:ts|js|c|h|py|go|rs|java)$/.test(name) && name !== LARGE_FILE)
    .sort();
  const texts = await Promise.all(wanted.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n')).filter((line) => line.length < 200);
}

/** The text of a file of 10,000 lines of the code base, over and over if need be. */
export async function largeFileLines(folder: string): Promise<string> {
  const lines = await sources(folder);
  return `${Array.from({ length: LINES }, (_, i) => lines[i % lines.length]).join('\n')}\n`;
}

/** The lines to type: similar lines and ordinary ones of the code base, alternately. */
export async function typedLines(folder: string): Promise<string[]> {
  const ordinary = (await sources(folder)).filter((line) => /^ {2}\S.{20,60}$/.test(line));
  return Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0
      ? `registry.register('typed.${VERBS[(i * 3) % 10]}-${NOUNS[(i * 7) % 10]}', (request) => ${VERBS[(i * 3) % 10]}(request.`
      : ordinary[(i * 7919) % ordinary.length].trim(),
  );
}
