import { automaticThresholds } from '../../src/completion/decode/display-policy.ts';
import type { MemoryPredictor } from '../../src/completion/predict/memory-predictor.ts';
import type { Predictor } from '../../src/completion/predict/predictor.ts';
import { Suggester, worthShowing, type Proposal } from '../../src/completion/decode/suggest.ts';
import { eagernesses, type Method, type Voice } from './method.ts';
import type { Scene } from './scene.ts';

const thresholds = eagernesses.map((eagerness) => automaticThresholds[eagerness]);
const floor = Math.min(...thresholds.map((each) => each.floor));

/** What follows whole documents, where a predictor does. */
type Followed = Pick<MemoryPredictor, 'open' | 'change'> | undefined;

export interface PredictingOptions {
  readonly name: string;
  readonly predictor: Predictor;
  /** The same predictor, if it wants to be told of every change. */
  readonly followed: Followed;
  /** Symbols that may come at all: what is not listed in a prediction is equally likely. */
  readonly alphabet: number;
  /** Sees what was proposed at each place, and down to what probability it is to be proposed. */
  readonly onProposal:
    | {
        readonly floor: number;
        see(scene: Scene, at: number, proposal: Proposal | undefined): void;
      }
    | undefined;
}

/** The extension's own suggester with a predictor. */
export function predicting(options: PredictingOptions): Method {
  return { name: options.name, begin: (scene) => new Predicting(scene, options) };
}

class Predicting implements Voice {
  private readonly scene: Scene;
  private readonly options: PredictingOptions;
  private readonly suggester: Suggester;

  constructor(scene: Scene, options: PredictingOptions) {
    this.scene = scene;
    this.options = options;
    this.suggester = new Suggester(options.predictor);
    options.predictor.forget(scene.name);
    options.followed?.open(scene.name, '');
  }

  suggestions(at: number): (string | undefined)[] {
    const { onProposal } = this.options;
    const proposal = this.suggester.propose(this.scene.request(at), onProposal?.floor ?? floor);
    onProposal?.see(this.scene, at, proposal);
    return thresholds.map((each) => proposal && worthShowing(proposal, each)?.text);
  }

  bits(at: number): number | undefined {
    const prediction = this.options.predictor
      .read(this.scene.request(at), () => false)
      ?.continuation()
      .predict();
    if (!prediction) return undefined;
    const { count, codePoints, logProbabilities, rest } = prediction;
    const place = codePoints.subarray(0, count).indexOf(this.scene.text.codePointAt(at)!);
    if (place >= 0) return -logProbabilities[place] / Math.LN2;
    return -Math.log2(Math.max(rest, 1e-9) / Math.max(1, this.options.alphabet - count));
  }

  typed(at: number, end: number): void {
    const inserted = this.scene.text.slice(at, end);
    this.options.followed?.change(this.scene.name, [{ offset: at, removed: 0, inserted }]);
  }

  end(): void {
    this.options.predictor.forget(this.scene.name);
  }
}
