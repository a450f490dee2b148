import { describe, expect, it } from 'vitest';
import type { NetworkSummary } from '../../../src/panel/index.ts';
import {
  activityText,
  countsRow,
  isBusy,
  latestFacts,
  networkFacts,
  pointText,
  progressOf,
  sampleText,
  tableOf,
  totalCounts,
} from '../../../src/panel/view-model/texts.ts';

describe('what goes on', () => {
  it.each([
    [{ kind: 'unavailable', sentence: 'No folder is open.' }, /^No folder is open\.$/],
    [{ kind: 'idle', hasModel: false }, /no model yet; Train learns/],
    [{ kind: 'idle', hasModel: true }, /No training runs; .* model file/],
    [{ kind: 'idle', hasModel: true, failure: 'The disk is full.' }, /^The disk is full\.$/],
    [{ kind: 'reading', filesSeen: 1234, charactersRead: 5 }, /1,234 seen, 5 characters/],
    [{ kind: 'remembering', fraction: 0.999 }, /context model of the files: 99 %/],
    [{ kind: 'training', fraction: 0.5, secondsLeft: 120, epoch: 1 }, /Training: 50 %, 2 min left/],
  ] as const)('%j is said in one sentence', (activity, sentence) => {
    expect(activityText(activity)).toMatch(sentence);
    expect(isBusy(activity)).toBe(['reading', 'remembering', 'training'].includes(activity.kind));
  });

  it('has a share that is done only where that is known', () => {
    expect(progressOf({ kind: 'training', fraction: 0.2, secondsLeft: 1, epoch: 0 })).toBe(0.2);
    expect(progressOf({ kind: 'reading', filesSeen: 1, charactersRead: 1 })).toBeUndefined();
    expect(progressOf({ kind: 'idle', hasModel: true })).toBeUndefined();
  });
});

describe('numbers', () => {
  const points = [
    { step: 1, seconds: 3, loss: Math.LN2, heldOutBits: 2.5, learningRate: 0.004 },
    { step: 1000, seconds: 130, loss: 2 * Math.LN2, gradientNorm: 1.25, charactersPerSecond: 98_765.4 },
  ];

  it('are the latest of each kind', () => {
    const facts = latestFacts({ kind: 'training', fraction: 0.1, secondsLeft: 40, epoch: 0 }, points);
    expect(Object.fromEntries(facts.map(({ name, value }) => [name, value]))).toEqual({
      'Held-out files': '2.500 bits per character',
      'Training loss': '2.000 bits per symbol',
      'Characters per second': '98,765',
      'Learning rate': '0.004',
      'Gradient norm': '1.25',
      Step: '1,000, epoch 0',
      'Time left': '40 s',
    });
  });

  it('are dashes before anything is measured', () => {
    expect(new Set(latestFacts({ kind: 'idle', hasModel: false }, []).map(({ value }) => value))).toEqual(
      new Set(['–']),
    );
  });

  it('are said of one point, those that were measured', () => {
    expect(pointText(points[1])).toBe(
      'Step 1,000 after 2 min: training loss 2.000 bits per symbol, gradient norm 1.25, characters per second 98,765',
    );
    expect(pointText({ step: 3 })).toBe('Step 3: nothing measured');
  });

  it('are a table with a row for each of some points', () => {
    const many = Array.from({ length: 100 }, (_, step) => ({ step, ...(step === 51 && { heldOutBits: 2 }) }));
    const rows = tableOf(many, 30);
    expect(rows.length).toBeLessThanOrEqual(30);
    expect(rows.at(-1)).toEqual(['99', '–', '–', '–', '–', '–', '–']);
    expect(rows.find(([step]) => step === '51')).toContain('2.000 bits per character');
  });

  it('of a sample are its step and loss', () => {
    expect(sampleText({ step: 1200, loss: Math.LN2, text: '' })).toBe(
      'Step 1,200, training loss 1.00 bits per symbol',
    );
  });
});

describe('the network', () => {
  const network: NetworkSummary = {
    cell: 'gru',
    layers: 2,
    units: 128,
    embedding: 0,
    vocabularySize: 1000,
    isJoint: false,
    parameters: 12_345,
    bytes: 1_250_000,
    engine: 'wasm',
    engineReason: 'asked for',
    steps: 10,
    epochs: 1,
    characters: 5000,
    seconds: 60,
    savedAt: '',
  };

  it('is described by shape, size and engine', () => {
    expect(networkFacts(network, 'today').map(({ value }) => value)).toEqual([
      '2 GRU layers of 128 units',
      '1,000 symbols, one-hot',
      '12,345 parameters, 1.3 MB on disk',
      'wasm: asked for',
      '10 steps, 1 epoch, 5,000 characters in 60 s',
      'today',
    ]);
    expect(networkFacts({ ...network, layers: 1, embedding: 64, isJoint: true }, '')[0].value).toMatch(
      /^1 GRU layer of 128 units, trained together/,
    );
  });
});

describe('suggestions', () => {
  const counts = { shown: 8, taken: 4, characters: 1200, judged: 2, kept: 1 };

  it('are a row of counts and shares, with dashes where there is nothing to share', () => {
    expect(countsRow('go', counts)).toEqual(['go', '8', '4', '50 %', '1,200', '1 of 2', '50 %']);
    expect(countsRow('go', { shown: 0, taken: 0, characters: 0, judged: 0, kept: 0 })).toEqual([
      'go',
      '0',
      '0',
      '–',
      '0',
      '–',
      '–',
    ]);
  });

  it('add up', () => {
    expect(totalCounts([counts, counts])).toEqual({
      shown: 16,
      taken: 8,
      characters: 2400,
      judged: 4,
      kept: 2,
    });
  });
});
