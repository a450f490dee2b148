import type { UnitNetwork } from '../../../src/completion/units/unit-reader.ts';
import { createWasmEngine } from '../../../src/engine/index.ts';
import { type Cell, initialWeights } from '../../../src/model/index.ts';
import { vocabularyOf } from '../ngram-stepper.ts';

export const LAYERS = 2;
export const UNITS = 5;

export const vocabulary = vocabularyOf('é한😀');

/** A small network of random weights that knows ASCII and a few other characters. */
export async function smallNetwork(cell: Cell = 'lstm'): Promise<UnitNetwork> {
  const specification = {
    cell,
    layers: LAYERS,
    units: UNITS,
    embedding: 3,
    dropout: 0,
    vocabularySize: vocabulary.size,
  };
  const engine = await createWasmEngine();
  return { stepper: await engine.createStepper(specification, initialWeights(specification, 1)), vocabulary };
}
