import { contextsOf, CONTEXTS, ORDERS, type TwinText } from './contexts.ts';
import { totalOf, type CountedSymbols, type TwinTable } from './counts.ts';
import { TwinMap, updateState, type TwinState } from './maps.ts';
import { TwinRescoring } from './rescoring.ts';
import { describeRecent, recentOf, type RecentSymbols } from './recency.ts';
import { TwinEstimation } from './secondary-estimation.ts';

const RECENT_COLUMNS = 4;
const COLUMNS = CONTEXTS * 3 + RECENT_COLUMNS;
const MAX_CANDIDATES = 60;
const MAX_READ = 32;
/** Contexts in the order in which they propose symbols. */
const PRIORITY = [8, 7, 12, 13, 6, 11, 5, 15, 16, 19, 17, 18, 10, 4, 3, 9, 2, 14, 1, 0];
const WEIGHT_RATE = 0.0004;

/** What one column says, if it says anything. */
interface Column {
  /** Candidates that it knows, in the order in which their states learn. */
  readonly known: readonly (readonly [row: number, state: TwinState])[];
  /** The state of all other candidates, and that of everything that is no candidate. */
  readonly unknown: TwinState;
  readonly others: TwinState;
}

export interface TwinPrediction {
  /** Candidates by row. */
  readonly candidates: readonly number[];
  /** [candidates + 1] probabilities, the last of everything else. */
  readonly probabilities: readonly number[];
}

interface Step extends TwinPrediction {
  readonly columns: readonly (Column | undefined)[];
  /** Before rows are scored again, and before the secondary estimation. */
  readonly mixed: readonly number[];
  readonly rescored: readonly number[];
  readonly vectors: readonly (readonly [weights: number[], set: string])[];
}

/** Predicts symbols from counts, and learns from what came. */
export class TwinMixer {
  private readonly maps = Array.from({ length: COLUMNS }, () => new TwinMap());
  private readonly weights = new Map<string, number[]>();
  private readonly variance = new Array<number>(COLUMNS).fill(1);
  private readonly estimation = new TwinEstimation();
  private readonly rescoring = new TwinRescoring();
  private readonly asciiOf: (symbol: number) => number;
  private last: Step | undefined;

  /** @param asciiOf the ASCII code of a symbol's character, 127 for all others */
  constructor(asciiOf: (symbol: number) => number) {
    this.asciiOf = asciiOf;
  }

  /** Predicts the symbol at the position `p` of a text. */
  predict(text: TwinText, p: number, workspace: TwinTable, document: TwinTable): TwinPrediction {
    const { keys, wordLength } = contextsOf(text, p);
    const inDocument = findAll(document, keys);
    const inWorkspace = findAll(workspace, keys);
    const candidates = propose(inDocument, inWorkspace);
    const columns = [
      ...this.columnsOf(candidates, inDocument, inWorkspace),
      ...this.recentColumnsOf(candidates, recentOf(text, p, wordLength)),
    ];
    const documentOrder = maxOrder(inDocument);
    const workspaceOrder = maxOrder(inWorkspace);
    const kind = (i: number): string => text.kinds[i] ?? 'lineEnd';
    const word = wordLength < 3 ? wordLength : wordLength < 5 ? 3 : 4;
    const sure = `${confidence(inDocument, documentOrder)} ${confidence(inWorkspace, workspaceOrder)}`;
    const vectors = [
      `orders ${documentOrder} ${workspaceOrder}`,
      `kinds ${kind(p - 1)} ${kind(p - 2)} ${word}`,
      `confidence ${sure}`,
      `character ${text.ascii[p - 1] ?? 0}`,
      'always',
    ].map((set) => [this.weightsOf(set), set] as const);
    const scores = [...candidates, undefined].map((_, row) =>
      columns.reduce((sum, column, c) => {
        if (!column) return sum;
        const { probability, score } = stateOf(column, row, candidates.length);
        const weight = vectors.reduce((total, [weights]) => total + weights[c], 0);
        return sum + weight * Math.log(probability) + score;
      }, 0),
    );
    const highest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - highest));
    const all = powers.reduce((sum, power) => sum + power, 0);
    const mixed = powers.map((power) => power / all);
    const rescored = this.rescoring.rescore({
      features: mixed.map((_, row) => columns.map((column) => featureOf(column, row, candidates.length))),
      probabilities: mixed,
      candidates: [...candidates.map((symbol) => `candidate ${this.asciiOf(symbol)}`), 'others'],
      position: [
        ...vectors.slice(0, 3).map(([, set]) => set),
        ...[1, 2, 3].map((back) => `${back} back ${text.ascii[p - back] ?? 0}`),
        'always',
      ],
    });
    const probabilities = this.estimation.correct(rescored, documentOrder, workspaceOrder, wordLength);
    this.last = { candidates, probabilities, columns, mixed, rescored, vectors };
    return this.last;
  }

  /** Learns that `symbol` came where `predict` was asked last. */
  learn(symbol: number): void {
    const { candidates, columns, mixed, rescored, vectors } = this.last!;
    const known = candidates.indexOf(symbol);
    const right = known < 0 ? candidates.length : known;
    this.estimation.learn(right === rescored.indexOf(Math.max(...rescored)));
    this.rescoring.learn(right);
    const gradients = columns.map((column, c) => {
      const x = mixed.map((_, row) => featureOf(column, row, candidates.length));
      const gradient = x[right] - x.reduce((sum, each, row) => sum + mixed[row] * each, 0);
      this.variance[c] += 0.0005 * (gradient ** 2 - this.variance[c]);
      return Math.max(-4, Math.min(4, gradient / Math.sqrt(this.variance[c] + 0.01)));
    });
    for (const [weights] of vectors) {
      gradients.forEach((gradient, c) => (weights[c] += WEIGHT_RATE * gradient));
    }
    for (const column of columns) if (column) learnColumn(column, right, mixed);
  }

  private weightsOf(set: string): number[] {
    const initial = set.startsWith('orders') ? 0.05 : 0;
    const weights = this.weights.get(set) ?? new Array<number>(COLUMNS).fill(initial);
    this.weights.set(set, weights);
    return weights;
  }

  private columnsOf(
    candidates: readonly number[],
    inDocument: readonly CountedSymbols[],
    inWorkspace: readonly CountedSymbols[],
  ): (Column | undefined)[] {
    const single = (counted: CountedSymbols, map: TwinMap): Column | undefined => {
      const all = totalOf(counted);
      if (all === 0) return undefined;
      const known = counted
        .slice(0, MAX_READ)
        .map(([symbol, n]) => [candidates.indexOf(symbol), map.present(n, all)] as const);
      return {
        known: known.filter(([row]) => row >= 0),
        unknown: map.absent(counted.length, all, false),
        others: map.absent(counted.length, all, true),
      };
    };
    const joint = (document: CountedSymbols, workspace: CountedSymbols, map: TwinMap): Column | undefined => {
      const [all, allInWorkspace] = [totalOf(document), totalOf(workspace)];
      if (all + allInWorkspace === 0) return undefined;
      const counts = candidates.map((symbol) => [countIn(document, symbol), countIn(workspace, symbol)]);
      const state = (n: number, inWorkspace: number, isOthers: boolean): TwinState =>
        map.joint([n, all], [inWorkspace, allInWorkspace], isOthers);
      const known = counts.map(([n, m], row) => (n + m > 0 ? [[row, state(n, m, false)] as const] : []));
      return { known: known.flat(), unknown: state(0, 0, false), others: state(0, 0, true) };
    };
    return [
      ...inDocument.map((counted, c) => single(counted, this.maps[c])),
      ...inWorkspace.map((counted, c) => single(counted, this.maps[CONTEXTS + c])),
      ...inDocument.map((counted, c) => joint(counted, inWorkspace[c], this.maps[CONTEXTS * 2 + c])),
    ];
  }

  private recentColumnsOf(
    candidates: readonly number[],
    lists: readonly RecentSymbols[],
  ): (Column | undefined)[] {
    return lists.map((list, c) => {
      const { positions, found } = list;
      if (found.length === 0) return undefined;
      const map = this.maps[CONTEXTS * 3 + c];
      const known = found.map(
        ({ symbol }, i) => [candidates.indexOf(symbol), map.recent(describeRecent(list, i))] as const,
      );
      return {
        known: known.filter(([row]) => row >= 0),
        unknown: map.absentRecent(found.length, positions, false),
        others: map.absentRecent(found.length, positions, true),
      };
    });
  }
}

/** What a column says of a row: the logarithm of its probability, 0 if it says nothing. */
const featureOf = (column: Column | undefined, row: number, others: number): number =>
  column ? Math.log(stateOf(column, row, others).probability) : 0;

/** @param others the row of everything that is no candidate */
function stateOf(column: Column, row: number, others: number): TwinState {
  if (row === others) return column.others;
  return column.known.find(([each]) => each === row)?.[1] ?? column.unknown;
}

/** What each context counted; of the last symbols, none that is longer than one that is new. */
function findAll(table: TwinTable, keys: readonly (string | undefined)[]): CountedSymbols[] {
  let isShorterKnown = true;
  return keys.map((key, context) => {
    if (key === undefined || table.isSkipped(context)) return [];
    if (context < ORDERS.length && !isShorterKnown) return [];
    const counted = table.find(context, key);
    isShorterKnown = counted.length > 0;
    return counted;
  });
}

function propose(inDocument: readonly CountedSymbols[], inWorkspace: readonly CountedSymbols[]): number[] {
  const candidates = new Set<number>();
  for (const context of PRIORITY) {
    const limit = context < 2 ? 60 : 6;
    for (const counted of [inDocument[context], inWorkspace[context]]) {
      for (const [symbol] of counted.slice(0, limit)) {
        if (candidates.size < MAX_CANDIDATES) candidates.add(symbol);
      }
    }
  }
  return [...candidates];
}

/** How often a symbol was counted, as far as a context is read. */
const countIn = (counted: CountedSymbols, symbol: number): number =>
  counted.slice(0, MAX_READ).find(([each]) => each === symbol)?.[1] ?? 0;

const maxOrder = (counted: readonly CountedSymbols[]): number =>
  counted.slice(0, ORDERS.length).findLastIndex((each) => each.length > 0) + 1;

function confidence(counted: readonly CountedSymbols[], order: number): number {
  if (order === 0) return 0;
  const longest = counted[order - 1];
  const steps = [2, 3, 5, 12].filter((end) => totalOf(longest) >= end).length;
  return (longest.length > 1 ? 0 : 5) + steps;
}

function learnColumn({ known, unknown, others }: Column, right: number, mixed: readonly number[]): void {
  const last = mixed.length - 1;
  const errorOf = (row: number): number => Number(row === right) - mixed[row];
  for (const [row, state] of known) updateState(state, Number(row === right), errorOf(row));
  const rest = mixed
    .map((_, row) => row)
    .filter((row) => row < last && known.every(([each]) => each !== row));
  if (rest.length > 0) {
    // They share one state, which learns how probable each of them is.
    const target = rest.includes(right) ? 1 / rest.length : 0;
    const error = rest.reduce((sum, row) => sum + errorOf(row), 0);
    updateState(unknown, target, error);
  }
  updateState(others, Number(right === last), errorOf(last));
}
