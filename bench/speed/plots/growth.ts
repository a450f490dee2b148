import * as Plot from '@observablehq/plot';
import type { Axis } from '../growth-axis.ts';
import { COLOURS, writePicture } from '../../picture.ts';

/** Ratio of the largest to the smallest value from which on an axis is logarithmic. */
const MIN_LOG_RATIO = 10;

/** Draws a picture for each axis: characters per second of our engine and of PyTorch. */
export function writeGrowthPlots(folder: string, axes: readonly Axis[]): void {
  for (const { name, points } of axes) {
    const speeds = points.flatMap(({ engine, peer }) => (peer === null ? [engine] : [engine, peer]));
    const log = Math.max(...speeds) > MIN_LOG_RATIO * Math.min(...speeds);
    const engine = points.map((point) => ({ value: point.value, speed: point.engine }));
    const peer = points.flatMap((point) =>
      point.peer === null ? [] : [{ value: point.value, speed: point.peer }],
    );
    const engineIsAbove = (engine.at(-1)?.speed ?? 0) >= (peer.at(-1)?.speed ?? 0);
    writePicture(folder, `growth-${name.replace(' ', '-')}`, {
      width: 420,
      height: 300,
      marginLeft: 50,
      marginRight: 70,
      marginTop: 35,
      marginBottom: 45,
      x: { type: 'log', label: name, ticks: points.map(({ value }) => value), tickFormat: String },
      y: {
        ...(log ? { type: 'log' } : { zero: true }),
        label: 'characters per second',
        grid: true,
        ticks: 5,
        tickFormat: '~s',
      },
      marks: [
        ...line(engine, 'wasm', COLOURS.ours, engineIsAbove ? -7 : 7),
        ...line(peer, 'PyTorch', COLOURS.peer, engineIsAbove ? 7 : -7),
      ],
    });
  }
}

function line(points: readonly object[], name: string, colour: string, dy: number): Plot.Markish[] {
  const place = { x: 'value', y: 'speed' };
  const label = { text: () => name, fill: colour, textAnchor: 'start', dx: 8, dy } as const;
  return [
    Plot.line(points, { ...place, stroke: colour, strokeWidth: 2, marker: 'dot' }),
    Plot.text(points, Plot.selectLast({ ...place, ...label })),
  ];
}
