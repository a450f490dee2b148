import { accumulate } from './elementwise';

/** out [count, n] = the rows of table [*, n] that ids [count] i32 name. */
export function gatherRows(table: usize, ids: usize, out: usize, count: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < count; i++) {
    memory.copy(out, table + <usize>i32.load(ids) * bytes, bytes);
    ids += 4;
    out += bytes;
  }
}

/** Adds each row of x [count, n] to the row of table [*, n] that ids names; n a multiple of 8. */
export function scatterAddRows(x: usize, ids: usize, table: usize, count: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i = 0; i < count; i++) {
    accumulate(table + <usize>i32.load(ids) * bytes, x, n);
    ids += 4;
    x += bytes;
  }
}
