import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TrainableNetwork } from '../../../../src/engine/index.ts';
import { Barrier } from '../../../../src/engine/wasm/barrier.ts';
import { createWasmEngine } from '../../../../src/engine/wasm/index.ts';
import { threadRange } from '../../../../src/engine/wasm/layout/memory-plan.ts';
import { expectSameBits, expectTensorsClose } from '../../closeness.ts';
import { adamUpdate, batchFor, caseOf, stateFor, weightsFor } from '../../networks.ts';

const network = caseOf({ units: 20, dropout: 0.3, batch: 7, length: 9, prior: true });
const made: TrainableNetwork[] = [];

afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

async function trained(threads: number, steps = 5): Promise<TrainableNetwork> {
  const engine = await createWasmEngine({ kernels: 'wide', threads });
  const each = await engine.createNetwork(network.specification, network);
  made.push(each);
  each.setWeights(weightsFor(network.specification));
  each.setState(stateFor(network));
  for (let step = 0; step < steps; step++) {
    each.trainStep(batchFor(network, { seed: step, ignored: 0.2, entries: 5 }), adamUpdate(0.01, 0.5));
  }
  return each;
}

describe('threads', () => {
  it('compute the same bits again, as many as they are', async () => {
    for (const threads of [2, 3]) {
      const [first, second] = [await trained(threads), await trained(threads)];
      expectSameBits(first.weights(), second.weights());
      expectSameBits(first.state(), second.state());
    }
  });

  it('change results by rounding only', async () => {
    const alone = await trained(1);
    for (const threads of [2, 7]) {
      const together = await trained(threads);
      expectTensorsClose(together.weights(), alone.weights(), 1e-4);
      expectTensorsClose(together.state(), alone.state(), 1e-4);
    }
  });

  it('are no more than there are streams', async () => {
    const many = await trained(50, 1);
    const all = await trained(7, 1);
    expectSameBits(many.weights(), all.weights());
  });

  it('end with the network', async () => {
    const started: Promise<number>[] = [];
    const unref = vi.spyOn(Worker.prototype, 'unref').mockImplementation(function (this: Worker) {
      started.push(new Promise((resolve) => this.once('exit', resolve)));
    });
    const each = await trained(3, 1);
    unref.mockRestore();
    each.dispose();
    expect(await Promise.all(started)).toEqual([0, 0, 0, 0]);
    expect(() => each.weights()).toThrow(/disposed/);
  });

  it('that die are an error and no waiting', async () => {
    const workers: Worker[] = [];
    const unref = vi.spyOn(Worker.prototype, 'unref').mockImplementation(function (this: Worker) {
      workers.push(this);
    });
    const each = await trained(2, 1);
    unref.mockRestore();
    await workers[0].terminate();
    expect(() => each.trainStep(batchFor(network), adamUpdate())).toThrow(/training thread/);
  });
});

describe('Barrier', () => {
  it('lets nobody wait for a thread that failed', () => {
    const buffer = new SharedArrayBuffer(65536);
    const [main, other] = [new Barrier(buffer, 0, 2), new Barrier(buffer, 0, 2)];
    other.fail();
    expect(() => main.wait()).toThrow(/training thread failed/);
  });
});

describe('part', () => {
  it('divides everything once, in whole units', () => {
    for (const [count, threads, unit] of [
      [50, 3, 1],
      [40, 3, 16],
      [8, 4, 16],
      [512, 7, 16],
    ]) {
      let next = 0;
      for (let thread = 0; thread < threads; thread++) {
        const [first, end] = threadRange(count, thread, threads, unit);
        expect(first).toBe(next);
        if (end < count) expect(end % unit).toBe(0);
        next = end;
      }
      expect(next).toBe(count);
    }
  });
});
