import { parseArgs } from 'node:util';
import { asShown, bestBeginning, isLongEnough, limitOf } from '../../src/completion/parts.ts';
import type { Proposal, Thresholds } from '../../src/completion/parts.ts';
import { withRepeatedOptions } from '../arguments.ts';
import { UsageError, type Benchmark } from '../benchmark.ts';
import { report } from '../report.ts';
import { readFiles, splitByDraw, type CodeBase } from '../typing/code-base.ts';
import { record } from '../typing/method.ts';
import { methodsFor } from '../typing/methods.ts';
import { Fixture } from '../typing/fixture.ts';
import { shares } from '../typing/tally.ts';
import { LISTS, requestDefaultsOf } from '../typing/typing.ts';
import { type } from '../typing/typist.ts';

/** The thresholds that are tried. */
const GRID: readonly Thresholds[] = [2, 3, 4, 6, 8].flatMap((minLength) =>
  [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7].flatMap((floor) =>
    [0, 0.5, 1, 2, 3].map((distraction) => ({ floor, cost: 1, distraction, minLength })),
  ),
);

/** Conditions on thresholds. Of those that satisfy one, the best saves its reader the most. */
const GOALS = [
  { name: 'eager: precision 50 %', reader: 0, precision: 0.5 },
  { name: 'balanced: precision 60 %', reader: 0, precision: 0.6 },
  { name: 'balanced: precision 63 %', reader: 0, precision: 0.63 },
  { name: 'strict: precision 70 %', reader: 0, precision: 0.7 },
  {
    name: 'calm: precision 65 %, 4+ characters, 8 shown',
    reader: 0,
    precision: 0.65,
    shown: 8,
    minLength: 4,
  },
  {
    name: 'calm: precision 68 %, 4+ characters, 7.5 shown',
    reader: 0,
    precision: 0.68,
    shown: 7.5,
    minLength: 4,
  },
  { name: 'two keystrokes late', reader: 2, precision: 0 },
  { name: 'two keystrokes late, precision 40 %', reader: 2, precision: 0.4 },
] as const;

interface Outcome {
  readonly thresholds: Thresholds;
  /** Results by reader, then by code base. */
  readonly shares: ReadonlyMap<number, readonly ReturnType<typeof shares>[]>;
}

/** Finds thresholds on code bases: the mean over them counts. */
export const tuning: Benchmark = {
  usage:
    '--code-base DIR... [--extension .c]... [--split SEED] [--held-out-characters 60000] [--method memory] [--minutes 0] [--json]',
  run: async (args) => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: withRepeatedOptions(args, LISTS),
      options: {
        'code-base': { type: 'string', multiple: true },
        extension: { type: 'string', multiple: true },
        split: text,
        'held-out-characters': text,
        method: text,
        minutes: text,
        json: { type: 'boolean' },
      },
    });
    const folders = values['code-base'] ?? [];
    if (folders.length === 0) throw new UsageError('--code-base says what to tune on, and is missing');
    const proposals: Proposed[][] = [];
    for (const folder of folders) {
      const files = await readFiles([folder], values.extension ?? []);
      const held = Number(values['held-out-characters'] ?? 60_000);
      const codeBase = splitByDraw(files, Number(values.split ?? 1), held);
      proposals.push(await propose(codeBase, values.method ?? 'memory', Number(values.minutes ?? 0)));
    }
    const outcomes = GRID.map((thresholds) => outcomeOf(thresholds, proposals));
    const found = GOALS.map((wish) => ({ ...wish, best: bestOf(outcomes, wish) }));
    report(values.json === true, { folders, found }, found.map(describeGoal).join('\n'));
  },
};

/** The proposals at all positions of a file. */
interface Proposed {
  readonly fixture: Fixture;
  /** Proposals by position; undefined where there was none. */
  readonly at: (CachedProposal | undefined)[];
}

async function propose(codeBase: CodeBase, method: string, minutes: number): Promise<Proposed[]> {
  let current: Proposed['at'] = [];
  const floor = Math.min(...GRID.map((thresholds) => thresholds.floor));
  const onProposal = {
    floor,
    see: (_: Fixture, at: number, proposal: Proposal | undefined) => {
      if (proposal && proposal.path.text !== '') current[at] = new CachedProposal(proposal);
    },
  };
  const [only] = await methodsFor(codeBase, { minutes, steps: undefined }, [method], onProposal);
  const requestDefaults = requestDefaultsOf(codeBase);
  return codeBase.heldOut.map((file) => {
    const fixture = new Fixture(file, requestDefaults);
    current = [];
    record(only, fixture);
    return { fixture, at: current };
  });
}

/** A proposal that makes each of its texts once. */
class CachedProposal {
  private readonly proposal: Proposal;
  private readonly limit: number;
  private readonly shown = new Map<number, string>();

  constructor(proposal: Proposal) {
    this.proposal = proposal;
    this.limit = limitOf(proposal);
  }

  worthShowing(thresholds: Thresholds): string | undefined {
    const best = bestBeginning(this.proposal.path, this.limit, thresholds);
    if (!best) return undefined;
    const text = this.shown.get(best.text.length) ?? asShown(this.proposal, best.text);
    this.shown.set(best.text.length, text);
    return isLongEnough(text, thresholds) ? text : undefined;
  }
}

function outcomeOf(thresholds: Thresholds, codeBases: readonly (readonly Proposed[])[]): Outcome {
  const readers = [...new Set(GOALS.map(({ reader }) => reader))];
  return {
    thresholds,
    shares: new Map(
      readers.map((reader) => [
        reader,
        codeBases.map((files) =>
          shares(
            files.map(({ fixture, at }) =>
              type(
                {
                  text: fixture.text,
                  request: (place) => fixture.asked(place),
                  fresh: (place) => at[place]?.worthShowing(thresholds),
                },
                { reader, accept: 'full' },
              ),
            ),
          ),
        ),
      ]),
    ),
  };
}

interface Goal {
  readonly name: string;
  readonly reader: number;
  readonly precision: number;
  readonly shown?: number;
  readonly minLength?: number;
}

function bestOf(outcomes: readonly Outcome[], wish: Goal): Outcome | undefined {
  const meeting = outcomes.filter(({ thresholds, shares }) => {
    const of = shares.get(wish.reader)!;
    return (
      meanOf(of, 'precision') >= wish.precision &&
      meanOf(of, 'shownPer100') <= (wish.shown ?? Infinity) &&
      thresholds.minLength >= (wish.minLength ?? 0)
    );
  });
  const savedBy = ({ shares }: Outcome) => meanOf(shares.get(wish.reader)!, 'saved');
  return meeting.sort((a, b) => savedBy(b) - savedBy(a))[0];
}

type Shares = ReturnType<typeof shares>;

function meanOf(of: readonly Shares[], field: keyof Shares): number {
  return of.reduce((sum, each) => sum + each[field], 0) / of.length;
}

function describeGoal({ name, reader, best }: Goal & { readonly best: Outcome | undefined }): string {
  if (!best) return `${name}: nothing on the grid`;
  const { floor, distraction, minLength } = best.thresholds;
  const of = best.shares.get(reader)!;
  const line = (each: Shares | undefined) =>
    each &&
    `${(100 * each.saved).toFixed(1)}/${(100 * each.precision).toFixed(0)}/${each.shownPer100.toFixed(1)}/${each.meanAccepted.toFixed(1)}`;
  return `${name}: floor ${floor}, distraction ${distraction}, from ${minLength} on; saved/precision/shown/length of each: ${of.map(line).join('  ')}`;
}
