import * as vscode from 'vscode';
import type { SuggestionClient } from '../completion/index.ts';

/** Milliseconds between edits while a sample streams in: smooth to watch, few undo stops. */
const editInterval = 60;
const longestSample = 100_000;

/** Arguments a key binding may give; what is missing is asked for. */
export interface GenerateArguments {
  readonly length?: number;
  readonly temperature?: number;
}

/** Streams a sample into a new untitled document, at a length and temperature the user picks. */
export async function generateSample(
  client: SuggestionClient,
  defaultTemperature: number,
  given: GenerateArguments = {},
): Promise<void> {
  const length = given.length ?? (await askNumber('How many characters?', 500, 1, longestSample, true));
  if (length === undefined) return;
  const temperature =
    given.temperature ??
    (await askNumber(
      'At what temperature? 0 takes the most likely character, 2 is wild.',
      defaultTemperature,
      0,
      2,
      false,
    ));
  if (temperature === undefined) return;

  const active = vscode.window.activeTextEditor;
  const prime = active && !active.selection.isEmpty ? active.document.getText(active.selection) : '';
  const language = active?.document.languageId;
  const document = await vscode.workspace.openTextDocument({
    content: prime,
    ...(language ? { language } : {}),
  });
  await vscode.window.showTextDocument(document);
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Char-RNN is writing a sample',
      cancellable: true,
    },
    async (progress, token) => {
      const writer = new DocumentWriter(document);
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const seed = Math.floor(Math.random() * 2 ** 32);
      await client.sample(
        { prime, length: Math.min(Math.floor(length), longestSample), temperature, seed },
        (text) => {
          writer.add(text);
          progress.report({ increment: (100 * text.length) / length });
          if (document.isClosed) abort.abort();
        },
        abort.signal,
      );
      await writer.finish();
    },
  );
}

/** Appends text to a document in few edits, in order. */
class DocumentWriter {
  private pending = '';
  private writing: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly document: vscode.TextDocument;

  constructor(document: vscode.TextDocument) {
    this.document = document;
  }

  add(text: string): void {
    this.pending += text;
    this.timer ??= setTimeout(() => this.flush(), editInterval);
  }

  async finish(): Promise<void> {
    clearTimeout(this.timer);
    this.flush();
    await this.writing;
  }

  private flush(): void {
    this.timer = undefined;
    const text = this.pending;
    this.pending = '';
    this.writing = this.writing.then(async () => {
      if (text === '' || this.document.isClosed) return;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(this.document.uri, this.document.lineAt(this.document.lineCount - 1).range.end, text);
      await vscode.workspace.applyEdit(edit);
    });
  }
}

async function askNumber(
  prompt: string,
  value: number,
  minimum: number,
  maximum: number,
  whole: boolean,
): Promise<number | undefined> {
  const isRight = (text: string): boolean => {
    const number = Number(text);
    return (
      text.trim() !== '' && number >= minimum && number <= maximum && (!whole || Number.isInteger(number))
    );
  };
  const answer = await vscode.window.showInputBox({
    title: 'Char-RNN: Generate Sample',
    prompt,
    value: String(value),
    validateInput: (text) =>
      isRight(text) ? undefined : `A ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}, please.`,
  });
  return answer === undefined ? undefined : Number(answer);
}
