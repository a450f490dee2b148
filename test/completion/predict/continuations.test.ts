import { describe, expect, it } from 'vitest';
import type { Prediction, Reader } from '../../../src/context-model/index.ts';
import { JoinedContinuation } from '../../../src/completion/predict/continuations.ts';
import type { NetworkPosition } from '../../../src/completion/predict/network-session.ts';

function predictionOf(probabilities: Readonly<Record<string, number>>, rest: number): Prediction {
  const symbols = Object.keys(probabilities);
  return {
    count: symbols.length,
    codePoints: Int32Array.from(symbols, (symbol) => symbol.codePointAt(0)!),
    logProbabilities: Float32Array.from(symbols, (symbol) => Math.log(probabilities[symbol])),
    rest,
  };
}

function confidences(alone: Prediction, joined: Prediction): number[] {
  const reader: Partial<Reader> = { predict: () => alone };
  const network: Partial<NetworkPosition> = { predict: () => joined };
  const continuation = new JoinedContinuation(reader as Reader, network as NetworkPosition);
  const { count } = continuation.predict();
  return Array.from({ length: count }, (_, index) => Math.exp(continuation.confidence(index)));
}

describe('how sure a suggestion may be of a symbol where a network is mixed in', () => {
  it('is about what both say where they agree, and no more', () => {
    const both = predictionOf({ a: 0.8, b: 0.15 }, 0.05);
    const [a, b] = confidences(both, both);
    expect(a).toBeLessThanOrEqual(0.8);
    expect(a).toBeGreaterThan(0.75);
    expect(b).toBeLessThanOrEqual(0.15);
    expect(b).toBeGreaterThan(0.13);
  });

  it('is between what both say, by the symbol and not by its place in either list', () => {
    const [b, a] = confidences(
      predictionOf({ a: 0.6, b: 0.3 }, 0.1),
      predictionOf({ b: 0.9, a: 0.05 }, 0.05),
    );
    expect(b).toBeGreaterThan(0.55);
    expect(b).toBeLessThan(0.6);
    expect(a).toBeGreaterThan(0.28);
    expect(a).toBeLessThan(0.325);
  });

  it('is at most about half where the context model does not expect a symbol', () => {
    const [c] = confidences(predictionOf({ a: 0.9 }, 0.1), predictionOf({ c: 0.98 }, 0.02));
    expect(c).toBeGreaterThan(0.45);
    expect(c).toBeLessThan(0.5);
  });
});
