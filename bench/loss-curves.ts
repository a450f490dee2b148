/**
 * Draws the loss curves of docs/canon.md: `npm run canon -- RUNS PICTURES`, where RUNS holds a file NAME.jsonl for
 * each recipe, written by `char-rnn recipe NAME --json`.
 */
import * as Plot from '@observablehq/plot';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLOURS, writePicture } from './picture.ts';

interface Point {
  readonly step: number;
  readonly nats: number;
}

/** Nats per character that the systems' authors reported at some steps, where they did. */
const REPORTED: Readonly<Record<string, readonly Point[]>> = {
  linux: [4.6006, 3.1259, 2.5992, 2.4603, 2.2591, 2.0035].map((nats, i) => ({ step: 100 * i, nats })),
};

const [RUNS, PICTURES] = process.argv.slice(2);
if (RUNS === undefined || PICTURES === undefined) throw new Error('usage: npm run canon -- RUNS PICTURES');
for (const name of ['linux', 'shakespeare', 'min-char-rnn', 'author', 'korean']) {
  const path = join(RUNS, `${name}.jsonl`);
  if (existsSync(path)) draw(name, readFileSync(path, 'utf8'));
}

function draw(name: string, lines: string): void {
  const training: Point[] = [];
  const validation: Point[] = [];
  for (const line of lines.trim().split('\n')) {
    const event = JSON.parse(line) as { event: string; step: number; loss: number; bitsPerCharacter: number };
    const isOfLoop = event.event === 'sample' && 'smoothLoss' in event;
    if (event.event === 'step' || isOfLoop) training.push({ step: event.step, nats: event.loss });
    if (event.event === 'validation') {
      validation.push({ step: event.step, nats: event.bitsPerCharacter * Math.LN2 });
    }
  }
  writePicture(PICTURES, `${name}-loss`, {
    ...{ width: 560, height: 300, marginLeft: 50, marginRight: 90, marginTop: 35, marginBottom: 45 },
    x: { label: 'step' },
    y: { label: 'nats per character', grid: true, ticks: 6 },
    marks: [
      ...curve(training, 'training', COLOURS.ours),
      ...curve(validation, 'held out', COLOURS.variant),
      ...curve(REPORTED[name] ?? [], 'reported', COLOURS.peer),
    ],
  });
}

function curve(points: readonly Point[], name: string, colour: string): Plot.Markish[] {
  const place = { x: 'step', y: 'nats' };
  const label = { text: () => name, fill: colour, textAnchor: 'start', dx: 6 } as const;
  return [
    Plot.line(points, { ...place, stroke: colour, strokeWidth: 2 }),
    Plot.text(points, Plot.selectLast({ ...place, ...label })),
  ];
}
