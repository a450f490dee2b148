import * as Plot from '@observablehq/plot';
import type { Quality } from './result.ts';
import { COLOURS, writePicture } from '../picture.ts';

/** Curves of held-out bits per character over seconds, and where ours passes the peer's last point. */
export function writeQualityPlot(folder: string, { curves, peer, secondsToMatch }: Quality): void {
  const points = curves.flatMap(({ name, points }) =>
    points.map((point) => ({ ...point, name, colour: colourOf(name, peer?.name) })),
  );
  const place = { x: 'seconds', y: 'bitsPerCharacter', z: 'name' };
  const match =
    peer === null || secondsToMatch === null
      ? []
      : [{ seconds: secondsToMatch, bits: peer.bitsPerCharacter, text: `${secondsToMatch.toFixed(0)} s` }];
  const end = Math.max(...points.map(({ seconds }) => seconds));
  writePicture(folder, 'quality-over-time', {
    width: 820,
    height: 420,
    marginLeft: 55,
    marginRight: 20,
    marginTop: 30,
    marginBottom: 45,
    x: { label: 'seconds of training', grid: true },
    y: { label: 'held-out bits per character', grid: true },
    marks: [
      Plot.line(points, { ...place, stroke: 'colour', strokeWidth: 2, marker: 'dot' }),
      Plot.link(match, {
        x1: 'seconds',
        x2: end,
        y1: 'bits',
        y2: 'bits',
        stroke: 'currentColor',
        strokeDasharray: '4 3',
      }),
      Plot.text(match, { x: 'seconds', y: 'bits', text: 'text', dy: 14, fill: 'currentColor' }),
      ...curves.map(({ name }, i) =>
        Plot.text([name], { frameAnchor: 'top-right', dy: 18 * i, fill: colourOf(name, peer?.name) }),
      ),
    ],
  });
}

function colourOf(name: string, peer: string | undefined): string {
  if (name === peer) return COLOURS.peer;
  return name.startsWith('ours') ? COLOURS.ours : COLOURS.other;
}
