import type { CursorContext } from '../text/cursor-context.ts';
import type { Reading } from '../predict/predictor.ts';
import { chooseAfter } from './sample-token.ts';
import { writeOn, type Rival, type WrittenPath } from './greedy-decode.ts';

const MAX_TRIES = 8;
/** Least characters that may be written behind the one where an alternative begins. */
const MIN_CHARACTERS_AFTER = 16;

/**
 * Other ways to go on than `path`, each leaving it or an earlier one at a character of its own and from there on
 * taking what is likeliest. The likeliest beginning goes first.
 * @param from the number of code points that all of them share with `path`
 */
export function* alternativesTo(
  { path, context }: { readonly path: WrittenPath; readonly context: CursorContext },
  reading: Reading,
  floor: number,
  from: number,
): Generator<WrittenPath, void, void> {
  const branches = branchesOf(path, from);
  for (let tries = 0; tries < MAX_TRIES && branches.length > 0; tries++) {
    branches.sort((a, b) => b.rival.probability - a.rival.probability);
    const { stem, rival } = branches.shift()!;
    if (rival.probability < floor) return;
    const forced = [...stem, rival.codePoint];
    const next = writeOn(reading.continuation(), context, {
      choose: chooseAfter(forced, ({ count }) => (count > 0 ? 0 : undefined)),
      floor,
      maxLength: Math.max(path.codePoints.length, forced.length + MIN_CHARACTERS_AFTER),
      withRivals: true,
      isCancelled: () => false,
    });
    if (!next || next.codePoints.length < forced.length) continue;
    branches.push(...branchesOf(next, forced.length));
    yield next;
  }
}

interface Branch {
  readonly stem: readonly number[];
  readonly rival: Rival;
}

function branchesOf({ codePoints, rivals }: WrittenPath, from: number): Branch[] {
  return rivals.flatMap((others, at) =>
    at < from ? [] : others.map((rival) => ({ stem: codePoints.slice(0, at), rival })),
  );
}
