/** How often a symbol with such counts came, learnt from experience. */
export interface TwinState {
  probability: number;
  updates: number;
  score: number;
}

const LEVEL_ENDS = [1, 2, 3, 4, 5, 7, 10, 15, 23, 34, 51, 77, 115, 173, 230];
const levelOf = (n: number): number => LEVEL_ENDS.filter((end) => n >= end).length;

/** The state of a symbol counted `n` times of `all`, as [n, rest] in levels. */
function presentLevels(n: number, all: number): [number, number] {
  const shift = Math.max(0, Math.floor(Math.log2(all)) - 7);
  return [levelOf(Math.max(n >> shift, 1)), levelOf((all - n) >> shift)];
}

const VARIETY_ENDS = [2, 3, 4, 5, 9, 17, 33];
const varietyOf = (distinct: number): number => VARIETY_ENDS.filter((end) => distinct >= end).length;

function absentCode(all: number, isDocument: boolean): number {
  if (!isDocument && all >= 8) return 4;
  return [0, 1, 2, 2][all] ?? 3;
}

const passed = (share: number, bounds: readonly number[]): number =>
  bounds.filter((bound) => share >= bound).length;

/** What counts of a symbol, 0 to `all`, say in a joint state. */
function codeOf(n: number, all: number, isDocument: boolean): number {
  if (n === 0) return absentCode(all, isDocument);
  const share = n / all;
  if (isDocument) {
    if (n >= all) return 4 + passed(n, [2, 3]);
    return all < 6 ? 7 + passed(share, [0.21, 0.41, 0.61, 0.77]) : 12 + passed(share, [0.15, 0.4, 0.7]);
  }
  if (n >= all) return 5 + passed(n, [2, 3, 5, 9]);
  return (all < 8 ? 10 : 21) + passed(share, [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97]);
}

const ABSENT_PROBABILITY = 0.02;
const OTHER_PROBABILITY = 0.1;
const MIN_PROBABILITY = 0.00005;
const MIN_RATE = 1 / 400;
const SCORE_RATE = 0.001;

/** The map of one column, document or workspace. */
export class TwinMap {
  private readonly states = new Map<string, TwinState>();

  /** A symbol that was counted n > 0 times of `all`. */
  present(n: number, all: number): TwinState {
    const [level, rest] = presentLevels(n, all);
    return this.state(`present ${level} ${rest}`, (level + 0.4) / (level + rest + 0.8));
  }

  /** A symbol that was not among the `distinct` ones counted; or everything that is no candidate. */
  absent(distinct: number, all: number, isOthers: boolean): TwinState {
    const key = `${isOthers ? 'others' : 'absent'} ${varietyOf(distinct)} ${levelOf(Math.min(all, 255))}`;
    return this.state(key, ABSENT_PROBABILITY);
  }

  /** Of both tables together: how often each counted the symbol, of how many. */
  joint(document: [number, number], workspace: [number, number], isOthers: boolean): TwinState {
    const key = `${codeOf(...document, true)} ${codeOf(...workspace, false)} ${isOthers}`;
    return this.state(key, OTHER_PROBABILITY);
  }

  /** A symbol that came lately, by its description. */
  recent(description: string): TwinState {
    return this.state(`recent ${description}`, OTHER_PROBABILITY);
  }

  /** As `absent`, of what came lately. */
  absentRecent(distinct: number, all: number, isOthers: boolean): TwinState {
    const key = `${isOthers ? 'others' : 'absent'} ${varietyOf(distinct)} ${levelOf(Math.min(all, 255))}`;
    return this.state(key, OTHER_PROBABILITY);
  }

  private state(key: string, probability: number): TwinState {
    const state = this.states.get(key) ?? { probability, updates: 1, score: 0 };
    this.states.set(key, state);
    return state;
  }
}

/**
 * Moves a state towards what came.
 * @param error target less what was predicted, of all symbols in the state together
 */
export function updateState(state: TwinState, target: number, error: number): void {
  state.updates++;
  const rate = Math.max(MIN_RATE, 1 / (state.updates + 0.5));
  const moved = state.probability + (target - state.probability) * rate;
  state.probability = Math.max(moved, MIN_PROBABILITY);
  state.score += SCORE_RATE * error;
}
