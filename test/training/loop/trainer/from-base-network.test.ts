import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIXING_WEIGHTS } from '../../../../src/context-model/index.ts';
import { englishText } from '../../../../src/common/localization/message.ts';
import { parameterShapes, readModel } from '../../../../src/model/index.ts';
import { safetensors } from '../../../model/foreign-file.ts';
import type { Tensor } from '../../../model/foreign-file.ts';
import { requestFor, trainerFixture } from './trainer-fixture.ts';

const { train, trained, newPath, temporaryFolder } = trainerFixture();

describe('a training that is given the base network', () => {
  const shape = { units: 2, embedding: 2, layers: 1 };
  const specification = { cell: 'lstm', ...shape, dropout: 0, vocabularySize: 3 } as const;

  function basePath(): string {
    const tensors: Record<string, Tensor> = {};
    for (const [name, of] of parameterShapes(specification)) {
      tensors[name] = {
        shape: of,
        values: Array.from({ length: of.reduce((a, b) => a * b, 1) }, () => 0.25),
      };
    }
    tensors['mixing.weight'] = { shape: [MIXING_WEIGHTS], values: new Array<number>(MIXING_WEIGHTS).fill(0) };
    const metadata = JSON.stringify({ specification, vocabulary: ['\uFFFD', '\u0002', 'e'] });
    const file = path.join(temporaryFolder(), 'base.safetensors');
    writeFileSync(file, safetensors(tensors, { 'char-rnn-base': metadata }));
    return file;
  }

  it('begins a new network with its weights', async () => {
    const model = newPath();
    const { of } = await trained(
      requestFor(model, { ...shape, steps: 0, dropout: 0 }, { basePath: basePath() }),
    );
    const { weights, vocabulary } = await readModel(model);
    expect(weights.get('rnn.weight_hh_l0')).toEqual(new Float32Array(16).fill(0.25));
    expect(weights.get('decoder.bias')![vocabulary.indexOf('e')]).toBe(0.25);
    expect(of('started')[0].note).toBeUndefined();
  });

  it('learns at 15 % of the rate, also when it is trained on', async () => {
    const model = newPath();
    const options = { ...shape, learningRate: 0.008, dropout: 0 };
    const first = await trained(requestFor(model, { ...options, steps: 2 }, { basePath: basePath() }));
    expect(first.of('step')[0].learningRate).toBeCloseTo(0.0012, 12);
    const second = await trained(requestFor(model, { ...options, steps: 4 }, { resume: true }));
    expect(second.of('step')[0].learningRate).toBeCloseTo(0.0012, 12);
  });

  it('says why it does not where the shapes differ', async () => {
    const { of } = await trained(requestFor(newPath(), { steps: 0 }, { basePath: basePath() }));
    expect(englishText(of('started')[0].note ?? '')).toMatch(/another shape.*units 2.*random weights/);
  });

  it('goes on with the model that is there', async () => {
    const model = newPath();
    await train(requestFor(model, { ...shape, steps: 2 }));
    const { weights } = await readModel(model);
    await train(requestFor(model, { ...shape, steps: 2 }, { resume: true, basePath: basePath() }));
    expect((await readModel(model)).weights).toEqual(weights);
  });

  it('refuses a damaged one', async () => {
    const damaged = path.join(temporaryFolder(), 'base.safetensors');
    writeFileSync(damaged, 'damaged');
    await expect(train(requestFor(newPath(), {}, { basePath: damaged }))).rejects.toThrow(/base network/);
  });
});
