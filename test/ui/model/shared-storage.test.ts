import { expect, it } from 'vitest';
import type * as vscode from 'vscode';
import { sharedStorage } from '../../../src/ui/model/shared-storage.ts';

const shared = (path: string): string => sharedStorage({ path, fsPath: path } as vscode.Uri).fsPath;

it('is that of the first window on a workspace', () => {
  const root = '/home/x/User/workspaceStorage';
  for (const id of [
    '0123456789abcdef0123456789abcdef',
    '-3c9ab7d1',
    '12345678',
    '-12345678',
    '1699999999999',
  ]) {
    const own = `${root}/${id}/char-rnn.char-rnn`;
    expect(shared(own)).toBe(own);
    for (const window of [1, 2, 9]) expect(shared(`${root}/${id}-${window}/char-rnn.char-rnn`)).toBe(own);
  }
});

it('is what VS Code gives where it is named otherwise', () => {
  for (const path of ['/x/ext-dev/char-rnn.char-rnn', '/x/my-project-1/char-rnn.char-rnn'])
    expect(shared(path)).toBe(path);
});
