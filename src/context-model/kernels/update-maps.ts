// What the states of the last prediction learn from the symbol that came.
import {
  absentStates,
  CANDIDATES,
  columnBegins,
  columnEnds,
  COLUMNS,
  count,
  NO_STATE,
  othersState,
  stateAt,
} from './candidates';
import { setLogarithms, teach } from './probability-maps';

/** [(CANDIDATES + 2) * COLUMNS + 3] u32 addresses of the states taught. */
const taught: usize = memory.data(((CANDIDATES + 2) * COLUMNS + 3) * 4, 16);

/**
 * @param right row of what came, `count` if it is none of the candidates
 * @param probabilities [count + 1] f32 that were predicted
 */
export function teachStates(right: i32, probabilities: usize, least: f32, scoreRate: f32): void {
  const rows = count;
  const othersTarget: f32 = right == rows ? 1 : 0;
  const othersError = othersTarget - load<f32>(probabilities + ((<usize>rows) << 2));
  let next = taught;
  for (let c = 0; c < COLUMNS; c++) {
    const absent: i32 = load<u16>(absentStates + ((<usize>c) << 1));
    if (absent == NO_STATE) continue;
    // All errors add up to 0; this becomes that of the symbols the column does not know.
    let error: f32 = -othersError;
    let isRightKnown = false;
    const begin: usize = load<u32>(columnBegins + ((<usize>c) << 2));
    const end: usize = load<u32>(columnEnds + ((<usize>c) << 2));
    for (let at = begin; at < end; at += 8) {
      const state: usize = load<u32>(at);
      const row = <i32>load<u32>(at, 4);
      const isRight = row == right;
      const target = <f32>(<i32>isRight);
      const errorOfRow = target - load<f32>(probabilities + ((<usize>row) << 2));
      teach(state, target, errorOfRow, least, scoreRate);
      isRightKnown = isRightKnown || isRight;
      error -= errorOfRow;
      store<u32>(next, <u32>state);
      next += 4;
    }
    const unknown = rows - <i32>((end - begin) >> 3);
    if (unknown > 0) {
      const target: f32 = right < rows && !isRightKnown ? 1 / <f32>unknown : 0;
      const state = stateAt(c, absent);
      teach(state, target, error, least, scoreRate);
      store<u32>(next, <u32>state);
      next += 4;
    }
    const others = stateAt(c, othersState(c, absent));
    teach(others, othersTarget, othersError, least, scoreRate);
    store<u32>(next, <u32>others);
    next += 4;
  }
  setLogarithms(taught, next);
}
