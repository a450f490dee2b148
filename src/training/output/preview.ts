import { setImmediate } from 'node:timers/promises';
import type { Vocabulary } from '../../corpus/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { NetworkSpecification, Tensors } from '../../model/index.ts';
import { sample } from '../../sampling/index.ts';

/** Characters of a sample: enough to see words, lines and habits. */
const LENGTH = 300;

export interface WritingOptions {
  readonly prime: string;
  readonly temperature: number;
  readonly seed: number;
}

/** What a network would write now; as much of it as there is when `signal` is aborted. */
export async function write(
  engine: Engine,
  specification: NetworkSpecification,
  weights: Tensors,
  vocabulary: Vocabulary,
  options: WritingOptions,
  signal: AbortSignal,
): Promise<string> {
  const stepper = await engine.createStepper(specification, weights);
  try {
    let text = '';
    for (const piece of sample(stepper, vocabulary, { ...options, length: LENGTH })) {
      text += piece;
      await setImmediate();
      if (signal.aborted) break;
    }
    return text;
  } finally {
    stepper.dispose();
  }
}
