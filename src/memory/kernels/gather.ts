// The symbols that may come next, and what each context of the document and of the workspace says of each.
import { SYMBOLS } from './alphabet';
import { CONTEXTS, keys, setContexts } from './contexts';
import {
  absentState,
  documentCode,
  JOINT_STATES,
  MAP_BYTES,
  OTHERS,
  presentState,
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
/** [CANDIDATES * COLUMNS] u32, the states of symbols that contexts know: column << 16 | row << 10 | state. */
// @ts-ignore: decorator
@lazy
export const states: usize = memory.data(CANDIDATES * COLUMNS * 4, 16);
/** States there are. */
export let stateCount: i32 = 0;
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

/** Gathers candidates and features of the place `p` of a text. */
export function gather(mapsOf: usize, workspace: usize, document: usize, p: usize, text: usize): void {
  maps = mapsOf;
  setContexts(p, text);
  findEntries(workspace, document);
  propose();
  fillRows();
}

export let touched: u32 = 0;

function findEntries(workspace: usize, document: usize): void {
  let sum: u32 = 0;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = load<u64>(keys + (<usize>i << 3));
    sum += touch(workspace, key) + touch(document, key);
  }
  touched = sum;
  for (let i = 0; i < CONTEXTS; i++) {
    const key = load<u64>(keys + (<usize>i << 3));
    store<u32>(entries + (<usize>i << 2), key ? <u32>find(document, key) : 0);
    const isKnown = key != 0 && !isSkipped(workspace, i);
    store<u32>(entries + (<usize>(i + CONTEXTS) << 2), isKnown ? <u32>find(workspace, key) : 0);
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
  const others = features + <usize>count * ROW_BYTES;
  stateCount = 0;
  // Row 0 first stands for a symbol that no context knows, and all others begin like it.
  let absentScore: f32 = 0;
  let othersScore: f32 = 0;
  for (let c = 0; c < SINGLE_COLUMNS; c++) {
    const entry: usize = load<u32>(entries + (<usize>c << 2));
    const at = <usize>c << 2;
    if (entry == 0) {
      store<f32>(features + at, 0);
      store<f32>(others + at, 0);
      store<u16>(absentStates + (<usize>c << 1), NO_STATE);
      continue;
    }
    const value = load<u32>(entry, 4);
    const index = isList(value)
      ? absentState(load<u16>(listOf(value), 4), load<u32>(listOf(value)))
      : absentState(1, value >> 22);
    store<u16>(absentStates + (<usize>c << 1), <u16>index);
    const ofOthers = stateAt(c, index + OTHERS);
    othersScore += load<f32>(ofOthers, 12);
    store<f32>(others + at, load<f32>(ofOthers, 4));
    if (count == 0) continue;
    const absent = stateAt(c, index);
    absentScore += load<f32>(absent, 12);
    store<f32>(features + at, load<f32>(absent, 4));
  }
  for (let c = SINGLE_COLUMNS; c < COLUMNS; c++) {
    const at = <usize>c << 2;
    const index = absentCodes(c - SINGLE_COLUMNS);
    store<u16>(absentStates + (<usize>c << 1), <u16>(index == 0 ? NO_STATE : index));
    const ofOthers = stateAt(c, index + JOINT_OTHERS);
    const absent = stateAt(c, index);
    const isNew = index == 0;
    store<f32>(others + at, isNew ? 0 : load<f32>(ofOthers, 4));
    if (!isNew) othersScore += load<f32>(ofOthers, 12);
    if (count == 0) continue;
    store<f32>(features + at, isNew ? 0 : load<f32>(absent, 4));
    if (!isNew) absentScore += load<f32>(absent, 12);
  }
  store<f32>(scores + (<usize>count << 2), othersScore);
  for (let row = 0; row < count; row++) {
    if (row) memory.copy(features + <usize>row * ROW_BYTES, features, ROW_BYTES);
    store<f32>(scores + (<usize>row << 2), absentScore);
  }
  for (let c = 0; c < SINGLE_COLUMNS; c++) {
    const entry: usize = load<u32>(entries + (<usize>c << 2));
    if (entry) fillPresent(c, load<u32>(entry, 4));
  }
  for (let c = SINGLE_COLUMNS; c < COLUMNS; c++) fillJoint(c);
}

/** The joint state of a symbol that neither knows. */
function absentCodes(context: i32): i32 {
  const inDocument: usize = load<u32>(entries + (<usize>context << 2));
  const inWorkspace: usize = load<u32>(entries + (<usize>(context + CONTEXTS) << 2));
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

function fillJoint(column: i32): void {
  const absentIndex: i32 = load<u16>(absentStates + (<usize>column << 1));
  if (absentIndex == NO_STATE) return;
  const context = column - SINGLE_COLUMNS;
  memory.fill(documentCodes, <u8>(absentIndex >> 5), count);
  memory.fill(workspaceCodes, <u8>(absentIndex & 31), count);
  const inDocument: usize = load<u32>(entries + (<usize>context << 2));
  if (inDocument) setCodes(load<u32>(inDocument, 4), true);
  const inWorkspace: usize = load<u32>(entries + (<usize>(context + CONTEXTS) << 2));
  if (inWorkspace) setCodes(load<u32>(inWorkspace, 4), false);
  const absent = stateAt(column, absentIndex);
  for (let row = 0; row < count; row++) {
    const index = (<i32>load<u8>(documentCodes + row) << 5) | <i32>load<u8>(workspaceCodes + row);
    if (index != absentIndex) setState(row, column, index, absent);
  }
}

function setCodes(value: u32, isDocument: bool): void {
  if (isList(value)) {
    const list = listOf(value);
    const all = load<u32>(list);
    const n = min(<u32>load<u16>(list, 4), READ);
    for (let i: u32 = 0; i < n; i++) {
      const item = load<u32>(list + 8 + (<usize>i << 2));
      setCode(0xfff - (item & 0xfff), item >> 12, all, isDocument);
    }
  } else setCode(0xfff - (value & 0xfff), value >> 22, value >> 22, isDocument);
}

// @ts-ignore: decorator
@inline
function setCode(symbol: u32, n: u32, all: u32, isDocument: bool): void {
  const row = rowOf(symbol);
  if (row == count) return;
  if (isDocument) store<u8>(documentCodes + row, <u8>documentCode(n, all));
  else store<u8>(workspaceCodes + row, <u8>workspaceCode(n, all));
}

function fillPresent(column: i32, value: u32): void {
  const absent = stateAt(column, load<u16>(absentStates + (<usize>column << 1)));
  if (isList(value)) {
    const list = listOf(value);
    const all = load<u32>(list);
    const n = min(<u32>load<u16>(list, 4), READ);
    for (let i: u32 = 0; i < n; i++) {
      const item = load<u32>(list + 8 + (<usize>i << 2));
      setPresent(column, 0xfff - (item & 0xfff), presentState(item >> 12, all), absent);
    }
  } else setPresent(column, 0xfff - (value & 0xfff), presentState(value >> 22, value >> 22), absent);
}

// @ts-ignore: decorator
@inline
function setPresent(column: i32, symbol: u32, index: i32, absent: usize): void {
  const row = rowOf(symbol);
  if (row < count) setState(row, column, index, absent);
}

// @ts-ignore: decorator
@inline
function setState(row: i32, column: i32, index: i32, absent: usize): void {
  const state = stateAt(column, index);
  store<f32>(features + <usize>row * ROW_BYTES + (<usize>column << 2), load<f32>(state, 4));
  store<u32>(states + ((<usize>stateCount) << 2), <u32>((column << 16) | (row << 10) | index));
  stateCount++;
  const score = scores + (<usize>row << 2);
  store<f32>(score, load<f32>(score) + load<f32>(state, 12) - load<f32>(absent, 12));
}

/** The state of everything else, by that of an absent symbol. */
// @ts-ignore: decorator
@inline
export function othersState(column: i32, absent: i32): i32 {
  return absent + (column < SINGLE_COLUMNS ? OTHERS : JOINT_OTHERS);
}
