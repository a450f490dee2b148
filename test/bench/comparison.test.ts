import { describe, expect, it } from 'vitest';
import { charactersPerSecond, compare } from '../../bench/speed/comparison.ts';
import type { Timing } from '../../bench/speed/candidate.ts';

function timing(name: string, ours: boolean, ...turns: number[][]): Timing {
  return { name, ours, largestDifference: 0, turns };
}

describe('compare', () => {
  it('compares each turn with the engine’s own of the same round, and takes the median', () => {
    const engine = timing('engine', true, [1, 1], [2, 2], [4, 4]);
    // As fast in the first round, half as fast in the others; the machine slowed down meanwhile.
    const peer = timing('peer', false, [1, 1], [4, 4], [8, 8]);
    const { speedBesidePeer, peers } = compare('', charactersPerSecond, [engine, peer]);
    expect(speedBesidePeer).toBe(2);
    expect(peers[0]).toMatchObject({ name: 'peer', median: 1 / 4, best: 1 });
  });

  it('is judged by the fastest setting of a peer, never by its own variants', () => {
    const { speedBesidePeer, peers, variants } = compare('', charactersPerSecond, [
      timing('engine', true, [2]),
      timing('variant', true, [1]),
      timing('slow peer', false, [8]),
      timing('fast peer', false, [3]),
    ]);
    expect(speedBesidePeer).toBe(1.5);
    expect(peers.map(({ name }) => name)).toEqual(['fast peer', 'slow peer']);
    expect(variants).toMatchObject([{ name: 'variant', speedBeside: 0.5 }]);
  });

  it('has nobody to be judged by where no peer was found', () => {
    const { speedBesidePeer } = compare('', charactersPerSecond, [timing('engine', true, [2])]);
    expect(speedBesidePeer).toBeNull();
  });
});
