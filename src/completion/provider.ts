import type * as vscode from 'vscode';
import type { SuggestionClient } from './client.ts';

/** Settings the provider asks for at every request, so that changes count at once. */
export interface ProviderSettings {
  readonly temperature: number;
  readonly maxLength: number;
  /** Milliseconds to wait before answering an automatic request. */
  readonly delay: number;
  isEnabled(languageId: string): boolean;
}

/** VS Code's inline completion provider: text around the cursor in, ghost text out. */
export class GhostTextProvider implements vscode.InlineCompletionItemProvider {
  constructor(_client: SuggestionClient, _settings: () => ProviderSettings) {
    throw new Error('in progress');
  }

  provideInlineCompletionItems(
    _document: vscode.TextDocument,
    _position: vscode.Position,
    _context: vscode.InlineCompletionContext,
    _token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    throw new Error('in progress');
  }
}
