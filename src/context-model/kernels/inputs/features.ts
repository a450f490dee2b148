// What each context says of each candidate: rows of features for the mixer, and the states they come from.
import { CONTEXTS } from '../contexts/contexts';
import { COMPLEMENT, itemsOf } from '../tables/count-list';
import { listAt, MAX_CANDIDATES, rowOf, SINGLE_COLUMNS } from './candidates';
import {
  absentJointState,
  absentState,
  descriptionOf,
  JOINT_OTHERS,
  JOINT_STATES,
  OTHERS,
  STATES,
} from './count-states';
import { absentRecentState, RECENT_COLUMNS, recentItemAt, recentListAt, recentState } from './recency';
import { State, STATE_BYTES } from './probability-maps';

/** Columns of a row of features: the document's contexts, the workspace's, both together, and what came lately. */
export const RECENT_BEGIN: i32 = CONTEXTS * 3;
export const COLUMNS: i32 = RECENT_BEGIN + RECENT_COLUMNS;
export const ROW_BYTES: usize = <usize>COLUMNS * 4;
const MAP_BYTES: usize = <usize>STATES * STATE_BYTES;
const JOINT_MAP_BYTES: usize = <usize>JOINT_STATES * STATE_BYTES;
const RECENT_MAPS_AT: usize = <usize>SINGLE_COLUMNS * MAP_BYTES + <usize>CONTEXTS * JOINT_MAP_BYTES;
export const MAPS_BYTES: usize = RECENT_MAPS_AT + <usize>RECENT_COLUMNS * MAP_BYTES;
/** The state of a column whose context is new. */
export const NO_STATE: i32 = 0xffff;

/** Symbols of a context that are looked at. */
const MAX_READ: u32 = 32;
/** Row for what is said of symbols that are no candidates: written, because a branch would cost more, and never read. */
const NO_ROW: i32 = MAX_CANDIDATES + 1;

/** [MAX_CANDIDATES + 1, COLUMNS] f32 logarithms of probabilities; 0 where a context says nothing. */
export const features: usize = memory.data((MAX_CANDIDATES + 2) * COLUMNS * 4, 16);
/** [COLUMNS] f32 the same of a symbol that no context knows. */
export const absentFeatures: usize = memory.data(COLUMNS * 4, 16);
/** [MAX_CANDIDATES + 1] f32 sums of the states' scores. */
export const scores: usize = memory.data((MAX_CANDIDATES + 2) * 4, 16);
/** The states of symbols that contexts know, column by column: u32 address │ u32 row. */
const states: usize = memory.data((MAX_CANDIDATES * COLUMNS + 1) * 8, 16);
/** [COLUMNS] u32 addresses in `states` where each column begins and ends. */
export const columnBegins: usize = memory.data(COLUMNS * 4, 16);
export const columnEnds: usize = memory.data(COLUMNS * 4, 16);
/** [COLUMNS] u16: the state of a symbol that a context does not know. */
export const absentStates: usize = memory.data(COLUMNS * 2, 16);
/** [MAX_CANDIDATES] u8 codes of a context's counts by row, of the document and of the workspace. */
const documentCodes: usize = memory.data(MAX_CANDIDATES + 2);
const workspaceCodes: usize = memory.data(MAX_CANDIDATES + 2);

/**
 * The map of a column.
 * @inline
 */
export function mapOf(maps: usize, column: i32): usize {
  if (column >= RECENT_BEGIN) return maps + RECENT_MAPS_AT + <usize>(column - RECENT_BEGIN) * MAP_BYTES;
  return column < SINGLE_COLUMNS
    ? maps + <usize>column * MAP_BYTES
    : maps + <usize>SINGLE_COLUMNS * MAP_BYTES + <usize>(column - SINGLE_COLUMNS) * JOINT_MAP_BYTES;
}

/** @inline */
export function stateAt(map: usize, index: i32): State {
  return changetype<State>(map + <usize>index * STATE_BYTES);
}

/** Fills `features`, `scores` and `states` for the candidates found last, `count` of them. */
export function fillFeatures(maps: usize, count: i32): void {
  // Row 0 first stands for a symbol that no context knows, and all begin like it.
  const othersRow = features + <usize>count * ROW_BYTES;
  let absentScore: f32 = 0;
  let othersScore: f32 = 0;
  for (let c = 0; c < COLUMNS; c++) {
    const index = absentIndexOf(c);
    store<u16>(absentStates + ((<usize>c) << 1), <u16>index);
    const at = (<usize>c) << 2;
    if (index == NO_STATE) {
      store<f32>(features + at, 0);
      store<f32>(othersRow + at, 0);
      continue;
    }
    const map = mapOf(maps, c);
    const others = stateAt(map, othersState(c, index));
    const absent = stateAt(map, index);
    absentScore += absent.score;
    othersScore += others.score;
    store<f32>(features + at, absent.logarithm);
    store<f32>(othersRow + at, others.logarithm);
  }
  for (let row = 0; row < count; row++) store<f32>(scores + ((<usize>row) << 2), absentScore);
  store<f32>(scores + ((<usize>count) << 2), othersScore);
  // Stores of 16 bytes: memory.copy is a call for each row.
  for (let i: usize = 0; i < ROW_BYTES; i += 16) {
    const x = v128.load(features + i);
    v128.store(absentFeatures + i, x);
    for (let at = features + ROW_BYTES + i; at < othersRow; at += ROW_BYTES) v128.store(at, x);
  }
  let end = states;
  for (let c = 0; c < CONTEXTS; c++) end = fillContext(maps, c, end, count);
  for (let c = RECENT_BEGIN; c < COLUMNS; c++) end = fillRecent(maps, c, end);
}

/**
 * The state of a symbol that no context of a column knows, or NO_STATE.
 * @inline
 */
function absentIndexOf(column: i32): i32 {
  if (column < SINGLE_COLUMNS) {
    const list = listAt(column);
    const distinct: u32 = list.symbols;
    return select(absentState(distinct, list.total), NO_STATE, distinct != 0);
  }
  if (column >= RECENT_BEGIN) {
    const state = absentRecentState(recentListAt(column - RECENT_BEGIN));
    return select(state, NO_STATE, state != 0);
  }
  const inDocument = listAt(column - SINGLE_COLUMNS).total;
  const inWorkspace = listAt(column - CONTEXTS).total;
  const index = absentJointState(inDocument, inWorkspace);
  return select(index, NO_STATE, index != 0);
}

/**
 * Sets what a context says of the symbols it knows, in its three columns.
 * @param begin where their states are listed
 * @returns where the list then ends
 */
function fillContext(maps: usize, context: i32, begin: usize, count: i32): usize {
  const inDocument = fillPresent(maps, context, true, begin);
  const middle = columnEnd(context);
  const inWorkspace = fillPresent(maps, context + CONTEXTS, false, middle);
  let next = columnEnd(context + CONTEXTS);
  let rows = inDocument | inWorkspace;
  const column = context + SINGLE_COLUMNS;
  store<u32>(columnBegins + ((<usize>column) << 2), <u32>next);
  if (rows != 0) {
    const absentIndex: i32 = load<u16>(absentStates + ((<usize>column) << 1));
    const map = mapOf(maps, column);
    const absentScore = stateAt(map, absentIndex).score;
    for (; rows != 0; rows &= rows - 1) {
      const row = <i32>ctz(rows);
      const document = select<i32>(
        load<u8>(documentCodes + row),
        absentIndex >> 5,
        (<i32>(inDocument >> row)) & 1,
      );
      const workspace = select<i32>(
        load<u8>(workspaceCodes + row),
        absentIndex & 31,
        (<i32>(inWorkspace >> row)) & 1,
      );
      setState(next, stateAt(map, (document << 5) | workspace), row, column, absentScore);
      next += 8;
    }
  }
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>next);
  return next;
}

/** @inline */
function columnEnd(column: i32): usize {
  return load<u32>(columnEnds + ((<usize>column) << 2));
}

/**
 * Sets what a column of one table says of the symbols it knows, and the codes of their counts.
 * @param begin where their states are listed; `columnEnds` receives where the list then ends
 * @returns the rows of these symbols, a bit each
 * @inline
 */
function fillPresent(maps: usize, column: i32, isDocument: bool, begin: usize): u64 {
  store<u32>(columnBegins + ((<usize>column) << 2), <u32>begin);
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>begin);
  const list = listAt(column);
  const n = min(<u32>list.symbols, MAX_READ);
  if (n == 0) return 0;
  const all = list.total;
  let at = itemsOf(list);
  const end = at + ((<usize>n) << 2);
  const map = mapOf(maps, column);
  const absent: i32 = load<u16>(absentStates + ((<usize>column) << 1));
  const absentScore = stateAt(map, absent).score;
  let next = begin;
  let rows: u64 = 0;
  for (; at < end; at += 4) {
    const item = load<u32>(at);
    const row = rowOf(COMPLEMENT - (item & COMPLEMENT), NO_ROW);
    const described = descriptionOf(item >> 12, all, isDocument);
    rows |= (<u64>1) << row;
    store<u8>((isDocument ? documentCodes : workspaceCodes) + row, <u8>(described >> 8));
    setState(next, stateAt(map, <i32>(described & 0xff)), row, column, absentScore);
    next += (<usize>(row != NO_ROW)) << 3;
  }
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>next);
  return rows & (((<u64>1) << NO_ROW) - 1);
}

/**
 * Sets what a column of what came lately says.
 * @param begin where its states are listed
 * @returns where the list then ends
 */
function fillRecent(maps: usize, column: i32, begin: usize): usize {
  const list = recentListAt(column - RECENT_BEGIN);
  const found = list.found;
  let next = begin;
  if (found != 0) {
    const map = mapOf(maps, column);
    const absentScore = stateAt(map, load<u16>(absentStates + ((<usize>column) << 1))).score;
    for (let i: u32 = 0; i < found; i++) {
      const row = rowOf(recentItemAt(list, i).symbol, NO_ROW);
      setState(next, stateAt(map, recentState(list, i)), row, column, absentScore);
      next += (<usize>(row != NO_ROW)) << 3;
    }
  }
  store<u32>(columnBegins + ((<usize>column) << 2), <u32>begin);
  store<u32>(columnEnds + ((<usize>column) << 2), <u32>next);
  return next;
}

/**
 * @param at where the state is listed
 * @param absentScore what the row's score holds for this column so far
 * @inline
 */
function setState(at: usize, state: State, row: i32, column: i32, absentScore: f32): void {
  store<f32>(features + <usize>row * ROW_BYTES + ((<usize>column) << 2), state.logarithm);
  store<u32>(at, <u32>changetype<usize>(state));
  store<u32>(at, row, 4);
  const score = scores + ((<usize>row) << 2);
  store<f32>(score, load<f32>(score) + state.score - absentScore);
}

/**
 * The state of everything that is no candidate, by that of an absent symbol.
 * @inline
 */
export function othersState(column: i32, absent: i32): i32 {
  const isJoint = column >= SINGLE_COLUMNS && column < RECENT_BEGIN;
  return absent + (isJoint ? JOINT_OTHERS : OTHERS);
}
