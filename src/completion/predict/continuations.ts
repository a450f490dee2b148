import type { Prediction, Reader } from '../../context-model/index.ts';
import type { NetworkPosition } from './network-session.ts';
import { logProbabilityOf, type Continuation } from './predictor.ts';

/**
 * To this power, the mean of what the context model says alone and with the network is right as often as the context
 * model alone, for which the thresholds of suggestions were tuned.
 */
const CONFIDENCE_POWER = 1.03;

/** A text as the context model alone writes it on. */
export class MemoryContinuation implements Continuation {
  private readonly reader: Reader;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  predict(): Prediction {
    return this.reader.predict();
  }

  advance(codePoint: number): void {
    this.reader.advance(codePoint);
  }
}

/** A text as the context model writes it on together with a network. */
export class JoinedContinuation implements Continuation {
  private readonly reader: Reader;
  private readonly network: NetworkPosition;
  private joined: Prediction | undefined;

  constructor(reader: Reader, network: NetworkPosition) {
    this.reader = reader;
    this.network = network;
  }

  predict(): Prediction {
    this.joined = this.network.predict(this.reader);
    return this.joined;
  }

  /**
   * Suggestions are judged by what both agree on: with a network a symbol costs fewer bits, but a text that only one of
   * both expects is right less often than its probability says.
   */
  confidence(index: number): number {
    const { codePoints, logProbabilities } = this.joined!;
    const alone = logProbabilityOf(codePoints[index], this.reader.predict());
    return CONFIDENCE_POWER * Math.log((Math.exp(logProbabilities[index]) + Math.exp(alone)) / 2);
  }

  advance(codePoint: number): void {
    this.reader.advance(codePoint);
    this.network.advance(codePoint);
  }
}
