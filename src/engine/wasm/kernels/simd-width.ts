// These sources are compiled to two builds. The wide one uses relaxed SIMD's fused multiply-add, and V8's revectoriser
// joins equal operations on two neighbouring vectors to 256-bit instructions. Loops therefore process two vectors, 32
// bytes, at a time, and read both before they write either, which is a condition for joining them.

/**
 * Whether this is the wide build.
 * @inline
 */
export const WIDE: bool = ASC_FEATURE_RELAXED_SIMD;

/**
 * Columns of a full panel of B; a last panel of 8 may follow.
 * @inline
 */
export const PANEL: i32 = WIDE ? 16 : 8;

/**
 * a * b + c; rounded once in the wide build.
 * @inline
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (WIDE) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(c, f32x4.mul(a, b));
}
