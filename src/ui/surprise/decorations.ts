import * as vscode from 'vscode';
import { hoverText } from './hover-text.ts';
import type { Mark, MarkLevel } from './marks.ts';

/**
 * The tints of an editor. A dotted line under the text says the same as the tint, for who does not see the colour; all
 * colours are the manifest's, with values for light, dark and high contrast themes.
 */
export class Decorations implements vscode.Disposable {
  private readonly levels: Readonly<Record<MarkLevel, vscode.TextEditorDecorationType>> = {
    surprising: decorationType('charRnn.surpriseBackground', '1px'),
    verySurprising: decorationType('charRnn.strongSurpriseBackground', '2px'),
  };
  private readonly ruler = vscode.window.createTextEditorDecorationType({
    overviewRulerColor: new vscode.ThemeColor('charRnn.surpriseRuler'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });

  /** Shows these marks, and no others. @param rulerLines lines that the overview ruler shows */
  show(editor: vscode.TextEditor, marks: readonly Mark[], rulerLines: readonly number[]): void {
    for (const [level, type] of Object.entries(this.levels)) {
      const options = marks
        .filter((mark) => mark.level === level)
        .map((mark) => ({
          range: new vscode.Range(mark.line, mark.start, mark.line, mark.end),
          hoverMessage: hoverText(mark),
        }));
      editor.setDecorations(type, options);
    }
    editor.setDecorations(
      this.ruler,
      rulerLines.map((line) => new vscode.Range(line, 0, line, 0)),
    );
  }

  dispose(): void {
    for (const type of [...Object.values(this.levels), this.ruler]) type.dispose();
  }
}

function decorationType(background: string, width: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(background),
    borderColor: new vscode.ThemeColor('charRnn.surpriseBorder'),
    borderStyle: 'dotted',
    borderWidth: `0 0 ${width} 0`,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
