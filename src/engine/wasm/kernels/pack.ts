// A panel holds 8 columns of a matrix B [depth, columns], depth after depth, so that `product` reads it in order:
// panel p, depth k, column j stands at p * depth * 8 + k * 8 + j.

/** Panels of B [depth, columns], whose rows are `stride` apart; columns a multiple of 8. */
export function packColumns(b: usize, stride: i32, panels: usize, depth: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let n = 0; n < columns; n += 8) {
    let source = b + ((<usize>n) << 2);
    for (let k = 0; k < depth; k++) {
      v128.store(panels, v128.load(source));
      v128.store(panels, v128.load(source, 16), 16);
      source += rowBytes;
      panels += 32;
    }
  }
}

/** Panels of the transpose of W [columns, depth], whose rows are `stride` apart; both multiples of 8. */
export function packRows(w: usize, stride: i32, panels: usize, depth: i32, columns: i32): void {
  const rowBytes = (<usize>stride) << 2;
  for (let n = 0; n < columns; n += 4) {
    const rows = w + <usize>n * rowBytes;
    // Columns 0-3 and 4-7 of a panel are written in turn.
    let target = panels + <usize>(n & ~7) * <usize>depth * 4 + ((<usize>(n & 4)) << 2);
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
      v128.store(target, i64x2.shuffle(low01, low23, 1, 3), 32);
      v128.store(target, i64x2.shuffle(high01, high23, 0, 2), 64);
      v128.store(target, i64x2.shuffle(high01, high23, 1, 3), 96);
      target += 128;
    }
  }
}
