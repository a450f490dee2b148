// Whether the last prediction is still what would be predicted.
let number: u32 = 0;

/** Changes with every prediction and with everything learnt. */
export function revision(): u32 {
  return number;
}

/** @inline */
export function countRevision(): void {
  number++;
}
