import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { SourceFile } from '../../src/corpus/index.ts';

/** Gives folders that are removed after each test of the calling file. */
export function temporaryFolders(): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'char-rnn-training-'));
    folders.push(folder);
    return folder;
  };
}

export function sourceFile(name: string, text: string): SourceFile {
  return { path: `/corpus/${name}`, encoding: 'utf-8', text, characters: [...text].length };
}
