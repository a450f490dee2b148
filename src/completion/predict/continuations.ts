import type { Prediction, Reader } from '../../context-model/index.ts';
import type { NetworkPosition } from './network-session.ts';
import type { Continuation } from './predictor.ts';

/**
 * To this power, probabilities of the network and the context model together mean as much to the thresholds of
 * suggestions as those of the context model alone, which is too timid and for which they were tuned.
 */
const CONFIDENCE_POWER = 1.1;

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
  readonly confidencePower = CONFIDENCE_POWER;
  private readonly reader: Reader;
  private readonly network: NetworkPosition;

  constructor(reader: Reader, network: NetworkPosition) {
    this.reader = reader;
    this.network = network;
  }

  predict(): Prediction {
    return this.network.predict(this.reader);
  }

  advance(codePoint: number): void {
    this.reader.advance(codePoint);
    this.network.advance(codePoint);
  }
}
