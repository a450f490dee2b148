import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../../../src/corpus/index.ts';
import { Streams } from '../../../../src/training/data/batch-streams.ts';
import { fileStarts, symbolsOfFiles } from '../../../../src/training/data/file-starts.ts';
import type { PlannedFile } from '../../../../src/training/data/priors/plan.ts';
import {
  emptyPrior,
  ENTRIES,
  type PackedPriors,
} from '../../../../src/training/data/priors/sparse-priors.ts';
import type { PriorSource } from '../../../../src/training/data/priors/source.ts';
import { StepPriors } from '../../../../src/training/data/priors/step-priors.ts';
import { StreamWindows } from '../../../../src/training/data/stream-windows.ts';

const FILES = 6;
const FILE_CHARACTERS = 400;
const FIRST_STEP = 1000;
const PERIOD_STEPS = 128;
const BLOCK_STEPS = 32;
const signal = new AbortController().signal;

/** Files of which each has a symbol of its own. */
const symbols = Uint16Array.from(
  Array.from({ length: FILES }, (_, file) => [
    Vocabulary.startOfFile,
    ...Array<number>(FILE_CHARACTERS).fill(10 + file),
  ]).flat(),
);
const streams = new Streams(symbols, { batchSize: 3, sequenceLength: 5 });
const layout = { batchSize: 3, sequenceLength: 5 };
/** One entry for each character: the symbol of the file. */
const priorsOf = (file: number): PackedPriors => ({
  starts: Uint32Array.from({ length: FILE_CHARACTERS + 1 }, (_, i) => i),
  symbols: new Uint16Array(FILE_CHARACTERS).fill(10 + file),
  values: new Uint8Array(FILE_CHARACTERS).fill(16),
});

function start(planned: readonly PlannedFile[]) {
  const asked: number[][] = [];
  const waitedFor: number[][] = [];
  const source = {
    prepare: (files: readonly number[]) => void asked.push([...files]),
    ready: (files: readonly number[]) => Promise.resolve(void waitedFor.push([...files])),
    priorsOf,
  } satisfies Pick<PriorSource, 'prepare' | 'ready' | 'priorsOf'>;
  const priors = new StepPriors(source as unknown as PriorSource, streams, planned, FIRST_STEP);
  /** Whether step `FIRST_STEP + step` is taken with priors. */
  const isJoint = async (step: number): Promise<boolean> => {
    await priors.ready({ step: FIRST_STEP + step, windowsDone: 0 }, signal);
    const isMissing = priors.isMissing(FIRST_STEP + step);
    expect(priors.window({ step: FIRST_STEP + step, windowsDone: 0 }) === undefined).toBe(isMissing);
    return !isMissing;
  };
  return { priors, asked, waitedFor, isJoint };
}

const planned = (files: readonly number[], usedFrom: number, askedAt = 0): PlannedFile[] =>
  files.map((file) => ({ file, usedFrom, askedAt }));

describe('StepPriors', () => {
  it('are there for each window of the epoch once all files have them', async () => {
    const { priors, waitedFor, isJoint } = start(planned([3, 1, 0, 2, 5, 4], 2));
    expect([await isJoint(0), await isJoint(1), await isJoint(2), await isJoint(40)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(waitedFor).toEqual([[0, 1, 2, 3, 4, 5]]);
    const { logitBias, ...window } = priors.window({ step: FIRST_STEP + 2, windowsDone: 7 })!;
    expect(window).toEqual(streams.window(7));
    const expected = emptyPrior(window.targets.length);
    window.targets.forEach((target, row) => {
      if (target < 0) return;
      expected.symbols[row * ENTRIES] = target;
      expected.values[row * ENTRIES] = 1;
    });
    expect(logitBias).toEqual(expected);
  });

  it('are asked for before they are used, and waited for by no step without them', async () => {
    const { asked, waitedFor, isJoint } = start([...planned([4], 128, 3), ...planned([2], 256, 5)]);
    for (const step of [2, 3, 4, 5]) expect(await isJoint(step)).toBe(false);
    expect(asked).toEqual([[], [4], [], [2]]);
    expect(waitedFor).toEqual([]);
  });

  it('are those of other windows in some steps of each period while some files have none', async () => {
    const { priors, waitedFor, isJoint } = start([...planned([4, 2], 0), ...planned([5], 130)]);
    const steps = Array.from({ length: 2 * PERIOD_STEPS }, (_, step) => step);
    const joint: number[] = [];
    for (const step of steps) if (await isJoint(step)) joint.push(step);
    expect(joint).toEqual(steps.filter((step) => step % PERIOD_STEPS < BLOCK_STEPS));
    // A file that comes within a block is read from the next one on.
    expect(waitedFor).toEqual([[4, 2]]);
    const some = new StreamWindows(symbolsOfFiles(symbols, fileStarts(symbols), [4, 2]), layout);
    const expected = (index: number) => some.window(index % some.windows).targets;
    const at = (step: number) => priors.window({ step: FIRST_STEP + step, windowsDone: 3 })!.targets;
    expect(at(0)).toEqual(expected(0));
    expect(at(31)).toEqual(expected(31));
    expect(at(PERIOD_STEPS)).toEqual(expected(BLOCK_STEPS));
    await isJoint(2 * PERIOD_STEPS);
    expect(waitedFor.at(-1)).toEqual([4, 2, 5]);
  });

  it('read what few files have again where a period has more windows', () => {
    const { priors } = start(planned([4], 0));
    const some = new StreamWindows(symbolsOfFiles(symbols, fileStarts(symbols), [4]), layout);
    const step = FIRST_STEP + 2 * PERIOD_STEPS;
    expect(2 * BLOCK_STEPS).toBeGreaterThan(some.windows);
    expect(priors.window({ step, windowsDone: 0 })!.targets).toEqual(
      some.window((2 * BLOCK_STEPS) % some.windows).targets,
    );
  });

  it('are missing where there are none, or too few characters for all streams', async () => {
    expect(await start([]).isJoint(0)).toBe(false);
    const small = [Vocabulary.startOfFile, 3, Vocabulary.startOfFile, ...Array<number>(200).fill(4)];
    const few = new Streams(Uint16Array.from(small), { batchSize: 3, sequenceLength: 1 });
    const isMissing = (file: number) =>
      new StepPriors({} as PriorSource, few, planned([file], 0), 0).isMissing(0);
    expect([isMissing(0), isMissing(1)]).toEqual([true, false]);
  });
});
