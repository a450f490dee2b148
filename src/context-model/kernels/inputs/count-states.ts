// What counts are described by, so that contexts with like counts share a state of a map (probability-maps.ts).
// States of a column of one table:
//   0 to 255      the symbol was counted n times (4 bits, as a level) and others r times (4 bits)
//   256 to 383    the symbol was not counted: number of different symbols that were (3 bits), times in all (4 bits)
//   384 to 511    the same, for everything that is no candidate
// States of what document and workspace say together:
//   0 to 511      code of the document's counts (4 bits), of the workspace's (5 bits)
//   512 to 1023   the codes of absent symbols, for everything that is no candidate
// States of what came lately: 0 to 255 as recency.ts has them, from 256 on as those of a column of one table

export const STATES: i32 = 512;
export const JOINT_STATES: i32 = 1024;
/** The first state of symbols that were not counted. */
export const ABSENT: i32 = 256;
/** From the state of an absent symbol to that of everything that is no candidate. */
export const OTHERS: i32 = 128;
export const JOINT_OTHERS: i32 = 512;

/**
 * Where levels end: each is about half as high again as the one before, so that a level means a like ratio. Powers of two
 * are within 0.2 % of the bits.
 */
const LEVEL_ENDS: usize = memory.data<u8>([1, 2, 3, 4, 5, 7, 10, 15, 23, 34, 51, 77, 115, 173, 230, 255]);
/** [256] u8 levels of numbers: looked up, because branches on counts are mispredicted. */
const levels: usize = memory.data(256);
initializeLevels();

function initializeLevels(): void {
  let level = 0;
  for (let n: u32 = 0; n < 256; n++) {
    if (level < 15 && n >= <u32>load<u8>(LEVEL_ENDS + level)) level++;
    store<u8>(levels + n, <u8>level);
  }
}

/** @inline */
function levelOf(n: u32): i32 {
  return load<u8>(levels + n);
}

/**
 * The state of a symbol counted `n` times of `all`, n > 0.
 * @inline
 */
function presentState(n: u32, all: u32): i32 {
  let rest = all > n ? all - n : 0;
  if (all > 255) {
    const shift = 24 - clz(all);
    n = max(min(n >> shift, 255), 1);
    rest = min(rest >> shift, 255);
  }
  return (levelOf(n) << 4) | levelOf(rest);
}

/** [34] u8 levels of numbers of different symbols, 1 to 33, in the same manner. */
const varieties: usize = memory.data<u8>([
  0, 0, 1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7,
]);

/**
 * The state of a symbol that was not among the `distinct` ones counted.
 * @inline
 */
export function absentState(distinct: u32, all: u32): i32 {
  return ABSENT + (((<i32>load<u8>(varieties + min(distinct, 33))) << 4) | levelOf(min(all, 255)));
}

/** [9] u8 codes of a symbol that was not counted, by how often others were, 0 to 8. */
const absentInDocument: usize = memory.data<u8>([0, 1, 2, 2, 3, 3, 3, 3, 3]);
const absentInWorkspace: usize = memory.data<u8>([0, 1, 2, 2, 3, 3, 3, 3, 4]);

/**
 * The joint state of a symbol that neither the document nor the workspace counted; 0 where the context is new to both.
 * @inline
 */
export function absentJointState(allInDocument: u32, allInWorkspace: u32): i32 {
  const inDocument: i32 = load<u8>(absentInDocument + min(allInDocument, 8));
  return (inDocument << 5) | (<i32>load<u8>(absentInWorkspace + min(allInWorkspace, 8)));
}

/**
 * What a document's counts say of a symbol it counted, in 4 bits. Few counts allow few shares: of 5, fifths.
 * @inline
 */
function documentCode(n: u32, all: u32): i32 {
  if (n >= all) return n < 2 ? 4 : n < 3 ? 5 : 6;
  const share = <f32>n / <f32>all;
  if (all < 6) return share < 0.21 ? 7 : share < 0.41 ? 8 : share < 0.61 ? 9 : share < 0.77 ? 10 : 11;
  return 12 + <i32>(share >= 0.15) + <i32>(share >= 0.4) + <i32>(share >= 0.7);
}

/**
 * What the workspace's counts say of a symbol it counted, in 5 bits. A workspace counts more, so its shares are finer,
 * the more so where the symbol is almost never or almost always the one; one level below a third costs 0.1 to 0.2 % of the
 * bits.
 * @inline
 */
function workspaceCode(n: u32, all: u32): i32 {
  if (n >= all) return n < 2 ? 5 : n < 3 ? 6 : n < 5 ? 7 : n < 9 ? 8 : 9;
  const share = <f32>n / <f32>all;
  // Comparisons are added up, because branches on shares are mispredicted.
  const x = f32x4.splat(share);
  const passed = i32x4.add(
    i32x4.add(f32x4.ge(x, f32x4(0.02, 0.05, 0.1, 0.2)), f32x4.ge(x, f32x4(0.35, 0.5, 0.65, 0.8))),
    f32x4.ge(x, f32x4(0.9, 0.97, Infinity, Infinity)),
  );
  const level = -(
    i32x4.extract_lane(passed, 0) +
    i32x4.extract_lane(passed, 1) +
    (i32x4.extract_lane(passed, 2) + i32x4.extract_lane(passed, 3))
  );
  return (all < 8 ? 10 : 21) + level;
}

/** Counts below this are described by tables. */
const DESCRIBED: u32 = 64;
/** [DESCRIBED, DESCRIBED] u16 by all, n, of the document and of the workspace. */
const inDocument: usize = memory.data(64 * 64 * 2, 16);
const inWorkspace: usize = memory.data(64 * 64 * 2, 16);
initializeDescriptions();

function initializeDescriptions(): void {
  for (let all: u32 = 1; all < DESCRIBED; all++) {
    for (let n: u32 = 1; n <= all; n++) {
      const at = <usize>((all * DESCRIBED + n) << 1);
      store<u16>(inDocument + at, <u16>(presentState(n, all) | (documentCode(n, all) << 8)));
      store<u16>(inWorkspace + at, <u16>(presentState(n, all) | (workspaceCode(n, all) << 8)));
    }
  }
}

/**
 * What `n` of `all` counts are, n > 0.
 * @returns 8 bits state in the map of one table, 8 bits code in the joint one
 * @inline
 */
export function descriptionOf(n: u32, all: u32, isDocument: bool): u32 {
  if (all < DESCRIBED)
    return load<u16>((isDocument ? inDocument : inWorkspace) + <usize>((all * DESCRIBED + n) << 1));
  const code = isDocument ? documentCode(n, all) : workspaceCode(n, all);
  return <u32>(presentState(n, all) | (code << 8));
}
