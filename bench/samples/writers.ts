import { ContextModelPredictor } from '../../src/completion/index.ts';
import type { ContextModel } from '../../src/context-model/index.ts';
import { sample, samplePredictions } from '../../src/sampling/index.ts';
import type { SampleOptions } from '../../src/sampling/index.ts';
import type { Network } from '../../src/completion/parts.ts';

/** A way to have a model write. */
export interface Writer {
  readonly name: 'alone' | 'workspace';
  write(options: SampleOptions): string;
}

/** Writes with the network alone, as the command line, the timeline and the recipes do. */
export function writerAlone({ stepper, vocabulary }: Network): Writer {
  return { name: 'alone', write: (options) => [...sample(stepper, vocabulary, options)].join('') };
}

/** Writes with network and context model, as Generate Sample does. */
export function workspaceWriter(network: Network, memory: ContextModel): Writer {
  const predictor = new ContextModelPredictor(memory);
  predictor.join(network);
  return {
    name: 'workspace',
    write: (options) => {
      const text = predictor.write(options.prime);
      try {
        return [...samplePredictions(text, options)].join('');
      } finally {
        text.dispose();
      }
    },
  };
}
