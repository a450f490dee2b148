/** out = x + y of `n` columns of `rows` rows that are `stride` apart; y one row repeated; n a multiple of 4. */
export function add(x: usize, y: usize, out: usize, rows: i32, n: i32, stride: i32): void {
  const bytes = (<usize>n) << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(out + j, f32x4.add(v128.load(x + j), v128.load(y + j)));
    }
    x += (<usize>stride) << 2;
    out += (<usize>stride) << 2;
  }
}

/** out = x * y, n floats each, n a multiple of 4; out may be x or y. */
export function multiply(x: usize, y: usize, out: usize, n: i32): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 16) {
    v128.store(out + j, f32x4.mul(v128.load(x + j), v128.load(y + j)));
  }
}

/** x += y, n floats each, n a multiple of 8. */
export function accumulate(x: usize, y: usize, n: i32): void {
  for (let j: usize = 0; j < (<usize>n) << 2; j += 32) {
    const s0 = f32x4.add(v128.load(x + j), v128.load(y + j));
    const s1 = f32x4.add(v128.load(x + j, 16), v128.load(y + j, 16));
    v128.store(x + j, s0);
    v128.store(x + j, s1, 16);
  }
}

/** sums [n] += the columns of x [rows, n] added up; n a multiple of 8. */
export function addColumnSums(x: usize, sums: usize, rows: i32, n: i32): void {
  for (let row = 0; row < rows; row++) {
    accumulate(sums, x, n);
    x += (<usize>n) << 2;
  }
}

/** Copies n floats. */
export function copy(from: usize, to: usize, n: i32): void {
  memory.copy(to, from, (<usize>n) << 2);
}

/** Fills n floats with zeros. */
export function clear(x: usize, n: i32): void {
  memory.fill(x, 0, (<usize>n) << 2);
}
