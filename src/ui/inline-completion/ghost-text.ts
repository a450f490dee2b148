import * as vscode from 'vscode';
import type { SuggestionClient } from '../../completion/index.ts';
import { changesOf, editorTextOf, nameOf } from './editor-text.ts';
import type { GhostTextProvider } from './provider.ts';

/** Registers the provider for all documents, and has client and provider hear of what happens in them. */
export function registerGhostText(
  client: Pick<SuggestionClient, 'change' | 'resend' | 'forget'>,
  provider: GhostTextProvider,
): vscode.Disposable {
  return vscode.Disposable.from(
    provider,
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    vscode.workspace.onDidChangeTextDocument((event) => {
      const { name, start } = editorTextOf(event.document);
      const changes = changesOf(event, start);
      client.change(name, changes);
      provider.noteChange(name, changes);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => provider.noteSelection(textEditor)),
    vscode.workspace.onDidCloseTextDocument((document) => client.forget(nameOf(document))),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.length > 0) client.resend(nameOf(notebook));
    }),
    vscode.workspace.onDidCloseNotebookDocument((notebook) => client.forget(nameOf(notebook))),
  );
}
