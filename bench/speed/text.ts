import { readFileSync, readdirSync } from 'node:fs';
import type { Batch } from '../../src/engine/index.ts';

/** Symbols of the text measured on; what is rarer than the first 97 characters becomes the last. */
export const SYMBOLS = 98;

let encoded: Int32Array | undefined;

/** This repository's sources as symbol ids, most frequent first. Read once, so that edits do not change a running bench. */
export function readText(): Int32Array {
  encoded ??= encodeSources();
  return encoded;
}

function encodeSources(): Int32Array {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const text = files
    .sort()
    .map((name) => readFileSync(`src/${name}`, 'utf8'))
    .join('');
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const byFrequency = [...counts].sort(([, a], [, b]) => b - a).map(([character]) => character);
  const ids = new Map(byFrequency.map((character, id) => [character, Math.min(id, SYMBOLS - 1)]));
  return Int32Array.from(text, (character) => ids.get(character) ?? SYMBOLS - 1);
}

/** Window number `index` of B streams through the text. */
export function windowOf(text: Int32Array, batchSize: number, length: number, index: number): Batch {
  const stream = Math.floor(text.length / batchSize);
  const at = (t: number, b: number) => text[(b * stream + index * length + t) % text.length];
  const values = (shift: number) =>
    Int32Array.from({ length: length * batchSize }, (_, i) =>
      at(Math.floor(i / batchSize) + shift, i % batchSize),
    );
  return { sequenceLength: length, inputs: values(0), targets: values(1) };
}
