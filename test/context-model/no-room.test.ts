import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kernels } from '../../src/context-model/wasm/kernel-exports.ts';
import { copyOf, listing, predictionsAlong, predictionsOf } from './texts.ts';

const room = vi.hoisted(() => ({ isFull: false, hasBlocks: true }));
vi.mock('../../src/context-model/wasm/kernel-exports.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/context-model/wasm/kernel-exports.ts')>();
  return {
    ...original,
    createKernels: async (program: Uint8Array<ArrayBuffer>): Promise<Kernels> => {
      const kernels = await original.createKernels(program);
      return {
        ...kernels,
        allocate: (bytes) => {
          if (!room.hasBlocks) throw new RangeError('no room');
          return kernels.allocate(bytes);
        },
        learn: (...parameters) => {
          if (room.isFull) throw new RangeError('no room');
          kernels.learn(...parameters);
        },
      };
    },
  };
});

const { createContextModel } = await import('../../src/context-model/index.ts');

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  room.isFull = false;
  room.hasBlocks = true;
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => void process.off('unhandledRejection', note));

describe('where the kernels have no room', () => {
  it('learning a file fails for who asked, and can be tried again', async () => {
    const memory = await createContextModel();
    room.isFull = true;
    await expect(memory.learnFile('a.c', listing)).rejects.toThrow('no room');
    expect(() => memory.learnFileNow('b.c', listing)).toThrow('no room');
    await memory.forgetFile('b.c');
    await turn();
    expect(unhandled).toEqual([]);
    room.isFull = false;
    memory.learnFileNow('a.c', listing);
    const { codePoints } = memory.openDocument('b.c', 'static int read_li').reader().predict();
    expect(String.fromCodePoint(codePoints[0])).toBe('n');
  });

  it('a file whose text finds no room stays out, and forgetting it takes nothing of the others', async () => {
    const memory = await createContextModel();
    memory.learnFileNow('a.c', listing);
    const known = predictionsAlong(memory, listing);
    room.hasBlocks = false;
    await expect(memory.learnFile('b.c', listing)).rejects.toThrow('no room');
    room.hasBlocks = true;
    await memory.forgetFile('b.c');
    expect(predictionsAlong(memory, listing)).toEqual(known);
  });

  it('a document whose text finds none stays as it was', async () => {
    const memory = await createContextModel();
    const document = memory.openDocument('a.c', listing);
    const known = predictionsOf(document);
    room.hasBlocks = false;
    expect(() => document.edit(0, 0, 'x'.repeat(10_000))).toThrow('no room');
    room.hasBlocks = true;
    // What takes the place of what was released would be read otherwise.
    memory.openDocument('b.c', 'y'.repeat(listing.length));
    expect(predictionsOf(document)).toEqual(known);
  });

  it('a file stays out whose document is closed', async () => {
    const memory = await createContextModel();
    await memory.learnFile('a.c', listing);
    const document = memory.openDocument('a.c', listing);
    await memory.idle;
    room.isFull = true;
    document.dispose();
    await memory.idle;
    await turn();
    expect(unhandled).toEqual([]);
  });

  it('text is predicted in as text that is only read on', async () => {
    const memory = await createContextModel();
    const at = listing.indexOf('if (c < 0)');
    const document = memory.openDocument('a.c', listing);
    const reader = document.reader(at);
    for (const character of 'if (c > 0)\n\t\t\t') reader.advance(character.codePointAt(0)!);
    const supposed = copyOf(reader.predict());
    room.isFull = true;
    document.edit(at, 0, 'if (c > 0)\n\t\t\t');
    expect(copyOf(document.reader(at + 'if (c > 0)\n\t\t\t'.length).predict())).toEqual(supposed);
  });

  it('the rest of a long document stays unlearnt', async () => {
    const memory = await createContextModel();
    const text = listing.repeat(Math.ceil(40_000 / listing.length));
    const document = memory.openDocument('a.c', text);
    document.reader();
    room.isFull = true;
    await memory.idle;
    await turn();
    expect(unhandled).toEqual([]);
    expect(document.reader().predict().count).toBeGreaterThan(0);
  });
});
