import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type Action,
  joinUpdates,
  pageMarkup,
  type PanelContent,
  parseFromPage,
  type ToPage,
} from '../../panel/index.ts';
import { COMMAND_IDS } from '../command-ids.ts';
import { notifyError } from '../status/notifications.ts';
import type { SuggestionTally } from './counts/suggestion-tally.ts';
import type { PanelSource } from './panel-source.ts';

/** What the panel shows and acts on. */
export interface PanelParts {
  readonly source: Pick<PanelSource, 'content' | 'files' | 'isListed' | 'onDidUpdate' | 'onDidReplace'>;
  readonly tally: Pick<SuggestionTally, 'counts' | 'forget' | 'onDidChange'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'warn'>;
  /** Folder of the bundles. */
  readonly bundles: vscode.Uri;
}

/** Updates are sent together, at most so often. */
const SEND_INTERVAL_MS = 200;
/** Suggestions are counted anew at most so often, as keys come faster. */
const COUNT_INTERVAL_MS = 1_000;
const NONCE_BYTES = 16;

/** Connects an open panel with what it shows. While it is hidden, its page is gone and nothing is sent or computed. */
export class PanelView implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly parts: PanelParts;
  private readonly owned: vscode.Disposable[];
  /** Whether the page is there and asked for its content. */
  private isReady = false;
  private pending: Partial<PanelContent> = {};
  private sending: ReturnType<typeof setTimeout> | undefined;
  private counting: ReturnType<typeof setTimeout> | undefined;
  /** Number of the newest reading of everything; an older one is dropped. */
  private readings = 0;

  constructor(panel: vscode.WebviewPanel, parts: PanelParts) {
    this.panel = panel;
    this.parts = parts;
    const { source, tally } = parts;
    this.owned = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => this.followVisibility()),
      source.onDidUpdate((update) => this.update(update)),
      source.onDidReplace(() => this.refresh()),
      tally.onDidChange(() => this.refreshCounts()),
    ];
    this.load();
  }

  dispose(): void {
    clearTimeout(this.sending);
    clearTimeout(this.counting);
    this.isReady = false;
    for (const disposable of this.owned) disposable.dispose();
  }

  private load(): void {
    const { webview } = this.panel;
    const { bundles } = this.parts;
    webview.options = { enableScripts: true, localResourceRoots: [bundles] };
    const address = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(bundles, name)).toString();
    webview.html = pageMarkup({
      script: address('panel-page.js'),
      styles: address('panel-page.css'),
      source: webview.cspSource,
      translations: vscode.l10n.bundle,
      nonce: randomBytes(NONCE_BYTES).toString('hex'),
    });
  }

  private receive(received: unknown): void {
    const message = parseFromPage(received);
    switch (message?.type) {
      case 'ready':
        this.isReady = true;
        this.refresh();
        break;
      case 'act':
        void this.act(message.action);
        break;
      case 'listFiles':
        this.post({ type: 'files', group: message.group, ...this.parts.source.files(message.group) });
        break;
      case 'openFile':
        if (this.parts.source.isListed(message.path)) void this.open(message.path);
        break;
      case undefined:
        break;
    }
  }

  private async act(action: Action): Promise<void> {
    switch (action) {
      case 'train':
      case 'useModelFile':
      case 'deleteModel':
        await vscode.commands.executeCommand(COMMAND_IDS[action]);
        break;
      case 'stop':
        await vscode.commands.executeCommand(COMMAND_IDS.stopTraining);
        break;
      case 'forgetCounts':
        await this.parts.tally.forget().catch((error: unknown) => notifyError(error, this.parts.log));
        break;
    }
    this.refresh();
  }

  /** Folders are shown in the explorer; what VS Code cannot open it says itself. */
  private async open(path: string): Promise<void> {
    const uri = vscode.Uri.file(path);
    try {
      const { type } = await vscode.workspace.fs.stat(uri);
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      await vscode.commands.executeCommand(isFolder ? 'revealInExplorer' : 'vscode.open', uri);
    } catch (error) {
      notifyError(error, this.parts.log);
    }
  }

  /** A page that is hidden is gone; the one that is shown again asks for everything. */
  private followVisibility(): void {
    if (!this.panel.visible) this.isReady = false;
  }

  private refresh(): void {
    if (this.isReady) void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    const reading = ++this.readings;
    const { source, tally } = this.parts;
    try {
      const counts = await tally.counts();
      // Last, so that no update comes between what it has and its being sent.
      const content = await source.content();
      if (reading !== this.readings) return;
      this.pending = {};
      this.post({ type: 'content', content: { ...content, counts } });
    } catch (error) {
      notifyError(error, this.parts.log);
    }
  }

  private refreshCounts(): void {
    if (!this.isReady) return;
    this.counting ??= setTimeout(() => {
      this.counting = undefined;
      this.parts.tally.counts().then(
        (counts) => this.update({ counts }),
        (error: unknown) => notifyError(error, this.parts.log),
      );
    }, COUNT_INTERVAL_MS);
  }

  private update(update: Partial<PanelContent>): void {
    if (!this.isReady) return;
    this.pending = joinUpdates(this.pending, update);
    this.sending ??= setTimeout(() => {
      this.sending = undefined;
      const { pending } = this;
      this.pending = {};
      if (Object.keys(pending).length > 0) this.post({ type: 'update', update: pending });
    }, SEND_INTERVAL_MS);
  }

  private post(message: ToPage): void {
    if (this.isReady) void this.panel.webview.postMessage(message);
  }
}
