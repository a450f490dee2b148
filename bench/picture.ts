import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Distinguishable on white and on black, also with most kinds of colour blindness. */
export const COLOURS = { ours: '#2f81f7', variant: '#79b8ff', peer: '#e36209', other: '#8b949e' } as const;

/** A page may be light or dark whatever the reader's own setting is, so a picture brings its background. */
const STYLE = `
  svg { color: #1f2328; background: #ffffff; }
  @media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117; } }
`;

/** The part of the DOM that is used here; the project compiles without the browser's types. */
interface SvgElement {
  readonly outerHTML: string;
  textContent: string;
  setAttribute(name: string, value: string): void;
  append(child: SvgElement): void;
}
interface Page {
  readonly document: { createElementNS(namespace: string, name: string): SvgElement };
}

const SVG = 'http://www.w3.org/2000/svg';

/** Draws a plot and writes it to `folder`/`name`.svg. */
export function writePicture(folder: string, name: string, options: Plot.PlotOptions): void {
  const { document } = parseHTML('<html></html>') as unknown as Page;
  const svg = Plot.plot({
    ...options,
    document: document as never,
    style: { fontSize: '13px', fontFamily: 'system-ui, sans-serif' },
  }) as unknown as SvgElement;
  svg.setAttribute('xmlns', SVG);
  const style = document.createElementNS(SVG, 'style');
  style.textContent = STYLE;
  svg.append(style);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.svg`), `${svg.outerHTML}\n`);
}
