import { describe, expect, it } from 'vitest';
import { distanceTo } from '../../../src/corpus/files/nearness.ts';

describe('the distance of files', () => {
  it('counts folders up and down, and another language as two more', () => {
    const near = ['/w/app/net/http.c'];
    expect(distanceTo(near, '/w/app/net/tcp.c')).toBe(0);
    expect(distanceTo(near, '/w/app/net/v6/tcp.c')).toBe(1);
    expect(distanceTo(near, '/w/app/disk/ata.c')).toBe(2);
    expect(distanceTo(near, '/w/app/net/notes.md')).toBe(2);
    expect(distanceTo(near, '/w/lib/net/tcp.c')).toBe(4);
  });

  it('is that to the nearest of several, and nothing to none', () => {
    expect(distanceTo(['/w/a/x.c', '/w/b/y.c'], '/w/b/z.c')).toBe(0);
    expect(distanceTo([], '/w/b/z.c')).toBe(0);
  });
});
