// Whether the last prediction is still what would be predicted.
let epoch: u32 = 0;

/** Changes with every prediction and with everything learnt. */
export function predictionEpoch(): u32 {
  return epoch;
}

/** @inline */
export function advanceEpoch(): void {
  epoch++;
}
