import uPlot from 'uplot';
import type { Axis, Columns } from '../../view-model/chart-data.ts';
import { durationText } from '../../../common/duration.ts';
import { numberText } from '../../../common/localization/numbers.ts';
import { chartColours, type ChartColours } from './colours.ts';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly colour: keyof ChartColours;
  /** Drawn with a dot at each value and dashed between them, so that it differs by more than colour. */
  readonly isDotted?: boolean;
  readonly width?: number;
}

export interface ChartOptions {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly format: (value: number) => string;
  /** The part of the axis that is shown changed, by dragging or by keys; undefined: all of it. */
  readonly onZoom: (range: Range | undefined) => void;
  /** The pointer is at the value with this index; undefined: it left. */
  readonly onPoint: (index: number | undefined) => void;
}

/** A part of an axis. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Charts with this key show the pointer at the same position. */
const SYNC_KEY = 'training';
const DOT_SIZE_PX = 5;
const AXIS_WIDTH_PX = 56;
const FONT_SIZE_PX = 11;

/** A chart of lines over steps or time, drawn by uPlot in VS Code's colours. */
export class Chart {
  private readonly target: HTMLElement;
  private readonly options: ChartOptions;
  private plot: uPlot | undefined;
  private axis: Axis = 'steps';
  private columns: Columns = [[]];
  private range: Range | undefined;
  /** Whether the scale is being set by `zoom`, and so not by the person. */
  private isSettingScale = false;

  constructor(target: HTMLElement, options: ChartOptions) {
    this.target = target;
    this.options = options;
    new ResizeObserver(() => this.fit()).observe(target);
  }

  /** Shows other values. */
  setData(axis: Axis, columns: Columns): void {
    const isOtherAxis = axis !== this.axis;
    this.axis = axis;
    this.columns = columns;
    if (!this.plot || isOtherAxis) this.rebuild();
    else this.silently(() => this.plot?.setData(columns, this.range === undefined));
    if (this.range) this.zoom(this.range);
  }

  /** Shows a part of the axis, or all of it. */
  zoom(range: Range | undefined): void {
    this.range = range;
    const positions = this.columns[0];
    const shown = range ?? { min: positions[0], max: positions[positions.length - 1] };
    if (positions.length > 1) this.silently(() => this.plot?.setScale('x', shown));
  }

  /** Marks the value with an index, as the pointer does. */
  mark(index: number): void {
    const position = this.columns[0][index];
    if (!this.plot || position === undefined) return;
    this.plot.setCursor({ left: this.plot.valToPos(position, 'x'), top: 0 });
  }

  /** Draws what is drawn in the colours that VS Code has now. */
  recolour(): void {
    if (this.plot) this.rebuild();
  }

  private rebuild(): void {
    this.plot?.destroy();
    this.plot = new uPlot(this.plotOptions(chartColours()), this.columns, this.target);
    if (this.range) this.zoom(this.range);
  }

  private silently(change: () => void): void {
    this.isSettingScale = true;
    // uPlot sets scales in a microtask.
    change();
    queueMicrotask(() => queueMicrotask(() => (this.isSettingScale = false)));
  }

  private fit(): void {
    const { clientWidth: width } = this.target;
    if (this.plot && width > 0 && width !== this.plot.width)
      this.plot.setSize({ width, height: this.options.height });
  }

  private plotOptions(colours: ChartColours): uPlot.Options {
    const { lines, height, format } = this.options;
    const font = `${FONT_SIZE_PX}px ${getComputedStyle(document.body).fontFamily}`;
    const side = {
      stroke: colours.text,
      font,
      grid: { stroke: colours.grid, width: 1, dash: [2, 4] },
      ticks: { stroke: colours.grid, width: 1 },
    };
    const axis = this.axis;
    return {
      width: Math.max(1, this.target.clientWidth),
      height,
      legend: { show: false },
      cursor: { sync: { key: SYNC_KEY, setSeries: false }, drag: { x: true, y: false } },
      scales: { x: { time: false } },
      axes: [
        {
          ...side,
          size: 30,
          values: (_, positions) => positions.map((position) => positionText(axis, position)),
        },
        {
          ...side,
          size: AXIS_WIDTH_PX,
          values: (_, values) => values.map((value) => (value === null ? '' : format(value))),
        },
      ],
      series: [
        {},
        ...lines.map(({ label, colour, isDotted, width = 1.5 }) => ({
          label,
          stroke: colours[colour],
          width,
          spanGaps: true,
          ...(isDotted && { dash: [5, 3] }),
          points: isDotted ? { show: true, size: DOT_SIZE_PX, fill: colours[colour] } : { show: false },
        })),
      ],
      hooks: {
        setCursor: [(plot) => this.options.onPoint(plot.cursor.idx ?? undefined)],
        setScale: [(plot, key) => this.noteScale(plot, key)],
      },
    };
  }

  /** The person dragged over a part of the chart, or clicked twice to see all of it. */
  private noteScale(plot: uPlot, key: string): void {
    if (key !== 'x' || this.isSettingScale || plot !== this.plot) return;
    const { min, max } = plot.scales['x'];
    const positions = this.columns[0];
    if (min === undefined || max === undefined || min === null || max === null) return;
    const isAll = positions.length === 0 || (min <= positions[0] && max >= positions[positions.length - 1]);
    this.range = isAll ? undefined : { min, max };
    this.options.onZoom(this.range);
  }
}

function positionText(axis: Axis, position: number): string {
  return axis === 'steps' ? numberText(position) : durationText(position);
}
