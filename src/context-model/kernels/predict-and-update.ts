// Reading along a text as if each of its symbols were typed.
import { setContexts, setNextContexts } from './contexts';
import { learnHere } from './update-counts';
import { learnWeights, predictHere } from './mixer';
import { PRIOR_SYMBOLS, writePrior } from './prior';

/**
 * Predicts places `from` to `to` of a text in order; weights and the document's table learn each symbol after it.
 * @param codePoints [to - from, PRIOR_SYMBOLS] i32, receives priors as `writePrior` has them; 0: not wanted
 * @param deltas [to - from, PRIOR_SYMBOLS] f32
 */
export function readAlong(
  mixer: usize,
  workspace: usize,
  document: usize,
  text: usize,
  from: i32,
  to: i32,
  codePoints: usize,
  deltas: usize,
): void {
  for (let place = from; place < to; place++) {
    const p = text + ((<usize>place) << 1);
    if (place == from) setContexts(p, text);
    else setNextContexts(p, text);
    predictHere(mixer, workspace, document, p, text);
    if (codePoints) {
      const at = <usize>(place - from) * PRIOR_SYMBOLS * 4;
      writePrior(codePoints + at, deltas + at);
    }
    const symbol: u32 = load<u16>(p);
    learnWeights(symbol);
    learnHere(document, symbol);
  }
}
