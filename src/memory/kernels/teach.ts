// What the states of the last prediction learn from the symbol that came.
import { absentStates, COLUMNS, count, NO_STATE, othersState, stateAt, stateCount, states } from './gather';
import { teach } from './maps';

/** [COLUMNS] f32, errors of the symbols that a context does not know, together. */
// @ts-ignore: decorator
@lazy
const errors: usize = memory.data(COLUMNS * 4, 16);
/** [COLUMNS] u8, how many symbols a context knows. */
// @ts-ignore: decorator
@lazy
const present: usize = memory.data(COLUMNS, 16);

/**
 * @param right row of what came, `count` if it is none of the candidates
 * @param probabilities [count + 1] f32 that were predicted
 */
export function teachStates(right: i32, probabilities: usize, least: f32, scoreRate: f32): void {
  const othersTarget: f32 = right == count ? 1 : 0;
  const othersError = othersTarget - load<f32>(probabilities + (<usize>count << 2));
  const zero = i8x16.splat(0);
  for (let c = 0; c < COLUMNS; c += 16) v128.store(present + c, zero);
  // All errors add up to 0.
  const all = f32x4.splat(-othersError);
  for (let c = 0; c < COLUMNS; c += 4) v128.store(errors + (<usize>c << 2), all);
  let knowsRight: u64 = 0;
  for (let i = 0; i < stateCount; i++) {
    const packed = load<u32>(states + (<usize>i << 2));
    const c = <i32>(packed >> 16);
    const row = <i32>((packed >> 10) & 63);
    const target: f32 = row == right ? 1 : 0;
    const error = target - load<f32>(probabilities + (<usize>row << 2));
    teach(stateAt(c, packed & 1023), target, error, least, scoreRate);
    if (row == right) knowsRight |= (<u64>1) << c;
    store<u8>(present + c, load<u8>(present + c) + 1);
    const left = errors + (<usize>c << 2);
    store<f32>(left, load<f32>(left) - error);
  }
  for (let c = 0; c < COLUMNS; c++) {
    const absent: i32 = load<u16>(absentStates + (<usize>c << 1));
    if (absent == NO_STATE) continue;
    const rows = count - <i32>load<u8>(present + c);
    if (rows > 0) {
      const isAbsent = right < count && ((knowsRight >> c) & 1) == 0;
      const target: f32 = isAbsent ? 1 / <f32>rows : 0;
      teach(stateAt(c, absent), target, load<f32>(errors + (<usize>c << 2)), least, scoreRate);
    }
    teach(stateAt(c, othersState(c, absent)), othersTarget, othersError, least, scoreRate);
  }
}
