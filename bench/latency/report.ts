import { machine, describeMachine } from '../machine.ts';
import { quantile } from '../speed/statistics.ts';
import type { Keystroke, Latency, Pass } from './measured.ts';

interface Quantiles {
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** Prints medians, 95th percentiles and the longest of each pass. */
export function report(latency: Latency, json: boolean): void {
  if (latency.offered === 0) throw new Error('nothing was suggested, so there is nothing to time');
  const passes = latency.passes.map(summary);
  if (json) {
    console.log(JSON.stringify({ machine: machine(), offered: latency.offered, passes }));
    return;
  }
  console.log(
    'suggestions of up to 60 characters at line 9,000 of a 10,000-line file, in VS Code; milliseconds',
  );
  console.log(describeMachine(machine()));
  console.log(
    'charRnn.suggestions.delay is 0, as by default; VS Code waits by itself before it asks (keystroke to question)',
  );
  for (const {
    name,
    keystrokes,
    offered,
    answered,
    ofLongOnes,
    untilAsked,
    held,
    longestHold,
    hold99,
    ours,
  } of passes) {
    console.log(`\n${name}: ${keystrokes} questions, ${offered} suggestions`);
    if (answered) {
      console.log(`  question to answer             ${shown(answered)}`);
      if (ofLongOnes) console.log(`  for 40 characters and more     ${shown(ofLongOnes)}`);
      console.log(`  of that the provider held      ${shown(held!)}`);
      console.log(`  keystroke to question          ${shown(untilAsked!)}`);
    }
    console.log(
      `  host's loop held               p99 ${hold99.toFixed(1)}, longest ${longestHold.toFixed(1)}`,
    );
    if (ours) {
      console.log(
        `  by the extension, as sampled   longest ${ours.longest.toFixed(1)}; ${(ours.share * 100).toFixed(1)} % of the time`,
      );
      console.log(`    in ${ours.stack.join(' < ')}`);
    }
  }
}

function summary({ name, keystrokes, longestHold, hold99, ours }: Pass) {
  const of = (value: (keystroke: Keystroke) => number, which = keystrokes) => quantiles(which.map(value));
  return {
    name,
    keystrokes: keystrokes.length,
    offered: keystrokes.filter(({ characters }) => characters > 0).length,
    answered: of(({ untilAnswered }) => untilAnswered),
    ofLongOnes: of(
      ({ untilAnswered }) => untilAnswered,
      keystrokes.filter(({ characters }) => characters >= 40),
    ),
    held: of(({ held }) => held),
    untilAsked: of(({ untilAsked }) => untilAsked),
    longestHold,
    hold99,
    ours,
  };
}

function quantiles(values: readonly number[]): Quantiles | undefined {
  if (values.length === 0) return undefined;
  return { median: quantile(values, 0.5), p95: quantile(values, 0.95), most: Math.max(...values) };
}

function shown({ median, p95, most }: Quantiles): string {
  return `p50 ${median.toFixed(1)}, p95 ${p95.toFixed(1)}, longest ${most.toFixed(1)}`;
}
