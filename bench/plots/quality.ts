import * as Plot from '@observablehq/plot';
import type { Quality } from '../quality/quality.ts';
import { colours, writePicture } from './picture.ts';

/** Curves of held-out bits per character over seconds, and where ours passes the peer's last point. */
export function writeQualityPlot(folder: string, { curves, peer, secondsToMatch }: Quality): void {
  const points = curves.flatMap(({ name, points }, i) =>
    points.map((point) => ({
      ...point,
      name,
      colour: i === 0 ? colours.ours : name === peer?.name ? colours.peer : colours.other,
    })),
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
      Plot.text(
        points,
        Plot.selectFirst({ ...place, text: 'name', fill: 'colour', textAnchor: 'start', dx: 10, dy: -4 }),
      ),
    ],
  });
}
