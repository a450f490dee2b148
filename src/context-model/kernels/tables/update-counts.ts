// Counting texts. Of the contexts of the last symbols, the longest counts each time; a shorter one counts in how many
// of the next longer ones a symbol was seen (Kneser and Ney, Improved Backing-off for M-gram Language Modeling, 1995).
// That depends on the texts alone, not on their order, so it can be taken back.
import { CONTEXTS, keys, ORDERS, setContexts, setNextContexts } from '../contexts/contexts';
import { advanceEpoch } from '../output/prediction-epoch';
import { add, isSkipped, keepLoaded, remove, touch } from './count-table';

/**
 * Counts the symbols at positions `from` to `to` of a text behind their contexts.
 * @param before what stands before the text: FILE_START or CURSOR
 */
export function learn(table: usize, text: usize, from: i32, to: i32, before: u32): void {
  advanceEpoch();
  for (let position = from; position < to; position++) {
    const p = text + ((<usize>position) << 1);
    if (position == from) setContexts(p, text, before);
    else setNextContexts(p, text, before);
    touchAll(table);
    learnHere(table, load<u16>(p));
  }
}

/** Counts a symbol at the position whose contexts have been set. */
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
export function unlearn(table: usize, text: usize, from: i32, to: i32, before: u32): void {
  advanceEpoch();
  for (let position = from; position < to; position++) {
    const p = text + ((<usize>position) << 1);
    if (position == from) setContexts(p, text, before);
    else setNextContexts(p, text, before);
    touchAll(table);
    unlearnHere(table, load<u16>(p));
  }
}

function unlearnHere(table: usize, symbol: u32): void {
  for (let i = ORDERS - 1; i >= 0; i--) {
    const key = keyOf(table, i);
    if (key && !remove(table, key, symbol)) break;
  }
  for (let i = ORDERS; i < CONTEXTS; i++) {
    const key = keyOf(table, i);
    if (key) remove(table, key, symbol);
  }
}

/** @inline */
function touchAll(table: usize): void {
  let sum: u32 = 0;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = keyOf(table, i);
    if (key) sum += touch(table, key);
  }
  keepLoaded(sum);
}

/**
 * The key of a context; 0 where the table leaves it out.
 * @inline
 */
function keyOf(table: usize, context: i32): u64 {
  return isSkipped(table, context) ? 0 : load<u64>(keys + ((<usize>context) << 3));
}
