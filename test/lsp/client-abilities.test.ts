import { describe, expect, it } from 'vitest';
import { foldersOf } from '../../src/lsp/client-abilities.ts';

describe('workspace folders', () => {
  it('are the same with and without a slash at the end', () => {
    const uris = ['file:///home/a', 'file:///home/a/', 'file:///home/b//'];
    const workspaceFolders = uris.map((uri) => ({ uri, name: 'w' }));
    expect(foldersOf({ workspaceFolders })).toEqual(['/home/a', '/home/b']);
    expect(foldersOf({ rootUri: 'file:///home/a/' })).toEqual(['/home/a']);
    expect(foldersOf({ rootPath: '/home/a/' })).toEqual(['/home/a']);
  });

  it('are none where no path is meant', () => {
    const uris = ['file://host/a', 'file:///%FF', 'file:///a%00b', 'untitled:a', 5];
    expect(foldersOf({ workspaceFolders: uris.map((uri) => ({ uri })) })).toEqual([]);
    expect(foldersOf({ rootPath: '/a\0b' })).toEqual([]);
  });
});
