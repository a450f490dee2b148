import { PANEL } from '../simd-width';

// A panel holds PANEL columns of a matrix B [depth, columns], depth after depth, so that `product` reads it in order:
// column n, depth k stands at (n - n % PANEL) * depth + k * width + n % PANEL, the last panel's width being what is
// left. A panel begins where those before it end, so columns may be packed and multiplied in parts of whole panels.

/** Panels of B [depth, columns], whose rows are `stride` apart; columns a multiple of 8. */
export function packColumns(b: usize, stride: i32, panels: usize, depth: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  const full = (<usize>PANEL) << 2;
  const widePart = (<usize>(columns & ~(PANEL - 1))) << 2;
  const last = ((<usize>columns) << 2) - widePart;
  const panelBytes = <usize>depth * full;
  let narrow = panels + <usize>depth * widePart;
  // Row by row, because the rows are not in the cache and are best read in order.
  for (let k = 0; k < depth; k++) {
    let target = panels;
    for (let n: usize = 0; n < widePart; n += full) {
      for (let j: usize = 0; j < full; j += 32) copyEight(b + n + j, target + j);
      target += panelBytes;
    }
    if (last > 0) copyEight(b + widePart, narrow);
    b += rowBytes;
    panels += full;
    narrow += 32;
  }
}

/** @inline */
function copyEight(from: usize, to: usize): void {
  const low = v128.load(from);
  const high = v128.load(from, 16);
  v128.store(to, low);
  v128.store(to, high, 16);
}

/** Panels of the transpose of W [columns, depth], whose rows are `stride` apart; both multiples of 8. */
export function packRows(w: usize, stride: i32, panels: usize, depth: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let n = 0; n < columns; n += 4) {
    const rows = w + <usize>n * rowBytes;
    const first = n & ~(PANEL - 1);
    const width = (<usize>min(PANEL, columns - first)) << 2;
    let target = panels + ((<usize>(first * depth + n - first)) << 2);
    for (let k: usize = 0; k < (<usize>depth) << 2; k += 16) {
      const r0 = v128.load(rows + k);
      const r1 = v128.load(rows + rowBytes + k);
      const r2 = v128.load(rows + 2 * rowBytes + k);
      const r3 = v128.load(rows + 3 * rowBytes + k);
      const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
      const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
      const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
      const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
      v128.store(target, i64x2.shuffle(low01, low23, 0, 2));
      v128.store(target + width, i64x2.shuffle(low01, low23, 1, 3));
      v128.store(target + 2 * width, i64x2.shuffle(high01, high23, 0, 2));
      v128.store(target + 3 * width, i64x2.shuffle(high01, high23, 1, 3));
      target += 4 * width;
    }
  }
}
