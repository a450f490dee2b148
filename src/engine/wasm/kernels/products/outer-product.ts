import { madd } from '../simd-width';

/**
 * B [depth, columns] += x yᵀ for B in panels of 32 columns as `vectorProduct` takes them, x [depth] and
 * y [columns]; columns are a multiple of 32.
 */
export function addOuterProduct(x: usize, y: usize, panels: usize, depth: i32, columns: i32): void {
  const xEnd = x + ((<usize>depth) << 2);
  for (let n: usize = 0; n < (<usize>columns) << 2; n += 128) {
    const row = y + n;
    const y0 = v128.load(row);
    const y1 = v128.load(row, 16);
    const y2 = v128.load(row, 32);
    const y3 = v128.load(row, 48);
    const y4 = v128.load(row, 64);
    const y5 = v128.load(row, 80);
    const y6 = v128.load(row, 96);
    const y7 = v128.load(row, 112);
    for (let p = x; p < xEnd; p += 4) {
      const v = v128.load32_splat(p);
      v128.store(panels, madd(v, y0, v128.load(panels)));
      v128.store(panels, madd(v, y1, v128.load(panels, 16)), 16);
      v128.store(panels, madd(v, y2, v128.load(panels, 32)), 32);
      v128.store(panels, madd(v, y3, v128.load(panels, 48)), 48);
      v128.store(panels, madd(v, y4, v128.load(panels, 64)), 64);
      v128.store(panels, madd(v, y5, v128.load(panels, 80)), 80);
      v128.store(panels, madd(v, y6, v128.load(panels, 96)), 96);
      v128.store(panels, madd(v, y7, v128.load(panels, 112)), 112);
      panels += 128;
    }
  }
}
