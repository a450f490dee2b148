// The symbols that may come next, and what each context of the document and of the workspace says of each.
import { SYMBOLS } from './alphabet';
import { CONTEXTS, keys, ORDERS } from './contexts';
import {
  absentJointState,
  absentState,
  descriptionOf,
  JOINT_STATES,
  MAP_BYTES,
  OTHERS,
  STATE_BYTES,
} from './probability-maps';
import { find, isList, isSkipped, listOf, touch } from './count-table';

/** Columns of a row of features: the document's contexts, the workspace's, and both together. */
export const COLUMNS: i32 = CONTEXTS * 3;
/** Columns of one table each; behind them those of both. */
const SINGLE_COLUMNS: i32 = CONTEXTS * 2;
export const MAPS_BYTES: usize =
  <usize>SINGLE_COLUMNS * MAP_BYTES + <usize>CONTEXTS * JOINT_STATES * STATE_BYTES;
export const ROW_BYTES: usize = <usize>COLUMNS * 4;
/** Most symbols that are told apart; the row behind the last one is for all others. */
export const CANDIDATES: i32 = 20;
export const NO_STATE: i32 = 0xffff;
const JOINT_OTHERS: i32 = 512;

/** Symbols that a context proposes, the rarest left out: of long contexts, and of those of one or two symbols. */
const PROPOSALS: u32 = 6;
const SHORT_PROPOSALS: u32 = 20;
/** Row for what is said of symbols that are no candidates: written, for a branch would cost more, and never read. */
const NO_ROW: i32 = CANDIDATES + 1;
/** Symbols of a context that are looked at. */
const READ: u32 = 32;

/** [COLUMNS] u32 entries of the tables, 0 where a context is new. */
export const entries: usize = memory.data(COLUMNS * 4, 16);
/** [SINGLE_COLUMNS] u32 addresses of what contexts counted, each as the table has lists: u32 total │ u16 symbols │ … items. */
const lists: usize = memory.data(SINGLE_COLUMNS * 4, 16);
/** [SINGLE_COLUMNS] lists of contexts that know one symbol, and the list of one that knows none. */
const singles: usize = memory.data(SINGLE_COLUMNS * 16, 16);
const nothing: usize = memory.data(16, 16);
/** [CANDIDATES + 1, COLUMNS] f32, logarithms of probabilities; 0 where a context says nothing. */
export const features: usize = memory.data((CANDIDATES + 2) * COLUMNS * 4, 16);
/** [CANDIDATES + 1] f32, the sums of the states' scores. */
export const scores: usize = memory.data((CANDIDATES + 2) * 4, 16);
/** [CANDIDATES] u32 symbols by row. */
export const symbols: usize = memory.data((CANDIDATES + 1) * 4, 16);
/** The states of symbols that contexts know, column by column: u32 address │ u32 row. */
export const states: usize = memory.data((CANDIDATES * COLUMNS + 1) * 8, 16);
/** Where the list of states ends. */
let statesEnd: usize = 0;
/** [COLUMNS] u32, where each column's states begin and end. */
export const columnBegins: usize = memory.data(COLUMNS * 4, 16);
export const columnEnds: usize = memory.data(COLUMNS * 4, 16);
/** [COLUMNS] u16: the state of a symbol that a context does not know. */
export const absentStates: usize = memory.data(COLUMNS * 2, 16);
/** [SYMBOLS] u32: 24 bits number of the prediction, 8 bits row. */
const marks: usize = memory.data(SYMBOLS * 4, 16);
/** [CANDIDATES] u8 codes of a context's counts by row, of the document and of the workspace. */
const documentCodes: usize = memory.data(CANDIDATES + 2);
const workspaceCodes: usize = memory.data(CANDIDATES + 2);
/** Contexts in the order in which they propose symbols: the most telling first. */
const priority: usize = memory.data<u8>([8, 7, 12, 13, 6, 11, 5, 15, 10, 4, 3, 9, 2, 14, 1, 0]);

/** Candidates of the last prediction. */
export let count: i32 = 0;
let epoch: u32 = 0;
let maps: usize = 0;

/**
 * The row of a symbol; `count` where it is no candidate.
 * @inline
 */
export function rowOf(symbol: u32): i32 {
  const mark = load<u32>(marks + ((<usize>symbol) << 2));
  return mark >> 8 == epoch ? <i32>(mark & 0xff) : count;
}

/** Gathers candidates and features of the place that `keys` are of. */
export function gather(mapsOf: usize, workspace: usize, document: usize): void {
  maps = mapsOf;
  findEntries(workspace, document);
  propose();
  fillRows();
}

export let touched: u32 = 0;

function findEntries(workspace: usize, document: usize): void {
  let sum: u32 = 0;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = load<u64>(keys + ((<usize>i) << 3));
    if (!isSkipped(workspace, i)) sum += touch(workspace, key);
    sum += touch(document, key);
  }
  touched = sum;
  findIn(document, 0);
  findIn(workspace, CONTEXTS);
}

function findIn(table: usize, firstColumn: i32): void {
  let isShorterKnown = true;
  for (let i = 0; i < CONTEXTS; i++) {
    const at = entries + ((<usize>(firstColumn + i)) << 2);
    store<u32>(at, 0);
    const list = lists + ((<usize>(firstColumn + i)) << 2);
    store<u32>(list, <u32>nothing);
    const key = load<u64>(keys + ((<usize>i) << 3));
    if (key == 0 || isSkipped(table, i)) continue;
    // Whatever follows the last n symbols also follows the last n - 1.
    if (i < ORDERS && !isShorterKnown) continue;
    const entry = find(table, key);
    isShorterKnown = entry != 0;
    store<u32>(at, <u32>entry);
    if (entry) store<u32>(list, <u32>listOfEntry(entry, singles + ((<usize>(firstColumn + i)) << 4)));
  }
}

/**
 * What an entry counted as a list; one symbol's is written to `single`.
 * @inline
 */
function listOfEntry(entry: usize, single: usize): usize {
  const value = load<u32>(entry, 4);
  const n = value >> 22;
  store<u32>(single, n);
  store<u32>(single, 1, 4);
  store<u32>(single, (n << 12) | (value & 0xfff), 8);
  return select(listOf(value), single, isList(value));
}

function propose(): void {
  count = 0;
  epoch = (epoch + 1) & 0xffffff;
  if (epoch == 0) {
    memory.fill(marks, 0, SYMBOLS * 4);
    epoch = 1;
  }
  let proposed: u32 = 0;
  for (let i = 0; i < CONTEXTS && proposed < <u32>CANDIDATES; i++) {
    const context: i32 = load<u8>(priority + i);
    const most = context < 2 ? SHORT_PROPOSALS : PROPOSALS;
    proposed = proposeOf(context, most, proposed);
    proposed = proposeOf(context + CONTEXTS, most, proposed);
  }
  count = <i32>proposed;
}

/**
 * Makes the most frequent symbols of a column candidates. @returns candidates there are
 * @inline
 */
function proposeOf(column: i32, most: u32, proposed: u32): u32 {
  const list: usize = load<u32>(lists + ((<usize>column) << 2));
  let at = list + 8;
  const end = at + ((<usize>min(<u32>load<u16>(list, 4), most)) << 2);
  const now = epoch;
  for (; at < end && proposed < <u32>CANDIDATES; at += 4) {
    // Written in any case, and counted if it is new: whether it is cannot be foretold.
    const symbol = 0xfff - (load<u32>(at) & 0xfff);
    const mark = marks + ((<usize>symbol) << 2);
    const before = load<u32>(mark);
    const isNew = before >> 8 != now;
    store<u32>(symbols + ((<usize>proposed) << 2), symbol);
    store<u32>(mark, select((now << 8) | proposed, before, isNew));
    proposed += <u32>isNew;
  }
  return proposed;
}

/** @inline */
export function stateAt(column: i32, index: i32): usize {
  const map =
    column < SINGLE_COLUMNS ? <usize>column * MAP_BYTES : <usize>(column * 2 - SINGLE_COLUMNS) * MAP_BYTES;
  return maps + map + <usize>index * STATE_BYTES;
}

function fillRows(): void {
  statesEnd = states;
  // Row 0 first stands for a symbol that no context knows, and all begin like it.
  let absentScore: f32 = 0;
  let othersScore: f32 = 0;
  for (let c = 0; c < COLUMNS; c++) {
    const index = absentIndexOf(c);
    store<u16>(absentStates + ((<usize>c) << 1), <u16>index);
    const at = (<usize>c) << 2;
    if (index == NO_STATE) {
      store<f32>(features + at, 0);
      store<f32>(features + <usize>count * ROW_BYTES + at, 0);
      continue;
    }
    const ofOthers = stateAt(c, othersState(c, index));
    const absent = stateAt(c, index);
    absentScore += load<f32>(absent, 12);
    othersScore += load<f32>(ofOthers, 12);
    store<f32>(features + at, load<f32>(absent, 4));
    store<f32>(features + <usize>count * ROW_BYTES + at, load<f32>(ofOthers, 4));
  }
  for (let row = 0; row < count; row++) store<f32>(scores + ((<usize>row) << 2), absentScore);
  store<f32>(scores + ((<usize>count) << 2), othersScore);
  // Stores of 16 bytes: memory.copy is a call for each row.
  const end = features + <usize>count * ROW_BYTES;
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    const x = v128.load(features + i);
    for (let at = features + ROW_BYTES + i; at < end; at += ROW_BYTES) v128.store(at, x);
  }
  for (let c = 0; c < CONTEXTS; c++) fillContext(c);
}

/**
 * The state of a symbol that no context of a column knows, or `NO_STATE`.
 * @inline
 */
function absentIndexOf(column: i32): i32 {
  if (column < SINGLE_COLUMNS) {
    const list: usize = load<u32>(lists + ((<usize>column) << 2));
    const distinct: u32 = load<u16>(list, 4);
    return select(absentState(distinct, load<u32>(list)), NO_STATE, distinct != 0);
  }
  const inDocument: usize = load<u32>(lists + ((<usize>(column - SINGLE_COLUMNS)) << 2));
  const inWorkspace: usize = load<u32>(lists + ((<usize>(column - CONTEXTS)) << 2));
  const index = absentJointState(load<u32>(inDocument), load<u32>(inWorkspace));
  return select(index, NO_STATE, index != 0);
}

/** Sets what a context says of the symbols it knows, in its three columns. */
function fillContext(context: i32): void {
  const inDocument = fillPresent(context, true);
  const inWorkspace = fillPresent(context + CONTEXTS, false);
  let rows = inDocument | inWorkspace;
  let next = statesEnd;
  const column = context + SINGLE_COLUMNS;
  store<u32>(columnBegins + ((<usize>column) << 2), <u32>next);
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>next);
  if (rows == 0) return;
  const absentIndex: i32 = load<u16>(absentStates + ((<usize>column) << 1));
  const map = stateAt(column, 0);
  const absentScore = load<f32>(map + <usize>absentIndex * STATE_BYTES, 12);
  for (; rows != 0; rows &= rows - 1) {
    const row = ctz(rows);
    const ofDocument = select<i32>(load<u8>(documentCodes + row), absentIndex >> 5, (inDocument >> row) & 1);
    const ofWorkspace = select<i32>(
      load<u8>(workspaceCodes + row),
      absentIndex & 31,
      (inWorkspace >> row) & 1,
    );
    setState(next, map, row, column, (ofDocument << 5) | ofWorkspace, absentScore);
    next += 8;
  }
  endColumn(column, next);
}

/**
 * Sets what a column of one table says of the symbols it knows, and the codes of their counts.
 * @returns the rows of these symbols, a bit each
 * @inline
 */
function fillPresent(column: i32, isDocument: bool): u32 {
  store<u32>(columnBegins + ((<usize>column) << 2), <u32>statesEnd);
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>statesEnd);
  const list: usize = load<u32>(lists + ((<usize>column) << 2));
  const n = min(<u32>load<u16>(list, 4), READ);
  if (n == 0) return 0;
  const all = load<u32>(list);
  let at = list + 8;
  const end = at + ((<usize>n) << 2);
  // What the loop needs of globals and memory is read once: its stores could change them for all the compiler knows.
  const now = epoch;
  const map = stateAt(column, 0);
  const absent: usize = load<u16>(absentStates + ((<usize>column) << 1));
  const absentScore = load<f32>(map + absent * STATE_BYTES, 12);
  let next = statesEnd;
  let rows: u32 = 0;
  for (; at < end; at += 4) {
    const item = load<u32>(at);
    const mark = load<u32>(marks + ((<usize>(0xfff - (item & 0xfff))) << 2));
    const isCandidate = mark >> 8 == now;
    const row = select<i32>(mark & 0xff, NO_ROW, isCandidate);
    const described = descriptionOf(item >> 12, all, isDocument);
    rows |= 1 << row;
    store<u8>((isDocument ? documentCodes : workspaceCodes) + row, <u8>(described >> 8));
    setState(next, map, row, column, <i32>(described & 0xff), absentScore);
    next += (<usize>isCandidate) << 3;
  }
  rows &= (1 << NO_ROW) - 1;
  endColumn(column, next);
  return rows;
}

/** @inline */
function endColumn(column: i32, end: usize): void {
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>end);
  statesEnd = end;
}

/**
 * @param at where the state is listed. @param absentScore what the row's score holds for this column as yet
 * @inline
 */
function setState(at: usize, map: usize, row: i32, column: i32, index: i32, absentScore: f32): void {
  const state = map + <usize>index * STATE_BYTES;
  store<f32>(features + <usize>row * ROW_BYTES + ((<usize>column) << 2), load<f32>(state, 4));
  store<u32>(at, <u32>state);
  store<u32>(at, <u32>row, 4);
  const score = scores + ((<usize>row) << 2);
  store<f32>(score, load<f32>(score) + load<f32>(state, 12) - absentScore);
}

/**
 * The state of everything else, by that of an absent symbol.
 * @inline
 */
export function othersState(column: i32, absent: i32): i32 {
  return absent + (column < SINGLE_COLUMNS ? OTHERS : JOINT_OTHERS);
}
