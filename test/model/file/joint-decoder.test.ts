import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readModel, writeModel } from '../../../src/model/index.ts';
import type { Tensors } from '../../../src/model/index.ts';
import { fullModel } from '../small-models.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { seal, takeApart, textOf, withoutTensors } from './parts.ts';

const at = temporaryFolder();

describe('a file of a jointly trained network of version 0.1.0', () => {
  it('predicts jointly as before, its one output layer copied to the joint one', async () => {
    const { weights, optimizer, ...rest } = fullModel({ prior: true });
    await writeModel(at('whole'), { weights, optimizer, ...rest });
    const parts = withoutTensors(await takeApart(at('whole')), (name) => name.includes('prior.decoder.'));
    await writeFile(at('older'), seal(textOf(parts), parts.data));
    const copied = (tensors: Tensors) =>
      new Map(
        [...tensors].map(([name, values]) => [
          name,
          tensors.get(name.replace('prior.decoder.', 'decoder.')) ?? values,
        ]),
      );
    const read = await readModel(at('older'));
    expect(read).toEqual({
      ...rest,
      weights: copied(weights),
      optimizer: { steps: optimizer!.steps, moments: copied(optimizer!.moments) },
    });
    // Copies, so that one does not change with the other.
    read.weights.get('decoder.bias')!.fill(7);
    expect(read.weights.get('prior.decoder.bias')).toEqual(weights.get('decoder.bias'));
    await writeModel(at('newer'), await readModel(at('older')));
    expect(await readModel(at('newer'))).toEqual(await readModel(at('older')));
  });
});
