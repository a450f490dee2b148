import * as Plot from '@observablehq/plot';
import type { Comparison } from '../comparison.ts';
import { formatFigure } from '../../report.ts';
import { COLOURS, writePicture } from '../../picture.ts';

/** Draws bars of speeds relative to the fastest other library, one group for each comparison. */
export function writeSpeedPlot(folder: string, name: string, comparisons: readonly Comparison[]): void {
  const bars = comparisons.flatMap(({ title, unit, engine, variants, peers, speedBesidePeer }) => {
    const bar = (colour: string) => (figures: { name: string; median: number; speedBeside: number }) => ({
      title: title.split(',')[0],
      name: figures.name,
      // Relative to the engine if there is no other library.
      speed: (speedBesidePeer ?? 1) / figures.speedBeside,
      label: `${formatFigure(figures.median)} ${unit}`,
      colour,
    });
    return [
      bar(COLOURS.ours)({ ...engine, speedBeside: 1 }),
      ...variants.map(bar(COLOURS.variant)),
      ...peers.map((peer, i) => bar(i === 0 ? COLOURS.peer : COLOURS.other)(peer)),
    ];
  });
  const names = [...new Set(bars.map((bar) => bar.name))];
  const baseline = comparisons.some(({ speedBesidePeer }) => speedBesidePeer !== null)
    ? 'the fastest peer'
    : 'the engine';
  writePicture(folder, name, {
    width: 820,
    height: 60 + bars.length * 24 + comparisons.length * 24,
    marginLeft: 240,
    marginRight: 120,
    insetRight: 130,
    marginTop: 40,
    x: { label: `speed relative to ${baseline}`, grid: true, zero: true },
    y: { domain: names, label: null, axis: 'left' },
    fy: { domain: comparisons.map(({ title }) => title.split(',')[0]), label: null, axis: 'right' },
    marks: [
      Plot.barX(bars, { x: 'speed', y: 'name', fy: 'title', fill: 'colour' }),
      Plot.text(bars, { x: 'speed', y: 'name', fy: 'title', text: 'label', textAnchor: 'start', dx: 5 }),
      Plot.ruleX([1], { strokeDasharray: '4 3' }),
    ],
  });
}
