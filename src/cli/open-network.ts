import { resolve } from 'node:path';
import { Vocabulary } from '../corpus/index.ts';
import { createWasmEngine } from '../engine/index.ts';
import type { Stepper } from '../engine/index.ts';
import { readModel } from '../model/index.ts';

/** A model file ready to write on from a text. */
export async function openStepper(path: string): Promise<{ stepper: Stepper; vocabulary: Vocabulary }> {
  const model = await readModel(resolve(path));
  const engine = await createWasmEngine();
  return {
    stepper: await engine.createStepper(model.specification, model.weights),
    vocabulary: Vocabulary.fromSymbols(model.vocabulary),
  };
}
