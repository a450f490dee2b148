import * as vscode from 'vscode';
import { levelRuns, SHADES, type Level } from './unit-levels.ts';

/** From this shade on a value has a line, too. */
const FIRST_SHADE_WITH_LINE = 3;

/**
 * The colours of an editor in which a unit is shown: blue to -1, red to 1. Strong values have a line above the text, or
 * below it, for who does not see the colours; all colours are the manifest's, with values for light, dark and high
 * contrast themes.
 */
export class UnitDecorations implements vscode.Disposable {
  private readonly types: ReadonlyMap<Level, vscode.TextEditorDecorationType>;

  constructor() {
    const shades = Array.from({ length: SHADES }, (_, at) => at + 1);
    this.types = new Map([
      ...shades.map((shade) => [-shade, decorationType('Negative', shade, '1px 0 0 0')] as const),
      ...shades.map((shade) => [shade, decorationType('Positive', shade, '0 0 1px 0')] as const),
    ]);
  }

  /** Colours these lines, and no others. @param lines values by line, quantised */
  show(editor: vscode.TextEditor, lines: ReadonlyMap<number, Int8Array>): void {
    const ranges = new Map<Level, vscode.Range[]>([...this.types.keys()].map((level) => [level, []]));
    for (const [line, values] of lines) {
      for (const { start, end, level } of levelRuns(values)) {
        ranges.get(level)?.push(new vscode.Range(line, start, line, end));
      }
    }
    for (const [level, type] of this.types) editor.setDecorations(type, ranges.get(level) ?? []);
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
  }
}

function decorationType(
  sign: 'Negative' | 'Positive',
  shade: number,
  lineWidth: string,
): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(`charRnn.unit${sign}${shade}`),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    ...(shade >= FIRST_SHADE_WITH_LINE && {
      borderColor: new vscode.ThemeColor(`charRnn.unit${sign}Border`),
      borderStyle: 'solid',
      borderWidth: lineWidth,
    }),
  });
}
