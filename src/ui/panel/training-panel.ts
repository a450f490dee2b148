import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import type { PanelParts } from './panel-view.ts';

/** Type of the panel, by which VS Code restores it after a reload. */
export const PANEL_TYPE = 'charRnn.training';

/** Opens the panel, at most one in a window. Its code is run only then. */
export class TrainingPanel implements vscode.Disposable {
  private readonly parts: PanelParts;
  private readonly serializer: vscode.Disposable;
  private panel: vscode.WebviewPanel | undefined;
  private view: vscode.Disposable | undefined;

  constructor(parts: PanelParts) {
    this.parts = parts;
    this.serializer = vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: (panel) => this.connect(panel),
    });
  }

  async show(): Promise<void> {
    if (this.panel) return this.panel.reveal();
    await this.connect(
      vscode.window.createWebviewPanel(PANEL_TYPE, localize`Char-RNN Training`, vscode.ViewColumn.Active, {
        enableScripts: true,
      }),
    );
  }

  /** Leaves the panel open, which VS Code would otherwise not restore where the window is reloaded. */
  dispose(): void {
    this.serializer.dispose();
    this.view?.dispose();
  }

  private async connect(panel: vscode.WebviewPanel): Promise<void> {
    this.panel = panel;
    panel.onDidDispose(() => {
      if (this.panel !== panel) return;
      this.view?.dispose();
      this.panel = this.view = undefined;
    });
    const { PanelView } = await import('./panel-view.ts');
    // It may have been closed meanwhile.
    if (this.panel === panel) this.view = new PanelView(panel, this.parts);
  }
}
