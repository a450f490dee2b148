// The prediction made last, as mixing, secondary estimation and learning know it.
@unmanaged
export class Prediction {
  /** The mixer that made it, and the tables it is of. */
  mixer: usize;
  workspace: usize;
  document: usize;
  /** Candidates; row `count` stands for all other symbols. */
  count: i32;
  /** Contexts of the last symbols that the tables know: the longest one's number, from 1; 0 where none is known. */
  documentOrder: i32;
  workspaceOrder: i32;
  /** The kind of the last character, and symbols of the word before the position. */
  lastKind: i32;
  wordLength: i32;
  /** The most probable row before secondary estimation. */
  best: i32;
  /** The lower of the two estimates that were interpolated, and the share of the upper one. */
  lowerEstimate: usize;
  upperShare: f32;
}

export const last: Prediction = changetype<Prediction>(memory.data(64, 16));
