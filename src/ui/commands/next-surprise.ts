import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { notify } from '../status/notifications.ts';
import { nextMark } from '../surprise/marks.ts';
import type { SurpriseView } from '../surprise/surprise-view.ts';

/** Puts the cursor on the next marked line of the active editor, and shows what is to be said of it. */
export async function goToNextSurprise(view: Pick<SurpriseView, 'marksOf'>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const mark = editor && nextMark(view.marksOf(editor.document), editor.selection.active.line);
  if (!mark) {
    await notify('information', localize`No line of this file is surprising enough to be marked.`);
    return;
  }
  const position = new vscode.Position(mark.line, mark.start);
  editor.selection = new vscode.Selection(position, position);
  const inCenter = vscode.TextEditorRevealType.InCenterIfOutsideViewport;
  editor.revealRange(new vscode.Range(position, position), inCenter);
  await vscode.commands.executeCommand('editor.action.showHover');
}
