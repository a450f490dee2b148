import * as vscode from 'vscode';

/** VS Code's command that hides ghost text; the Escape key runs it. */
const HIDE_COMMAND_ID = 'editor.action.inlineSuggest.hide';

/**
 * Reports when the user hides ghost text, which VS Code's stable API does not. Of several commands with the same
 * identifier VS Code runs the one registered last: this one, which then has VS Code's own run.
 */
export class HideCommand implements vscode.Disposable {
  private readonly onHide: () => void;
  private registration: vscode.Disposable | undefined;

  constructor(onHide: () => void) {
    this.onHide = onHide;
  }

  /** Takes the command over, unless another extension in the same host has done so. */
  register(): void {
    if (this.registration) return;
    try {
      this.registration = vscode.commands.registerCommand(HIDE_COMMAND_ID, () => this.run());
    } catch {
      // Its identifier is taken; what is hidden then comes back when it is typed by hand.
    }
  }

  dispose(): void {
    this.registration?.dispose();
    this.registration = undefined;
  }

  private async run(): Promise<void> {
    this.onHide();
    // The messages to VS Code keep their order, so the command is executed while ours is not registered there.
    this.dispose();
    const hidden = vscode.commands.executeCommand(HIDE_COMMAND_ID);
    this.register();
    await hidden;
  }
}
