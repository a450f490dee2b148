import { expect, it } from 'vitest';
import { chooseEngine } from '../../../src/engine/index.ts';
import type { Engine } from '../../../src/engine/index.ts';
import { charactersPerSecond } from '../../../src/engine/select/speed-trial.ts';
import { caseOf } from '../networks.ts';
import { describeWithTensorFlow } from './available.ts';

const { specification, batchSize, sequenceLength } = caseOf();
const network = { specification, limits: { batchSize, sequenceLength } };

describeWithTensorFlow('chooseEngine with TensorFlow', () => {
  it('tries both engines for auto, and says how fast they were', async () => {
    const { engine, reason } = await chooseEngine('auto', network);
    expect(['wasm', 'tensorflow']).toContain(engine.name);
    const other = engine.name === 'wasm' ? 'TensorFlow' : 'wasm';
    const speeds = new RegExp(`^in a trial (\\d+) characters a second, ${other} (\\d+)(;.*)?$`).exec(reason);
    expect(Number(speeds?.[1])).toBeGreaterThanOrEqual(Number(speeds?.[2]));
  });

  it.each(['wasm', 'tensorflow'])('stays with the engine that trained the model, %s', async (trainedBy) => {
    const { engine, reason } = await chooseEngine('auto', { ...network, trainedBy });
    expect(engine.name).toBe(trainedBy);
    expect(reason).toMatch(/^trained the model so far(;.*)?$/);
  });

  it('gives what was asked for', async () => {
    const { engine, reason } = await chooseEngine('tensorflow', network);
    expect([engine.name, reason]).toEqual(['tensorflow', 'asked for']);
  });

  it('ends a trial that is stopped, and leaves no network behind', async () => {
    let alive = 0;
    const stop = new AbortController();
    const { engine } = await chooseEngine('wasm', network);
    const watched: Engine = {
      ...engine,
      createNetwork: async (...args) => {
        const made = await engine.createNetwork(...args);
        const dispose = made.dispose.bind(made);
        alive++;
        stop.abort(new Error('stopped'));
        return Object.assign(made, { dispose: () => (alive--, dispose()) });
      },
    };
    await expect(charactersPerSecond(watched, network, stop.signal)).rejects.toThrow('stopped');
    expect(alive).toBe(0);
  });
});
