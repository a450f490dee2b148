import { idsByCodePoint, Vocabulary } from '../../corpus/index.ts';
import type { Stepper } from '../../engine/index.ts';
import type { Prediction } from '../../context-model/index.ts';
import { normalized } from '../../common/text.ts';
import { logLikelihood } from './predictor.ts';
import type { Continuation, Predictor, Reading, TextBefore } from './predictor.ts';
import { DocumentStates } from './hidden-state-cache.ts';
import { windowOf } from './prefix-window.ts';

/** Symbols listed in a prediction. */
const MAX_LISTED = 24;

/** A network by itself: it reads a window of the text before the cursor. */
export class NetworkPredictor implements Predictor {
  private readonly stepper: Stepper;
  private readonly vocabulary: Vocabulary;
  private readonly states: DocumentStates;
  private readonly ids: ReadonlyMap<number, number>;

  constructor(stepper: Stepper, vocabulary: Vocabulary) {
    this.stepper = stepper;
    this.vocabulary = vocabulary;
    this.states = new DocumentStates(stepper, vocabulary);
    this.ids = idsByCodePoint(vocabulary.symbols);
  }

  read({ document, prefix, atFileStart }: TextBefore, isCancelled: () => boolean): Reading | undefined {
    const window = windowOf(normalized(prefix), atFileStart);
    const read = this.states.read(document, window.text, window.atFileStart, isCancelled);
    if (!read) return undefined;
    const continuation = () => this.continuationFrom(read.state.slice(), read.logits.slice());
    return {
      continuation,
      logLikelihoods: (path, ends, following) =>
        ends.map((end) => {
          const written = continuation();
          for (const codePoint of path.slice(0, end)) written.advance(codePoint);
          return logLikelihood(written, following);
        }),
    };
  }

  warm({ document, prefix, atFileStart }: TextBefore, isCancelled: () => boolean): void {
    const window = windowOf(normalized(prefix), atFileStart);
    this.states.read(document, window.text, window.atFileStart, isCancelled);
  }

  forget(document: string): void {
    this.states.forget(document);
  }

  private continuationFrom(state: Float32Array, logits: Float32Array): Continuation {
    return {
      predict: () => predictionOf(logits, this.vocabulary),
      advance: (codePoint) => {
        this.stepper.feed([this.ids.get(codePoint) ?? Vocabulary.unknown], state, logits);
      },
    };
  }
}

/** The likeliest symbols that may be written under softmax(logits), equal ones by their ids. */
function predictionOf(logits: Float32Array, { symbols }: Vocabulary): Prediction {
  const ids: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    if (id === Vocabulary.unknown || id === Vocabulary.startOfFile || Number.isNaN(logits[id])) continue;
    if (ids.length === MAX_LISTED && !(logits[id] > logits[ids[MAX_LISTED - 1]])) continue;
    let index = Math.min(ids.length, MAX_LISTED - 1);
    while (index > 0 && logits[ids[index - 1]] < logits[id]) {
      ids[index] = ids[index - 1];
      index--;
    }
    ids[index] = id;
  }
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let total = 0;
  for (const logit of logits) {
    // Equal ones first: the largest may be infinite, and infinity minus itself is not a number.
    if (logit === largest) total += 1;
    else if (logit > -Infinity) total += Math.exp(logit - largest);
  }
  const logarithm = Math.log(total);
  const logProbabilities = Float32Array.from(
    ids,
    (id) => (logits[id] === largest ? 0 : logits[id] - largest) - logarithm,
  );
  const listed = logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0);
  return {
    count: ids.length,
    codePoints: Int32Array.from(ids, (id) => symbols[id].codePointAt(0)!),
    logProbabilities,
    rest: Math.max(0, 1 - listed),
  };
}
