// What the states of the last prediction learn from the symbol that came.
import { absentStates, COLUMNS, count, NO_STATE, othersState, stateAt, states } from './gather';
import { teach } from './maps';

/** @param probabilities [count + 1] f32 that were predicted */
export function teachStates(right: i32, probabilities: usize, least: f32, scoreRate: f32): void {
  const othersTarget: f32 = right == count ? 1 : 0;
  const othersError = othersTarget - load<f32>(probabilities + (<usize>count << 2));
  for (let c = 0; c < COLUMNS; c++) {
    const absent: i32 = load<u16>(absentStates + (<usize>c << 1));
    if (absent == NO_STATE) continue;
    let absentRows: f32 = 0;
    let absentError: f32 = 0;
    let absentTarget: f32 = 0;
    for (let row = 0; row < count; row++) {
      const index: i32 = load<u16>(states + (<usize>(row * COLUMNS + c) << 1));
      const target: f32 = row == right ? 1 : 0;
      const error = target - load<f32>(probabilities + (<usize>row << 2));
      if (index == absent) {
        absentRows++;
        absentError += error;
        absentTarget += target;
      } else teach(stateAt(c, index), target, error, least, scoreRate);
    }
    if (absentRows > 0) teach(stateAt(c, absent), absentTarget / absentRows, absentError, least, scoreRate);
    teach(stateAt(c, othersState(c, absent)), othersTarget, othersError, least, scoreRate);
  }
}
