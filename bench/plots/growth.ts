import * as Plot from '@observablehq/plot';
import type { Axis } from '../growth.ts';
import { colours, writePicture } from './picture.ts';

/** For each axis a picture of characters per second, ours and the peer's. */
export function writeGrowthPlots(folder: string, axes: readonly Axis[]): void {
  for (const { name, points } of axes) {
    const lines = points.flatMap(({ value, engine, peer }) => [
      { value, speed: engine, who: 'wasm', colour: colours.ours },
      ...(peer === null ? [] : [{ value, speed: peer, who: 'PyTorch', colour: colours.peer }]),
    ]);
    const channels = { x: 'value', y: 'speed', z: 'who', stroke: 'colour' };
    writePicture(folder, `growth-${name.replace(' ', '-')}`, {
      width: 420,
      height: 300,
      marginLeft: 55,
      marginRight: 70,
      marginTop: 30,
      marginBottom: 40,
      x: { type: 'log', label: name, ticks: points.map(({ value }) => value), tickFormat: String },
      y: { type: 'log', label: 'characters per second', grid: true, ticks: 5, tickFormat: '~s' },
      marks: [
        Plot.line(lines, { ...channels, marker: 'dot', strokeWidth: 2 }),
        Plot.text(
          lines,
          Plot.selectLast({
            x: 'value',
            y: 'speed',
            z: 'who',
            text: 'who',
            fill: 'colour',
            textAnchor: 'start',
            dx: 8,
          }),
        ),
      ],
    });
  }
}
