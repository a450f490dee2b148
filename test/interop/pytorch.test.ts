import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../src/engine/index.ts';
import { importNetwork, initialWeights, readModel, writeModel } from '../../src/model/index.ts';
import type { Model, NetworkSpecification } from '../../src/model/index.ts';
import { fullModel } from '../model/small-models.ts';
import { findPython } from './python.ts';

const python = findPython(['torch', 'safetensors', 'numpy'], 'The tests with a real PyTorch');
const inFolder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'char-rnn-pytorch-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

function pythonSays(...parameters: string[]): string {
  return execFileSync(python!, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Logits after each of `ids`, from the start of a file. */
async function ourLogits({ specification, weights }: Model, ids: readonly number[]): Promise<number[][]> {
  const stepper = await (await createWasmEngine()).createStepper(specification, weights);
  const state = new Float32Array(stepper.stateSize);
  return ids.map((id) => {
    const logits = new Float32Array(specification.vocabularySize);
    stepper.feed([id], state, logits);
    return Array.from(logits);
  });
}

function farthest(a: readonly number[][], b: readonly number[][]): number {
  expect(a.map((row) => row.length)).toEqual(b.map((row) => row.length));
  return Math.max(...a.flatMap((row, t) => row.map((value, v) => Math.abs(value - b[t][v]))));
}

const networks: NetworkSpecification[] = (['lstm', 'gru', 'rnn'] as const).flatMap((cell) => [
  { cell, layers: 2, units: 24, embedding: 10, dropout: 0.3, vocabularySize: 30 },
  { cell, layers: 1, units: 16, embedding: 0, dropout: 0, vocabularySize: 20 },
  { cell, layers: 1, units: 12, embedding: 7, dropout: 0, vocabularySize: 20, prior: true },
]);

describe.skipIf(python === undefined)('PyTorch', () => {
  const ids = [1, 5, 7, 7, 2, 19, 0, 11, 3];

  it.each(networks)(
    'gives the logits of a $cell of $layers layers with embedding $embedding, and back',
    async (specification) => {
      const model = { ...fullModel(specification), weights: initialWeights(specification, 7) };
      await writeModel(at('model'), { ...model, optimizer: null, state: null });
      const theirs = JSON.parse(
        pythonSays(inFolder('network.py'), 'logits', at('model'), JSON.stringify(ids)),
      ) as number[][];
      const ours = await ourLogits(model, ids);
      expect(Math.max(...ours.flat()) - Math.min(...ours.flat())).toBeGreaterThan(0.3);
      expect(farthest(ours, theirs)).toBeLessThan(1e-4);

      for (const [dtype, tolerance] of [
        ['float32', 1e-6],
        ['float16', 5e-3],
        ['bfloat16', 5e-2],
      ] as const) {
        pythonSays(inFolder('network.py'), 'export', at('model'), dtype, at('exported'));
        const imported = await importNetwork(at('exported'));
        expect(imported.specification).toEqual({ ...specification, dropout: 0, prior: undefined });
        expect(imported.vocabulary).toEqual(model.vocabulary);
        expect(farthest(await ourLogits(imported, ids), ours)).toBeLessThan(tolerance);
      }
    },
  );

  it('trains a network alone, and with DistributedDataParallel, which learn and come in', async () => {
    writeFileSync(at('text'), 'the quick brown fox jumps over the lazy dog.\n'.repeat(100));
    const small = ['--layers', '1', '--units', '32', '--batch-size', '4', '--sequence-length', '30'];
    const options = [at('text'), ...small, '--epochs', '12', '--learning-rate', '0.02'];
    const script = inFolder('../../interop/train_char_rnn.py');
    for (const launcher of [[], ['-m', 'torch.distributed.run', '--standalone', '--nproc-per-node', '2']]) {
      pythonSays(...launcher, script, ...options, '--output', at('trained'));
      const imported = await importNetwork(at('trained'));
      await writeModel(at('imported'), imported);
      const { vocabulary } = await readModel(at('imported'));
      const symbols = [1, ...Array.from('the quick brown ', (symbol) => vocabulary.indexOf(symbol))];
      const last = (await ourLogits(imported, symbols)).at(-1)!;
      expect(vocabulary[last.indexOf(Math.max(...last))]).toBe('f');
    }
  });
});
