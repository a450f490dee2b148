import { describe, expect, it } from 'vitest';
import { createContextModel } from '../../src/context-model/index.ts';
import { RandomGenerator } from '../../src/model/index.ts';

const LENGTH = 16_000;

function drawn(first: number, count: number, seed: number, length = LENGTH): string {
  const random = new RandomGenerator(seed);
  return Array.from({ length }, () =>
    String.fromCharCode(first + Math.floor(random.nextUniform() * count)),
  ).join('');
}

/** Texts that no program has, on which what is learnt at every symbol could run away. */
const texts = {
  'one character': 'a'.repeat(LENGTH),
  'random characters': drawn(32, 95, 1),
  'random Chinese characters': drawn(0x4e00, 20_000, 2),
  'random digits': drawn(48, 10, 3),
  'order and chance in turn': Array.from({ length: 16 }, (_, i) =>
    i % 2 === 0 ? 'ab'.repeat(500) : drawn(32, 95, i, 1000),
  ).join(''),
  'empty lines, then tabs': '\n'.repeat(LENGTH / 2) + '\t'.repeat(LENGTH / 2),
};

describe('a text that is no program', () => {
  it.each(Object.entries(texts))('of %s is predicted with finite probabilities', async (_, text) => {
    const model = await createContextModel();
    let best = 0;
    for (const { deltas } of model.leaveOneOut('a.c', text)) {
      for (const delta of deltas) {
        if (!(delta >= 0 && delta < 100)) expect.fail(`${delta} nats above the floor`);
        best = Math.max(best, delta);
      }
    }
    expect(best).toBeGreaterThan(0);
    model.dispose();
  });
});
