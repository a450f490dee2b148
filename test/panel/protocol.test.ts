import { describe, expect, it } from 'vitest';
import { parseFromPage } from '../../src/panel/index.ts';

describe('messages of the page', () => {
  it.each([
    { type: 'ready' },
    { type: 'act', action: 'train' },
    { type: 'listFiles', group: { by: 'reason', name: 'binary' } },
    { type: 'openFile', path: '/w/a.ts' },
  ])('$type is taken as it is', (message) => expect(parseFromPage(message)).toEqual(message));

  it('lose what does not belong to them', () => {
    expect(parseFromPage({ type: 'ready', path: '/etc/passwd' })).toEqual({ type: 'ready' });
  });

  it.each([
    undefined,
    null,
    'ready',
    { type: 'act', action: 'format' },
    { type: 'act' },
    { type: 'listFiles' },
    { type: 'listFiles', group: { by: 'owner', name: 'a' } },
    { type: 'listFiles', group: { by: 'folder', name: 1 } },
    { type: 'openFile', path: ['/w'] },
    { type: 'toString' },
  ])('%j is none', (message) => expect(parseFromPage(message)).toBeUndefined());
});
