// Reading along a text as if each of its symbols were typed.
import { FILE_START } from './alphabet';
import { setContexts, setNextContexts } from './contexts/contexts';
import { learnWeights, predictHere } from './mixing/mixer';
import { PRIOR_SYMBOLS, writePrior } from './output/prior';
import { learnHere } from './tables/update-counts';

/**
 * Predicts positions `from` to `to` of a text in order; weights and the document's table learn each symbol after it.
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
  for (let position = from; position < to; position++) {
    const p = text + ((<usize>position) << 1);
    const wordLength =
      position == from ? setContexts(p, text, FILE_START) : setNextContexts(p, text, FILE_START);
    predictHere(mixer, workspace, document, p, text, wordLength);
    if (codePoints) {
      const at = <usize>(position - from) * PRIOR_SYMBOLS * 4;
      writePrior(codePoints + at, deltas + at);
    }
    const symbol: u32 = load<u16>(p);
    learnWeights(symbol);
    learnHere(document, symbol);
  }
}
