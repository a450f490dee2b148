import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DocumentModel } from '../../src/context-model/index.ts';
import type { Kernels } from '../../src/context-model/wasm/kernel-exports.ts';

/** Positions that were counted or taken back since they were reset. */
const work = vi.hoisted(() => ({ positions: 0 }));
vi.mock('../../src/context-model/wasm/kernel-exports.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/context-model/wasm/kernel-exports.ts')>();
  return {
    ...original,
    createKernels: async (program: Uint8Array<ArrayBuffer>): Promise<Kernels> => {
      const kernels = await original.createKernels(program);
      const counting =
        (how: 'learn' | 'unlearn'): Kernels['learn'] =>
        (table, text, from, to, before) => {
          work.positions += to - from;
          kernels[how](table, text, from, to, before);
        };
      return { ...kernels, learn: counting('learn'), unlearn: counting('unlearn') };
    },
  };
});

const { createContextModel } = await import('../../src/context-model/index.ts');

/** The positions that something counts or takes back before it returns. */
function positionsOf(action: () => void): number {
  work.positions = 0;
  action();
  return work.positions;
}

const WINDOW = 256;
/** Some 20 ms. */
const BOUND = 10_000;
const long = Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919} of ${i}\n`).join('');

beforeEach(() => void (work.positions = 0));

describe('the work that a call does before it returns', () => {
  it('is one position for a character typed at the cursor, or taken back', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', long.slice(0, 5_000));
    document.reader(2_500);
    await memory.idle;
    expect(positionsOf(() => document.type(2_500, 'x'))).toBe(1);
    expect(positionsOf(() => document.edit(2_501, 0, 'y'))).toBe(1);
    expect(positionsOf(() => document.reader(2_502))).toBe(0);
    expect(positionsOf(() => document.edit(2_501, 1, ''))).toBe(1);
  });

  it('is at most the window on both sides, there and back, when the cursor jumps', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a', long.slice(0, 5_000));
    document.reader(2_500);
    await memory.idle;
    expect(positionsOf(() => document.reader(2_501))).toBeLessThanOrEqual(2 * (WINDOW + 1));
    expect(positionsOf(() => document.reader(100))).toBeLessThanOrEqual(4 * WINDOW);
    expect(positionsOf(() => document.reader(4_900))).toBeLessThanOrEqual(4 * WINDOW);
  });

  it('is bounded for a long document, and for pasting, replacing and deleting much', async () => {
    const memory = await createContextModel();
    let document = memory.openDocument('b', '');
    expect(positionsOf(() => (document = memory.openDocument('a', long)))).toBeLessThan(BOUND);
    expect(positionsOf(() => document.reader(200_000))).toBeLessThan(BOUND);
    await memory.idle;
    for (const [offset, removed, inserted] of [
      [1_000, 0, long],
      [500, 300_000, 'short'],
      [0, 200_000, long.toUpperCase()],
      [10, 600_000, ''],
    ] as const) {
      expect(positionsOf(() => document.edit(offset, removed, inserted))).toBeLessThan(BOUND);
      await memory.idle;
    }
  });

  it('is bounded, now and later, where a document is as its file', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a', long);
    let document: DocumentModel | undefined;
    expect(positionsOf(() => (document = memory.openDocument('a', long, true)))).toBe(0);
    for (const at of [100_000, 300_000, 0, long.length]) {
      expect(positionsOf(() => document!.reader(at).predict())).toBeLessThan(BOUND);
      work.positions = 0;
      await memory.idle;
      expect(work.positions).toBeLessThan(BOUND);
    }
    expect(positionsOf(() => document!.type(long.length, 'x'))).toBe(1);
    expect(positionsOf(() => document!.reader().predict())).toBe(0);
    expect(positionsOf(() => document!.dispose())).toBeLessThanOrEqual(4 * WINDOW);
  });

  it('is bounded where a long file is left out, and where it changes a little', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a', long);
    memory.learnFileNow('b', long);
    const a = memory.openDocument('a', long);
    const b = memory.openDocument('b', long);
    await memory.idle;
    expect(positionsOf(() => a.reader(100_000).predict())).toBeLessThan(BOUND);
    await memory.idle;
    expect(positionsOf(() => b.reader(300_000).predict())).toBeLessThan(BOUND);
    await memory.idle;
    work.positions = 0;
    await memory.learnFile('a', `${long.slice(0, 70_000)}changed${long.slice(70_000)}`);
    expect(work.positions).toBeLessThan(4 * WINDOW);
  });
});
