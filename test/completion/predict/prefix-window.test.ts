import fc from '../../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { WINDOW_LENGTH, windowOf, windowStart } from '../../../src/completion/predict/prefix-window.ts';

describe('the window', () => {
  it('is the whole of a short text', () => {
    expect(windowStart(() => 10, 5, 3)).toEqual({ line: 0, character: 0 });
    expect(windowOf('a\nb', true)).toEqual({ text: 'a\nb', atFileStart: true });
    expect(windowOf('a\nb', false)).toEqual({ text: 'a\nb', atFileStart: false });
  });

  it('moves in steps of lines', () => {
    const starts = new Set<number>();
    for (let line = 1000; line < 1100; line++) starts.add(windowStart(() => 30, line, 0).line);
    expect([...starts]).toEqual([928, 960, 992, 1024]);
  });

  it('takes finer steps where lines are long', () => {
    expect(windowStart(() => 200, 100, 0)).toEqual({ line: 88, character: 0 });
    expect(windowStart(() => 900, 101, 0)).toEqual({ line: 98, character: 0 });
  });

  it('moves in steps within a line that is longer still', () => {
    const starts = new Set<number>();
    for (let character = 10_000; character < 12_000; character++)
      starts.add(windowStart(() => 0, 7, character).character);
    expect([...starts]).toEqual([7168, 8192, 9216]);
  });

  it('is bounded, ends at the cursor and keeps much of what is there', () => {
    const text = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 });
    fc.assert(
      fc.property(text, (lengths) => {
        const whole = lengths.map((length) => 'x'.repeat(length)).join('\n');
        const read = windowOf(whole, true);
        expect(read.text.length).toBeLessThanOrEqual(WINDOW_LENGTH);
        expect(whole.endsWith(read.text)).toBe(true);
        expect(read.atFileStart).toBe(read.text === whole);
        expect(windowOf(read.text, read.atFileStart)).toEqual(read);
      }),
      { seed: 1 },
    );
  });
});
