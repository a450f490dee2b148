// Adaptive probability maps, the indirection of PAQ (Mahoney, Adaptive Weighing of Context Models for Lossless Data
// Compression, 2005): not what a context counted is taken for a probability, but how often a symbol with such counts
// came in truth. A map belongs to a column, one context of the document or of the workspace; its states:
//   0 to 255      the symbol was counted n times (4 bits, as a level) and others r times (4 bits)
//   256 to 383    the symbol was not counted: number of different symbols that were (3 bits), times in all (4 bits)
//   384 to 511    the same, for everything that is no candidate
// A third column of each context has a map of what document and workspace say together:
//   0 to 511      code of the document's counts (4 bits), of the workspace's (5 bits)
//   512 to 1023   the codes of absent symbols, for everything that is no candidate
// state, 16 bytes: f32 probability │ its logarithm │ times met │ score, learnt by gradient

export const STATES: i32 = 512;
export const JOINT_STATES: i32 = 1024;
export const STATE_BYTES: usize = 16;
export const MAP_BYTES: usize = <usize>STATES * STATE_BYTES;
export const ABSENT: i32 = 256;
export const OTHERS: i32 = 128;

const LEAST: f32 = 0.00005;

/** [256] u8 levels of numbers, each half as high again as the one before: looked up, for branches cannot be foretold. */
const levels: usize = memory.data(256);
initializeLevels();

function initializeLevels(): void {
  const ends = memory.data<u8>([1, 2, 3, 4, 5, 7, 10, 15, 23, 34, 51, 77, 115, 173, 230, 255]);
  let level = 0;
  for (let n: u32 = 0; n < 256; n++) {
    if (level < 15 && n >= <u32>load<u8>(ends + level)) level++;
    store<u8>(levels + n, <u8>level);
  }
}

/** @inline */
function levelOf(n: u32): i32 {
  return load<u8>(levels + n);
}

/**
 * The state of a symbol counted `n` times of `all`.
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

/** Levels of numbers of different symbols, 1 to 33. */
const variety: usize = memory.data<u8>([
  0, 0, 1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7,
]);

/**
 * The state of a symbol that was not among the `distinct` ones counted.
 * @inline
 */
export function absentState(distinct: u32, all: u32): i32 {
  return ABSENT + (((<i32>load<u8>(variety + min(distinct, 33))) << 4) | levelOf(min(all, 255)));
}

/** Codes of a symbol that was not counted, by how often others were, 0 to 8. */
const absentInDocument: usize = memory.data<u8>([0, 1, 2, 2, 3, 3, 3, 3, 3]);
const absentInWorkspace: usize = memory.data<u8>([0, 1, 2, 2, 3, 3, 3, 3, 4]);

/**
 * The joint state of a symbol that neither the document nor the workspace counted; 0 where the context is new to both.
 * @inline
 */
export function absentJointState(allInDocument: u32, allInWorkspace: u32): i32 {
  const ofDocument: i32 = load<u8>(absentInDocument + min(allInDocument, 8));
  return (ofDocument << 5) | (<i32>load<u8>(absentInWorkspace + min(allInWorkspace, 8)));
}

/**
 * What a document's counts say of a symbol it counted, in 4 bits.
 * @inline
 */
function documentCode(n: u32, all: u32): i32 {
  if (n >= all) return n < 2 ? 4 : n < 3 ? 5 : 6;
  const share = <f32>n / <f32>all;
  if (all < 6) return share < 0.21 ? 7 : share < 0.41 ? 8 : share < 0.61 ? 9 : share < 0.77 ? 10 : 11;
  return 12 + <i32>(share >= 0.15) + <i32>(share >= 0.4) + <i32>(share >= 0.7);
}

/**
 * What the workspace's counts say of a symbol it counted, in 5 bits.
 * @inline
 */
function workspaceCode(n: u32, all: u32): i32 {
  if (n >= all) return n < 2 ? 5 : n < 3 ? 6 : n < 5 ? 7 : n < 9 ? 8 : 9;
  const share = <f32>n / <f32>all;
  // Added up, for branches could not be foretold.
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
const ofDocument: usize = memory.data(64 * 64 * 2, 16);
const ofWorkspace: usize = memory.data(64 * 64 * 2, 16);
initializeDescriptions();

function initializeDescriptions(): void {
  for (let all: u32 = 1; all < DESCRIBED; all++) {
    for (let n: u32 = 1; n <= all; n++) {
      const at = <usize>((all * DESCRIBED + n) << 1);
      store<u16>(ofDocument + at, <u16>(presentState(n, all) | (documentCode(n, all) << 8)));
      store<u16>(ofWorkspace + at, <u16>(presentState(n, all) | (workspaceCode(n, all) << 8)));
    }
  }
}

/**
 * What `n` of `all` counts are, n > 0: `presentState` 8 bits, the table's code 8 bits.
 * @inline
 */
export function descriptionOf(n: u32, all: u32, isDocument: bool): u32 {
  if (all < DESCRIBED)
    return load<u16>((isDocument ? ofDocument : ofWorkspace) + <usize>((all * DESCRIBED + n) << 1));
  const code = isDocument ? documentCode(n, all) : workspaceCode(n, all);
  return <u32>(presentState(n, all) | (code << 8));
}

/** Sets a map to what is believed of counts before anything is known: the Krichevsky-Trofimov estimate, roughly. */
export function initializeMap(map: usize, states: i32): void {
  for (let i = 0; i < states; i++) {
    const n: f32 = <f32>(i >> 4);
    const rest: f32 = <f32>(i & 15);
    const p: f32 = states == JOINT_STATES ? 0.1 : i < ABSENT ? (n + 0.4) / (n + rest + 0.8) : 0.02;
    const state = map + <usize>i * STATE_BYTES;
    store<f32>(state, p);
    store<f32>(state, Mathf.log(p), 4);
    store<f32>(state, 1, 8);
    store<f32>(state, 0, 12);
  }
}

/**
 * ln x of four positive x, absolute error below 1e-4: exponent and mantissa m of x = 2^e m, 1 <= m < 2, and
 * ln m = 2 artanh z, z = (m - 1) / (m + 1) <= 1 / 3, by its series up to z^7.
 * @inline
 */
function logarithms(x: v128): v128 {
  const one = f32x4.splat(1);
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  const m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
  const z = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const square = f32x4.mul(z, z);
  let series = f32x4.add(f32x4.mul(square, f32x4.splat(0.14285715)), f32x4.splat(0.2));
  series = f32x4.add(f32x4.mul(square, series), f32x4.splat(0.33333334));
  series = f32x4.add(f32x4.mul(square, series), one);
  const ofMantissa = f32x4.mul(f32x4.add(z, z), series);
  return f32x4.add(f32x4.mul(exponent, f32x4.splat(0.6931472)), ofMantissa);
}

/**
 * Moves a state towards what came; its logarithm is left to `setLogarithms`.
 * @param target 1 if the symbol came, 0 if not; between them for several symbols in one state
 * @param error target less what was predicted, of all symbols in the state together
 * @inline
 */
export function teach(state: usize, target: f32, error: f32, least: f32, scoreRate: f32): void {
  const n = load<f32>(state, 8) + 1;
  const before = load<f32>(state);
  store<f32>(state, max(before + (target - before) * max(least, 1 / (n + 0.5)), LEAST));
  store<f32>(state, n, 8);
  store<f32>(state, load<f32>(state, 12) + scoreRate * error, 12);
}

/** Sets the logarithms of states, given by their addresses; there must be room for three addresses more. */
export function setLogarithms(states: usize, end: usize): void {
  if (states == end) return;
  for (let i: usize = 0; i < 3; i++) store<u32>(end + (i << 2), load<u32>(states));
  for (let at = states; at < end; at += 16) {
    const a: usize = load<u32>(at);
    const b: usize = load<u32>(at, 4);
    const c: usize = load<u32>(at, 8);
    const d: usize = load<u32>(at, 12);
    let x = v128.load32_zero(a);
    x = v128.load32_lane(b, x, 1);
    x = v128.load32_lane(c, x, 2);
    x = v128.load32_lane(d, x, 3);
    x = logarithms(x);
    v128.store32_lane(a, x, 0, 4);
    v128.store32_lane(b, x, 1, 4);
    v128.store32_lane(c, x, 2, 4);
    v128.store32_lane(d, x, 3, 4);
  }
}
