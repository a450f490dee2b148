import fc from '../../fast-check.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UnitDocument, type UnitLine } from '../../../src/completion/units/unit-document.ts';
import { stateBefore, UnitReader, type UnitNetwork } from '../../../src/completion/units/unit-reader.ts';
import type { Cell } from '../../../src/model/index.ts';
import { dequantized } from '../../../src/units/index.ts';
import { smallNetwork, UNITS, vocabulary } from './network.ts';

let network: UnitNetwork;

beforeAll(async () => (network = await smallNetwork()));
afterAll(() => network.stepper.dispose());

/** One unit that a single symbol more or less changes for ever. */
const exact: UnitNetwork = {
  stepper: {
    specification: {
      cell: 'gru',
      layers: 1,
      units: 1,
      embedding: 1,
      dropout: 0,
      vocabularySize: vocabulary.size,
    },
    stateSize: 1,
    feed: (symbols, state) => {
      for (const symbol of Array.from(symbols)) state[0] = (state[0] * 61 + symbol * 0.37) % 1;
    },
    dispose: () => undefined,
  },
  vocabulary,
};

const all = [{ from: 0, to: 1e9 }];

function read(document: UnitDocument, text: string, unit = 0, lines = all): UnitLine[] {
  return [...document.read({ document: 'd', text, lines, unit })].filter((each) => each !== undefined);
}

describe('UnitDocument', () => {
  it.each<Cell>(['lstm', 'gru', 'rnn'])(
    'says what each unit of a %s holds behind each character',
    async (cell) => {
      const own = await smallNetwork(cell);
      const reader = new UnitReader(own, stateBefore(own, true));
      const values = new Float64Array(reader.unitCount);
      const expected = [...'ab'].map((character) => {
        reader.read(character);
        reader.writeValues(values);
        return [...values];
      });
      const document = new UnitDocument(own);
      for (let unit = 0; unit < reader.unitCount; unit++) {
        const [{ values: shown }] = read(document, 'ab', unit);
        [...shown].forEach((value, at) => expect(dequantized(value)).toBeCloseTo(expected[at][unit], 2));
      }
      // The last layer's h and c are what its own output layer reads: c is not h.
      const { state } = reader;
      const at = UNITS + 1;
      const held = cell === 'lstm' ? Math.tanh(state[2 * UNITS + at]) : state[at];
      expect(expected[1][at]).toBe(held);
      own.stepper.dispose();
    },
  );

  it('gives a value to each UTF-16 unit, of marks and halves that of their character', () => {
    const document = new UnitDocument(network);
    const [composed] = read(document, 'xé');
    const [{ values }] = read(document, 'xe\u0301😀y');
    expect(values.length).toBe(6);
    expect([values[1], values[2]]).toEqual([composed.values[1], composed.values[1]]);
    expect(values[3]).toBe(values[4]);
  });

  it('reads CRLF as line ends', () => {
    const document = new UnitDocument(network);
    const expected = read(document, 'a\nb\n\nc', 3);
    expect(read(new UnitDocument(network), 'a\r\nb\r\rc', 3)).toEqual(expected);
  });

  it('shows after edits what a full reading shows', () => {
    const edit = fc.record({
      at: fc.noBias(fc.nat(999)),
      remove: fc.nat(30),
      insert: fc.string({ unit: fc.constantFrom('a', 'b', '\n', '(', 'é', '😀'), maxLength: 8 }),
      from: fc.noBias(fc.nat(24)),
      count: fc.noBias(fc.nat(12)),
      unit: fc.constant(0),
      paused: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const document = new UnitDocument(exact);
        let text = 'if (a) {\n  b = "c";\n}\n'.repeat(8);
        for (const { at, remove, insert, from, count, unit, paused } of edits) {
          const start = Math.round((at / 999) * text.length);
          text = text.slice(0, start) + insert + text.slice(start + remove);
          const lines = [{ from, to: from + count }];
          const left = document.read({ document: 'd', text, lines, unit });
          for (let step = 0; step < paused; step++) left.next();
          left.return();
          expect(read(document, text, unit, lines)).toEqual(read(new UnitDocument(exact), text, unit, lines));
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('reads nothing again for another unit, and only from the change on after one', () => {
    const document = new UnitDocument(network);
    const text = 'line of text\n'.repeat(100);
    read(document, text);
    const feed = vi.spyOn(network.stepper, 'feed');
    const symbols = () => feed.mock.calls.reduce((sum, [given]) => sum + given.length, 0);
    read(document, text, 7);
    expect(symbols()).toBe(0);
    read(document, `${text.slice(0, 13 * 90)}x${text.slice(13 * 90)}`);
    expect(symbols()).toBeGreaterThan(0);
    // The ten lines from the change on, and those since the last state that is kept.
    expect(symbols()).toBeLessThan(13 * (10 + 8) + 2);
    feed.mockRestore();
  });

  it('reads little of a large document, and little of a long line', () => {
    const document = new UnitDocument(network);
    const text = `${'line of text\n'.repeat(100_000)}${'x'.repeat(50_000)}\ny`;
    const feed = vi.spyOn(network.stepper, 'feed');
    const shown = read(document, text, 0, [{ from: 99_998, to: 1e9 }]);
    expect(shown.map(({ line, values }) => [line, values.length])).toEqual([
      [99_998, 12],
      [99_999, 12],
      [100_000, 1000],
      [100_001, 1],
    ]);
    const symbols = feed.mock.calls.reduce((sum, [given]) => sum + given.length, 0);
    expect(symbols).toBeLessThan(22_000);
    feed.mockRestore();
  });

  it('pauses among blank lines, too', () => {
    let symbols = 0;
    const stepper = {
      ...exact.stepper,
      feed: (read: ArrayLike<number>) => void (symbols += read.length),
    };
    const reading = new UnitDocument({ ...exact, stepper }).read({
      document: 'd',
      text: '\n'.repeat(1000),
      lines: [{ from: 900, to: 901 }],
      unit: 0,
    });
    while (!reading.next().done) {
      expect(symbols).toBeLessThan(20);
      symbols = 0;
    }
  });

  it('pauses often', () => {
    const feed = vi.spyOn(network.stepper, 'feed');
    const document = new UnitDocument(network);
    const reading = document.read({ document: 'd', text: 'x'.repeat(999), lines: all, unit: 0 });
    for (let before = 0; !reading.next().done; before = feed.mock.calls.length) {
      expect(feed.mock.calls.length - before).toBeLessThan(20);
    }
    feed.mockRestore();
  });
});
