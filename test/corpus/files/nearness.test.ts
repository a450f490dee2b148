import { describe, expect, it } from 'vitest';
import { distanceTo } from '../../../src/corpus/files/nearness.ts';

describe('the distance of files', () => {
  it('counts folders down, and folders up and another language as four each', () => {
    const near = ['/w/app/net/http.c'];
    expect(distanceTo(near, '/w/app/net/tcp.c')).toBe(0);
    expect(distanceTo(near, '/w/app/net/v6/tcp.c')).toBe(1);
    expect(distanceTo(near, '/w/app/disk/ata.c')).toBe(5);
    expect(distanceTo(near, '/w/app/net/notes.md')).toBe(4);
    expect(distanceTo(near, '/w/lib/net/tcp.c')).toBe(10);
  });

  it('is less to everything of a project than to the next one beside it', () => {
    const near = ['/w/app/main.go'];
    const own = distanceTo(near, '/w/app/src/main/net/http.go');
    expect(own).toBeLessThan(distanceTo(near, '/w/other/main.go'));
  });

  it('is that to the nearest of several, and nothing to none', () => {
    expect(distanceTo(['/w/a/x.c', '/w/b/y.c'], '/w/b/z.c')).toBe(0);
    expect(distanceTo([], '/w/b/z.c')).toBe(0);
  });
});
