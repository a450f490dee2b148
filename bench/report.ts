import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Measured, Runs } from './measured.ts';
import { median } from './statistics.ts';

/** Prints medians and bests, and how ours compares with the best of the others. */
export function report(
  { about, figure }: Measured,
  ours: Runs,
  others: readonly Runs[],
  json: boolean,
): void {
  const { largerIsBetter, unit } = about;
  const summary = ({ name, seconds }: Runs) => ({
    name,
    median: figure(median(seconds)),
    best: figure(Math.min(...seconds)),
  });
  const engine = summary(ours);
  const peers = others
    .map(summary)
    .sort((a, b) => (largerIsBetter ? b.median - a.median : a.median - b.median));
  const faster = (a: number, b: number) => (largerIsBetter ? a / b : b / a);
  const speedBesidePeer =
    peers.length > 0
      ? {
          median: faster(engine.median, peers[0].median),
          best: Math.min(...peers.map(({ best }) => faster(engine.best, best))),
        }
      : null;
  const compared = peers.map((peer) => ({ ...peer, speedBeside: faster(engine.median, peer.median) }));
  const machine = {
    processors: `${availableParallelism()} x ${cpus()[0]?.model ?? process.arch}`,
    load: loadavg()[0],
    node: process.versions.node,
  };
  if (json) {
    console.log(JSON.stringify({ ...about, machine, engine, peers: compared, speedBesidePeer }));
    return;
  }
  console.log(about.title);
  console.log(`on ${machine.processors}, Node ${machine.node}, load ${machine.load.toFixed(1)}`);
  console.log(`largest difference from the reference: ${about.largestDifference.toExponential(1)}`);
  const line = ({ name, median: middle, best }: ReturnType<typeof summary>) =>
    `${name.padEnd(32)} median ${shown(middle)} ${unit}, best ${shown(best)}`;
  console.log(line(engine));
  for (const peer of compared) console.log(`${line(peer)}; ours x${shown(peer.speedBeside)}`);
  if (speedBesidePeer) {
    const { median: middle, best } = speedBesidePeer;
    console.log(`speed beside the best of these: median x${shown(middle)}, best x${shown(best)}`);
  }
}

function shown(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
