// What the states of the last prediction learn from the symbol that came.
import { MAX_CANDIDATES } from './candidates';
import {
  absentStates,
  columnBegins,
  columnEnds,
  COLUMNS,
  mapOf,
  NO_STATE,
  othersState,
  stateAt,
} from './features';
import { setLogarithms, State, updateState } from './probability-maps';

/** [(MAX_CANDIDATES + 2) * COLUMNS + 3] u32 addresses of the states updated. */
const updated: usize = memory.data(((MAX_CANDIDATES + 2) * COLUMNS + 3) * 4, 16);

/**
 * @param maps of the mixer that predicted
 * @param count candidates of the prediction
 * @param right row of what came, `count` if it is none of the candidates
 * @param probabilities [count + 1] f32 that were predicted
 */
export function updateMaps(
  maps: usize,
  count: i32,
  right: i32,
  probabilities: usize,
  minRate: f32,
  scoreRate: f32,
): void {
  const othersTarget: f32 = right == count ? 1 : 0;
  const othersError = othersTarget - load<f32>(probabilities + ((<usize>count) << 2));
  let next = updated;
  for (let c = 0; c < COLUMNS; c++) {
    const absent: i32 = load<u16>(absentStates + ((<usize>c) << 1));
    if (absent == NO_STATE) continue;
    // All errors add up to 0; this becomes that of the symbols the column does not know.
    let error: f32 = -othersError;
    let isRightKnown = false;
    const begin: usize = load<u32>(columnBegins + ((<usize>c) << 2));
    const end: usize = load<u32>(columnEnds + ((<usize>c) << 2));
    for (let at = begin; at < end; at += 8) {
      const state = changetype<State>(<usize>load<u32>(at));
      const row = <i32>load<u32>(at, 4);
      const isRight = row == right;
      const target = <f32>(<i32>isRight);
      const errorOfRow = target - load<f32>(probabilities + ((<usize>row) << 2));
      updateState(state, target, errorOfRow, minRate, scoreRate);
      isRightKnown = isRightKnown || isRight;
      error -= errorOfRow;
      store<u32>(next, <u32>changetype<usize>(state));
      next += 4;
    }
    const map = mapOf(maps, c);
    const unknown = count - <i32>((end - begin) >> 3);
    if (unknown > 0) {
      const target: f32 = right < count && !isRightKnown ? 1 / <f32>unknown : 0;
      const state = stateAt(map, absent);
      updateState(state, target, error, minRate, scoreRate);
      store<u32>(next, <u32>changetype<usize>(state));
      next += 4;
    }
    const others = stateAt(map, othersState(c, absent));
    updateState(others, othersTarget, othersError, minRate, scoreRate);
    store<u32>(next, <u32>changetype<usize>(others));
    next += 4;
  }
  setLogarithms(updated, next);
}
