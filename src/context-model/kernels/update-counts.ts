import { CONTEXTS, keys, ORDERS, setContexts, setNextContexts } from './contexts';
import { countRevision } from './prediction-epoch';
import { add, isSkipped, remove, touch } from './count-table';

// Of contexts of the last symbols, the longest counts each time; a shorter one counts in how many of the next longer
// ones a symbol was seen (Kneser and Ney, Improved Backing-off for M-gram Language Modeling, 1995), which depends on
// the texts alone, not on their order: so it can be taken back.

/** Counts the symbols of places `from` to `to` of a text behind their contexts. */
export function learn(table: usize, text: usize, from: i32, to: i32): void {
  countRevision();
  for (let place = from; place < to; place++) {
    const p = text + ((<usize>place) << 1);
    if (place == from) setContexts(p, text);
    else setNextContexts(p, text);
    touchAll(table);
    learnHere(table, load<u16>(p));
  }
}

/** Counts a symbol at the place whose contexts have been set. */
export function learnHere(table: usize, symbol: u32): void {
  for (let i = ORDERS - 1; i >= 0; i--) {
    const key = keyOf(table, i);
    if (key && !add(table, key, symbol)) break;
  }
  for (let i = ORDERS; i < CONTEXTS; i++) {
    const key = keyOf(table, i);
    if (key) add(table, key, symbol);
  }
}

/** Takes back what `learn` did. */
export function unlearn(table: usize, text: usize, from: i32, to: i32): void {
  countRevision();
  for (let place = from; place < to; place++) {
    const p = text + ((<usize>place) << 1);
    if (place == from) setContexts(p, text);
    else setNextContexts(p, text);
    touchAll(table);
    const symbol: u32 = load<u16>(p);
    for (let i = ORDERS - 1; i >= 0; i--) {
      const key = keyOf(table, i);
      if (key && !remove(table, key, symbol)) break;
    }
    for (let i = ORDERS; i < CONTEXTS; i++) {
      const key = keyOf(table, i);
      if (key) remove(table, key, symbol);
    }
  }
}

export let touched: u32 = 0;

/** @inline */
function touchAll(table: usize): void {
  let sum: u32 = 0;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = keyOf(table, i);
    if (key) sum += touch(table, key);
  }
  touched = sum;
}

/**
 * 0 where the table leaves the context out.
 * @inline
 */
function keyOf(table: usize, context: i32): u64 {
  return isSkipped(table, context) ? 0 : load<u64>(keys + ((<usize>context) << 3));
}
