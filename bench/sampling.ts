import { chooseSymbol } from '../src/sampling/index.ts';
import { createReferenceEngine } from '../src/engine/reference/index.ts';
import { createWasmEngine } from '../src/engine/wasm/index.ts';
import { RandomGenerator, initialWeights } from '../src/model/index.ts';
import type { NetworkSpecification } from '../src/model/index.ts';
import type { Measured } from './measured.ts';
import type { BenchOptions } from './options.ts';
import { demandCloseness, relativeDifference } from './statistics.ts';
import { SYMBOLS, readText } from './text.ts';

/** Symbols drawn in one run. */
const DRAWN = 1000;

/** Writing text: one symbol in, its logits out, the next one drawn at temperature 0.5. */
export async function prepareSampling({ units, layers }: BenchOptions): Promise<Measured> {
  const specification: NetworkSpecification = {
    cell: 'lstm',
    layers,
    units,
    embedding: units,
    dropout: 0,
    vocabularySize: SYMBOLS,
  };
  const weights = initialWeights(specification, 0);
  const engine = await createWasmEngine();
  const stepper = await engine.createStepper(specification, weights);
  const reference = await createReferenceEngine().createStepper(specification, weights);
  const prime = readText().subarray(0, 50);
  const [actual, expected] = [stepper, reference].map((each) => {
    const logits = new Float32Array(SYMBOLS);
    each.feed(prime, new Float32Array(each.stateSize), logits);
    return logits;
  });
  const largestDifference = relativeDifference(actual, expected);
  demandCloseness(largestDifference);

  const random = new RandomGenerator(0);
  const state = new Float32Array(stepper.stateSize);
  const logits = new Float32Array(SYMBOLS);
  const symbol = new Int32Array(1);
  return {
    about: {
      title: `sampling ${layers} x ${units}, V ${SYMBOLS}, one symbol at a time at temperature 0.5`,
      unit: 'us/symbol',
      largerIsBetter: false,
      largestDifference,
    },
    figure: (seconds) => (seconds * 1e6) / DRAWN,
    run: () => {
      const start = performance.now();
      for (let i = 0; i < DRAWN; i++) {
        stepper.feed(symbol, state, logits);
        symbol[0] = chooseSymbol(logits, 0.5, random) ?? 0;
      }
      return (performance.now() - start) / 1000;
    },
  };
}
