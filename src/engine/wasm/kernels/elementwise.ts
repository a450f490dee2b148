/** out [rows, n] = x [rows, n] + y, y one row repeated; n a multiple of 4. */
export function add(x: usize, y: usize, out: usize, rows: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(out + j, f32x4.add(v128.load(x + j), v128.load(y + j)));
    }
    x += bytes;
    out += bytes;
  }
}

/** out = x * y, n floats each, n a multiple of 4; out may be x or y. */
export function multiply(x: usize, y: usize, out: usize, n: i32): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 16) {
    v128.store(out + j, f32x4.mul(v128.load(x + j), v128.load(y + j)));
  }
}

/** sums [n] += the columns of x [rows, n] added up; n a multiple of 4. */
export function addColumnSums(x: usize, sums: usize, rows: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(sums + j, f32x4.add(v128.load(sums + j), v128.load(x + j)));
    }
    x += bytes;
  }
}
