import { describe, expect, it } from 'vitest';
import { findUnits, type FoundUnits } from '../../../src/completion/units/find-units.ts';
import type { UnitNetwork } from '../../../src/completion/units/unit-reader.ts';
import type { Stepper } from '../../../src/engine/index.ts';
import { vocabularyOf } from '../ngram-stepper.ts';
import { smallNetwork } from './network.ts';

const vocabulary = vocabularyOf('');
const quote = vocabulary.encode('"')[0];

/** Three GRU units: the first holds whether a string is open, the second how many symbols were read, the third nothing. */
const stringStepper: Stepper = {
  specification: {
    cell: 'gru',
    layers: 1,
    units: 3,
    embedding: 1,
    dropout: 0,
    vocabularySize: vocabulary.size,
  },
  stateSize: 3,
  feed: (symbols, state) => {
    for (const symbol of Array.from(symbols)) {
      if (symbol === quote) state[0] = 1 - state[0];
      state[1] += 0.001;
    }
  },
  dispose: () => undefined,
};
const stringNetwork: UnitNetwork = { stepper: stringStepper, vocabulary };

function found(network: UnitNetwork, texts: Readonly<Record<string, string | undefined>>): FoundUnits {
  const finding = findUnits(network, new Map(Object.entries(texts)));
  for (;;) {
    const { done, value } = finding.next();
    if (done) return value;
  }
}

const source = 'print("alpha beta", x);\nlet y = "gamma";\n'.repeat(20);

describe('findUnits', () => {
  it('finds the unit that is on inside strings', () => {
    const { units, characters } = found(stringNetwork, { '/w/a.js': source });
    expect(units[0].unit).toBe(0);
    expect(units[0].feature).toBe('string');
    expect(units[0].correlation).toBeCloseTo(1, 6);
    expect(units.some(({ unit }) => unit === 2)).toBe(false);
    expect(characters).toBe(source.length);
  });

  it('reads code rather than prose, and of many files the beginnings', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`/w/${at}.js`, source.repeat(20)]),
    );
    const { units, characters } = found(stringNetwork, {
      '/w/long.md': 'no "string" here\n'.repeat(9000),
      ...files,
    });
    expect(characters).toBe(60_000);
    expect(units[0].correlation).toBeCloseTo(1, 6);
  });

  it('reads less with a larger network', async () => {
    const network = await smallNetwork();
    const large = { ...network.stepper, specification: { ...network.stepper.specification } };
    expect(found(network, { '/w/a.js': source.repeat(4) }).characters).toBeLessThanOrEqual(4000);
    const feed = () => undefined;
    const stepper = {
      ...large,
      feed,
      stateSize: 2 * 3 * 1024,
      specification: { ...large.specification, layers: 3, units: 1024 },
    };
    const files = Object.fromEntries(Array.from({ length: 3 }, (_, at) => [`/w/${at}.js`, source.repeat(4)]));
    expect(found({ ...network, stepper }, files).characters).toBe(5000);
    network.stepper.dispose();
  });

  it('finds nothing where no file is known', () => {
    expect(found(stringNetwork, { '/w/a.js': undefined })).toEqual({ units: [], characters: 0 });
  });
});
