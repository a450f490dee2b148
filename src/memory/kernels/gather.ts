// The symbols that may come next, and what each context of the document and of the workspace says of each.
import { SYMBOLS } from './alphabet';
import { CONTEXTS, keys, ORDERS } from './contexts';
import {
  absentState,
  descriptionOf,
  documentCode,
  JOINT_STATES,
  MAP_BYTES,
  OTHERS,
  STATE_BYTES,
  workspaceCode,
} from './maps';
import { find, isList, isSkipped, listOf, touch } from './table';

/** Columns of a row of features: the document's contexts, the workspace's, and both together. */
export const COLUMNS: i32 = CONTEXTS * 3;
/** Columns of one table each; behind them those of both. */
const SINGLE_COLUMNS: i32 = CONTEXTS * 2;
export const MAPS_BYTES: usize = <usize>SINGLE_COLUMNS * MAP_BYTES + <usize>CONTEXTS * JOINT_STATES * STATE_BYTES;
export const ROW_BYTES: usize = <usize>COLUMNS * 4;
/** Most symbols that are told apart; the row behind the last one is for all others. */
export const CANDIDATES: i32 = 20;
export const NO_STATE: i32 = 0xffff;
const JOINT_OTHERS: i32 = 512;

/** Symbols that a context proposes, the rarest left out: of long contexts, and of those of one or two symbols. */
const PROPOSALS: u32 = 6;
const SHORT_PROPOSALS: u32 = 20;
/** Symbols of a context that are looked at. */
const READ: u32 = 32;

/** [COLUMNS] u32 entries of the tables, 0 where a context is new. */
// @ts-ignore: decorator
@lazy
export const entries: usize = memory.data(COLUMNS * 4, 16);
/** [CANDIDATES + 1, COLUMNS] f32, logarithms of probabilities; 0 where a context says nothing. */
// @ts-ignore: decorator
@lazy
export const features: usize = memory.data((CANDIDATES + 1) * COLUMNS * 4, 16);
/** [CANDIDATES + 1] f32, the sums of the states' scores. */
// @ts-ignore: decorator
@lazy
export const scores: usize = memory.data((CANDIDATES + 1) * 4, 16);
/** [CANDIDATES] u32 symbols by row. */
// @ts-ignore: decorator
@lazy
export const symbols: usize = memory.data((CANDIDATES + 1) * 4, 16);
/** The states of symbols that contexts know, column by column: u32 address │ u32 row. */
// @ts-ignore: decorator
@lazy
export const states: usize = memory.data(CANDIDATES * COLUMNS * 8, 16);
/** Where the list of states ends. */
let statesEnd: usize = 0;
/** [COLUMNS] u32, where each column's states begin and end. */
// @ts-ignore: decorator
@lazy
export const columnBegins: usize = memory.data(COLUMNS * 4, 16);
// @ts-ignore: decorator
@lazy
export const columnEnds: usize = memory.data(COLUMNS * 4, 16);
/** [COLUMNS] u16: the state of a symbol that a context does not know. */
// @ts-ignore: decorator
@lazy
export const absentStates: usize = memory.data(COLUMNS * 2, 16);
/** [SYMBOLS] u32: 24 bits number of the prediction, 8 bits row. */
// @ts-ignore: decorator
@lazy
const marks: usize = memory.data(SYMBOLS * 4, 16);
/** [CANDIDATES] u8 codes of a context's counts by row, of the document and of the workspace. */
// @ts-ignore: decorator
@lazy
const documentCodes: usize = memory.data(CANDIDATES);
// @ts-ignore: decorator
@lazy
const workspaceCodes: usize = memory.data(CANDIDATES);
/** u32, an entry of one symbol as the only one of a list. */
// @ts-ignore: decorator
@lazy
const single: usize = memory.data(4, 4);
/** Contexts in the order in which they propose symbols: the most telling first. */
// @ts-ignore: decorator
@lazy
const priority: usize = memory.data<u8>([8, 7, 12, 13, 6, 11, 5, 15, 10, 4, 3, 9, 2, 14, 1, 0]);

/** Candidates of the last prediction. */
export let count: i32 = 0;
let epoch: u32 = 0;
let maps: usize = 0;

/** The row of a symbol; `count` where it is no candidate. */
// @ts-ignore: decorator
@inline
export function rowOf(symbol: u32): i32 {
  const mark = load<u32>(marks + (<usize>symbol << 2));
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
    const key = load<u64>(keys + (<usize>i << 3));
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
    const at = entries + (<usize>(firstColumn + i) << 2);
    store<u32>(at, 0);
    const key = load<u64>(keys + (<usize>i << 3));
    if (key == 0 || isSkipped(table, i)) continue;
    // Whatever follows the last n symbols also follows the last n - 1.
    if (i < ORDERS && !isShorterKnown) continue;
    const entry = find(table, key);
    isShorterKnown = entry != 0;
    store<u32>(at, <u32>entry);
  }
}

function propose(): void {
  count = 0;
  epoch = (epoch + 1) & 0xffffff;
  if (epoch == 0) {
    memory.fill(marks, 0, SYMBOLS * 4);
    epoch = 1;
  }
  for (let i = 0; i < CONTEXTS && count < CANDIDATES; i++) {
    const context: i32 = load<u8>(priority + i);
    const most = context < 2 ? SHORT_PROPOSALS : PROPOSALS;
    const inDocument: usize = load<u32>(entries + (<usize>context << 2));
    if (inDocument) proposeOf(inDocument, most);
    const inWorkspace: usize = load<u32>(entries + (<usize>(context + CONTEXTS) << 2));
    if (inWorkspace) proposeOf(inWorkspace, most);
  }
}

function proposeOf(entry: usize, most: u32): void {
  const value = load<u32>(entry, 4);
  if (isList(value)) {
    const list = listOf(value);
    const n = min(<u32>load<u16>(list, 4), most);
    for (let i: u32 = 0; i < n; i++) proposeSymbol(0xfff - (load<u32>(list + 8 + (<usize>i << 2)) & 0xfff));
  } else proposeSymbol(0xfff - (value & 0xfff));
}

// @ts-ignore: decorator
@inline
function proposeSymbol(symbol: u32): void {
  if (count == CANDIDATES || load<u32>(marks + (<usize>symbol << 2)) >> 8 == epoch) return;
  store<u32>(marks + (<usize>symbol << 2), (epoch << 8) | <u32>count);
  store<u32>(symbols + (<usize>count << 2), symbol);
  count++;
}

// @ts-ignore: decorator
@inline
export function stateAt(column: i32, index: i32): usize {
  const map =
    column < SINGLE_COLUMNS
      ? <usize>column * MAP_BYTES
      : <usize>(column * 2 - SINGLE_COLUMNS) * MAP_BYTES;
  return maps + map + <usize>index * STATE_BYTES;
}

function fillRows(): void {
  statesEnd = states;
  // Row 0 first stands for a symbol that no context knows, and all begin like it.
  let absentScore: f32 = 0;
  let othersScore: f32 = 0;
  for (let c = 0; c < COLUMNS; c++) {
    const index = absentIndexOf(c);
    store<u16>(absentStates + (<usize>c << 1), <u16>index);
    const at = <usize>c << 2;
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
  for (let row = 0; row < count; row++) store<f32>(scores + (<usize>row << 2), absentScore);
  store<f32>(scores + (<usize>count << 2), othersScore);
  // Stores of 16 bytes: memory.copy is a call for each row.
  const end = features + <usize>count * ROW_BYTES;
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    const x = v128.load(features + i);
    for (let at = features + ROW_BYTES + i; at < end; at += ROW_BYTES) v128.store(at, x);
  }
  for (let c = 0; c < CONTEXTS; c++) fillContext(c);
}

/** The state of a symbol that no context of a column knows, or `NO_STATE`. */
// @ts-ignore: decorator
@inline
function absentIndexOf(column: i32): i32 {
  if (column < SINGLE_COLUMNS) {
    const entry: usize = load<u32>(entries + (<usize>column << 2));
    if (entry == 0) return NO_STATE;
    const value = load<u32>(entry, 4);
    return isList(value)
      ? absentState(load<u16>(listOf(value), 4), load<u32>(listOf(value)))
      : absentState(1, value >> 22);
  }
  const inDocument: usize = load<u32>(entries + (<usize>(column - SINGLE_COLUMNS) << 2));
  const inWorkspace: usize = load<u32>(entries + (<usize>(column - CONTEXTS) << 2));
  if ((inDocument | inWorkspace) == 0) return NO_STATE;
  return (
    (documentCode(0, inDocument ? totalOf(load<u32>(inDocument, 4)) : 0) << 5) |
    workspaceCode(0, inWorkspace ? totalOf(load<u32>(inWorkspace, 4)) : 0)
  );
}

// @ts-ignore: decorator
@inline
function totalOf(value: u32): u32 {
  return isList(value) ? load<u32>(listOf(value)) : value >> 22;
}

/** Sets what a context says of the symbols it knows, in its three columns. */
function fillContext(context: i32): void {
  const inDocument = fillPresent(context, true);
  const inWorkspace = fillPresent(context + CONTEXTS, false);
  let rows = inDocument | inWorkspace;
  let next = statesEnd;
  const column = context + SINGLE_COLUMNS;
  store<u32>(columnBegins + (<usize>column << 2), <u32>next);
  store<u32>(columnEnds + (<usize>column << 2), <u32>next);
  if (rows == 0) return;
  const absentIndex: i32 = load<u16>(absentStates + (<usize>column << 1));
  const map = stateAt(column, 0);
  const absentScore = load<f32>(map + <usize>absentIndex * STATE_BYTES, 12);
  for (; rows != 0; rows &= rows - 1) {
    const row = ctz(rows);
    const ofDocument = (inDocument >> row) & 1 ? <i32>load<u8>(documentCodes + row) : absentIndex >> 5;
    const ofWorkspace = (inWorkspace >> row) & 1 ? <i32>load<u8>(workspaceCodes + row) : absentIndex & 31;
    setState(next, map, row, column, (ofDocument << 5) | ofWorkspace, absentScore);
    next += 8;
  }
  endColumn(column, next);
}

/**
 * Sets what a column of one table says of the symbols it knows, and the codes of their counts.
 * @returns the rows of these symbols, a bit each
 */
// @ts-ignore: decorator
@inline
function fillPresent(column: i32, isDocument: bool): u32 {
  store<u32>(columnBegins + (<usize>column << 2), <u32>statesEnd);
  store<u32>(columnEnds + (<usize>column << 2), <u32>statesEnd);
  const entry: usize = load<u32>(entries + (<usize>column << 2));
  if (entry == 0) return 0;
  const value = load<u32>(entry, 4);
  let at: usize;
  let end: usize;
  let all: u32;
  if (isList(value)) {
    const list = listOf(value);
    all = load<u32>(list);
    at = list + 8;
    end = at + (<usize>min(<u32>load<u16>(list, 4), READ) << 2);
  } else {
    // One symbol, as a list has it.
    all = value >> 22;
    store<u32>(single, (all << 12) | (value & 0xfff));
    at = single;
    end = single + 4;
  }
  // What the loop needs of globals and memory is read once: its stores could change them for all the compiler knows.
  const now = epoch;
  const map = stateAt(column, 0);
  const absent: usize = load<u16>(absentStates + (<usize>column << 1));
  const absentScore = load<f32>(map + absent * STATE_BYTES, 12);
  let next = statesEnd;
  let rows: u32 = 0;
  for (; at < end; at += 4) {
    const item = load<u32>(at);
    const mark = load<u32>(marks + (<usize>(0xfff - (item & 0xfff)) << 2));
    const row = <i32>(mark & 0xff);
    if (mark >> 8 != now) continue;
    const described = descriptionOf(item >> 12, all, isDocument);
    rows |= 1 << row;
    store<u8>((isDocument ? documentCodes : workspaceCodes) + row, <u8>(described >> 8));
    setState(next, map, row, column, <i32>(described & 0xff), absentScore);
    next += 8;
  }
  endColumn(column, next);
  return rows;
}

// @ts-ignore: decorator
@inline
function endColumn(column: i32, end: usize): void {
  store<u32>(columnEnds + (<usize>column << 2), <u32>end);
  statesEnd = end;
}

/** @param at where the state is listed. @param absentScore what the row's score holds for this column as yet */
// @ts-ignore: decorator
@inline
function setState(at: usize, map: usize, row: i32, column: i32, index: i32, absentScore: f32): void {
  const state = map + <usize>index * STATE_BYTES;
  store<f32>(features + <usize>row * ROW_BYTES + (<usize>column << 2), load<f32>(state, 4));
  store<u32>(at, <u32>state);
  store<u32>(at, <u32>row, 4);
  const score = scores + (<usize>row << 2);
  store<f32>(score, load<f32>(score) + load<f32>(state, 12) - absentScore);
}

/** The state of everything else, by that of an absent symbol. */
// @ts-ignore: decorator
@inline
export function othersState(column: i32, absent: i32): i32 {
  return absent + (column < SINGLE_COLUMNS ? OTHERS : JOINT_OTHERS);
}
