/** out [count, n] = the rows of table [*, n] that ids [count] i32 name. */
export function gatherRows(table: usize, ids: usize, out: usize, count: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < count; i++) {
    memory.copy(out, table + <usize>i32.load(ids) * bytes, bytes);
    ids += 4;
    out += bytes;
  }
}

/** Adds each row of x [count, n] to the row of table [*, n] that ids names; n a multiple of 4. */
export function scatterAddRows(x: usize, ids: usize, table: usize, count: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < count; i++) {
    const row = table + <usize>i32.load(ids) * bytes;
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(row + j, f32x4.add(v128.load(row + j), v128.load(x + j)));
    }
    ids += 4;
    x += bytes;
  }
}
