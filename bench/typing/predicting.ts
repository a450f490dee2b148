import { Suggester, automaticThresholds, worthShowing } from '../../src/completion/parts.ts';
import type { ContextModelPredictor, Predictor, Proposal } from '../../src/completion/parts.ts';
import type { Offer } from './calibration.ts';
import { EAGERNESSES, type Method, type Session } from './method.ts';
import type { Fixture } from './fixture.ts';

const thresholds = EAGERNESSES.map((eagerness) => automaticThresholds[eagerness]);
const MIN_FLOOR = Math.min(...thresholds.map((each) => each.floor));

/** The part of a predictor that follows documents, if it does. */
type Followed = Pick<ContextModelPredictor, 'open' | 'change'> | undefined;

export interface PredictingOptions {
  readonly name: string;
  readonly predictor: Predictor;
  /** The predictor, if it follows the changes of documents. */
  readonly followed: Followed;
  /** Number of symbols among which the probability that a prediction does not list is shared equally. */
  readonly alphabet: number;
  /** Receives each proposal, down to a probability. */
  readonly onProposal:
    | {
        readonly floor: number;
        see(fixture: Fixture, at: number, proposal: Proposal | undefined): void;
      }
    | undefined;
}

/** The extension's own suggester with a predictor. */
export function predicting(options: PredictingOptions): Method {
  return { name: options.name, begin: (fixture) => new Predicting(fixture, options) };
}

class Predicting implements Session {
  private readonly fixture: Fixture;
  private readonly options: PredictingOptions;
  private readonly suggester: Suggester;

  constructor(fixture: Fixture, options: PredictingOptions) {
    this.fixture = fixture;
    this.options = options;
    this.suggester = new Suggester(options.predictor);
    options.predictor.forget(fixture.name);
    options.followed?.open(fixture.name, '');
  }

  suggestions(at: number): (Offer | undefined)[] {
    const { onProposal } = this.options;
    const proposal = this.suggester.propose(this.fixture.request(at), onProposal?.floor ?? MIN_FLOOR);
    onProposal?.see(this.fixture, at, proposal);
    return thresholds.map((each) => proposal && worthShowing(proposal, each));
  }

  bits(at: number): number | undefined {
    const prediction = this.options.predictor
      .read(this.fixture.request(at), () => false)
      ?.continuation()
      .predict();
    if (!prediction) return undefined;
    const { count, codePoints, logProbabilities, rest } = prediction;
    const place = codePoints.subarray(0, count).indexOf(this.fixture.text.codePointAt(at)!);
    if (place >= 0) return -logProbabilities[place] / Math.LN2;
    return -Math.log2(Math.max(rest, 1e-9) / Math.max(1, this.options.alphabet - count));
  }

  typed(at: number, end: number): void {
    const inserted = this.fixture.text.slice(at, end);
    this.options.followed?.change(this.fixture.name, [{ offset: at, removed: 0, inserted }]);
  }

  end(): void {
    this.options.predictor.forget(this.fixture.name);
  }
}
