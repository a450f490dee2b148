import type { CurvePoint, PanelContent } from '../../protocol.ts';
import { numberText } from '../../../common/localization/numbers.ts';
import { localize, localized, displayLanguage } from '../../../common/localization/localize.ts';
import {
  type Axis,
  columnsOf,
  CURVES,
  GRADIENT_NORM,
  HELD_OUT,
  LEARNING_RATE,
  LOSS,
  positionOf,
  pointsOn,
  smoothed,
  SPEED,
} from '../../view-model/chart-data.ts';
import { pointText, tableOf } from '../../view-model/texts.ts';
import { zoomedBy, type Zoom } from '../../view-model/zoom.ts';
import { Chart, type Range } from '../charts/chart.ts';
import { onThemeChange } from '../charts/colours.ts';
import { keep, keptState } from '../connection.ts';
import { byId, setText, table } from '../elements.ts';
import type { Section } from './section.ts';

const LARGE_CHART_PX = 260;
const SMALL_CHART_PX = 130;
const MAX_ROWS = 60;
const SMALL = [
  { id: 'chart-rate', curve: LEARNING_RATE },
  { id: 'chart-norm', curve: GRADIENT_NORM },
  { id: 'chart-speed', curve: SPEED },
] as const;

/** Curves over steps or time, with zoom, the values under the pointer or the keys, and a table. */
export class CurvesSection implements Section {
  private readonly shell = byId('curves');
  private readonly values = byId('values');
  private readonly table = byId<HTMLDetailsElement>('value-table');
  private readonly charts: readonly Chart[];
  private axis: Axis = keptState().axis ?? 'steps';
  private all: readonly CurvePoint[] = [];
  /** Those on the axis. */
  private points: readonly CurvePoint[] = [];
  private range: Range | undefined;
  /** Index of the point whose values are shown; undefined: the last. */
  private marked: number | undefined;

  constructor() {
    const common = {
      onZoom: (range: Range | undefined) => this.zoom(range),
      onPoint: (index: number | undefined) => this.showPoint(index),
    };
    const large = new Chart(byId('chart-loss'), {
      ...common,
      height: LARGE_CHART_PX,
      format: (value) => numberText(value, 2),
      lines: [
        { label: localize`batches`, colour: 'faint', width: 1 },
        { label: localize`smoothed`, colour: 'first', width: 2 },
        { label: localized(HELD_OUT.label), colour: 'second', isDotted: true, width: 2 },
      ],
    });
    const small = SMALL.map(
      ({ id, curve }) =>
        new Chart(byId(id), {
          ...common,
          height: SMALL_CHART_PX,
          format: compactText,
          lines: [{ label: localized(curve.label), colour: 'first' }],
        }),
    );
    this.charts = [large, ...small];
    for (const axis of ['steps', 'time'] as const) {
      const radio = byId<HTMLInputElement>(`axis-${axis}`);
      radio.checked = axis === this.axis;
      radio.addEventListener('change', () => this.setAxis(axis));
    }
    for (const zoom of ['in', 'out', 'all'] as const)
      byId(`zoom-${zoom}`).addEventListener('click', () => this.zoom(this.zoomed(zoom)));
    this.shell.addEventListener('keydown', (event) => this.press(event));
    this.table.addEventListener('toggle', () => this.showTable());
    onThemeChange(() => this.charts.forEach((chart) => chart.recolour()));
  }

  show({ points }: PanelContent, before: PanelContent): void {
    if (points === before.points && this.all === points) return;
    this.all = points;
    byId('learning').classList.toggle('empty', points.length === 0);
    if (points.length === 0) return;
    this.draw();
  }

  private draw(): void {
    const { axis } = this;
    this.points = pointsOn(axis, this.all);
    const [positions, losses, heldOut] = columnsOf(axis, this.points, [LOSS, HELD_OUT]);
    this.charts[0].setData(axis, [positions, losses, smoothed(losses), heldOut]);
    SMALL.forEach(({ curve }, i) => this.charts[i + 1].setData(axis, columnsOf(axis, this.points, [curve])));
    this.showValues();
    this.showTable();
  }

  private setAxis(axis: Axis): void {
    this.axis = axis;
    this.range = undefined;
    this.marked = undefined;
    for (const chart of this.charts) chart.zoom(undefined);
    keep({ axis });
    this.draw();
  }

  private zoom(range: Range | undefined): void {
    this.range = range;
    for (const chart of this.charts) chart.zoom(range);
  }

  private zoomed(zoom: Zoom): Range | undefined {
    const positions = this.points.map((point) => positionOf(this.axis, point));
    return zoomedBy(zoom, positions, this.range, this.marked);
  }

  /** Arrows go from value to value, + and - zoom, 0 shows all. */
  private press(event: KeyboardEvent): void {
    const zoom = ({ '+': 'in', '=': 'in', '-': 'out', '0': 'all' } as const)[event.key];
    if (zoom) this.zoom(this.zoomed(zoom));
    else if (!this.move(event.key)) return;
    event.preventDefault();
  }

  private move(key: string): boolean {
    const last = this.points.length - 1;
    const at = this.marked ?? last;
    const pace = Math.max(1, Math.round(last / 20));
    const index = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - pace,
      PageDown: at + pace,
      Home: 0,
      End: last,
    }[key];
    if (index === undefined || last < 0) return false;
    this.marked = Math.min(last, Math.max(0, index));
    this.charts[0].mark(this.marked);
    this.showValues();
    return true;
  }

  private showPoint(index: number | undefined): void {
    if (index === this.marked) return;
    this.marked = index;
    this.showValues();
  }

  private showValues(): void {
    const { points } = this;
    const index = this.marked === undefined ? points.length - 1 : Math.min(this.marked, points.length - 1);
    const point = points[index];
    const text = point ? pointText(point) : localize`No step of the last training is known`;
    setText(this.values, text);
    const position = point ? positionOf(this.axis, point) : 0;
    const positions = [points[0], points.at(-1)].map((end) => (end ? positionOf(this.axis, end) : 0));
    setAttribute(this.shell, 'aria-valuemin', positions[0]);
    setAttribute(this.shell, 'aria-valuemax', positions[1]);
    setAttribute(this.shell, 'aria-valuenow', position);
    setAttribute(this.shell, 'aria-valuetext', text);
  }

  /** Only while it is open. */
  private showTable(): void {
    if (!this.table.open) return;
    const headings = [localize`Step`, localize`Time`, ...CURVES.map(({ label }) => localized(label))];
    const made = table(localize`Values of the curves`, headings, tableOf(this.points, MAX_ROWS));
    this.table.querySelector('.scrolled')?.remove();
    this.table.append(made);
  }
}

function setAttribute(target: Element, name: string, value: number | string): void {
  if (target.getAttribute(name) !== String(value)) target.setAttribute(name, String(value));
}

/** A value of an axis in few characters. */
function compactText(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return value.toExponential(1);
  return value.toLocaleString(displayLanguage(), { notation: 'compact', maximumFractionDigits: 3 });
}
