import * as vscode from 'vscode';
import type { SuggestionClient } from '../../completion/index.ts';
import { sleep } from '../../common/sleep.ts';
import { type Message, message } from '../../common/localization/message.ts';
import { localize, localized } from '../../common/localization/localize.ts';
import {
  MAX_PRIME_LENGTH,
  MAX_SAMPLE_LENGTH,
  MAX_TEMPERATURE,
  SAMPLE_LENGTH,
  SAMPLE_TEMPERATURE,
} from '../../session/index.ts';

/** Time between two edits while a sample is written: smooth to watch, and few undo stops. */
const EDIT_INTERVAL_MS = 60;
const MAX_EDIT_ATTEMPTS = 20;

/** A number that the user is asked for, and its range. */
interface Quantity {
  readonly prompt: Message;
  readonly minimum: number;
  readonly maximum: number;
  readonly whole: boolean;
}

const LENGTH: Quantity = {
  prompt: message`How many characters?`,
  minimum: 1,
  maximum: MAX_SAMPLE_LENGTH,
  whole: true,
};
const TEMPERATURE: Quantity = {
  prompt: message`At what temperature? 0 takes the most likely character, 2 is wild.`,
  minimum: 0,
  maximum: MAX_TEMPERATURE,
  whole: false,
};

/**
 * Streams a sample into a new untitled document, at a length and temperature the user picks.
 * @param given what a key binding passes, such as `{length: 500, temperature: 0.5}`; the user is
 * asked for what is missing or out of range.
 */
export async function generateSample(
  client: Pick<SuggestionClient, 'sample'>,
  suggestionTemperature: number,
  given: unknown,
): Promise<void> {
  const passed = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const length = fits(passed['length'], LENGTH) ?? (await askNumber(LENGTH, SAMPLE_LENGTH));
  if (length === undefined) return;
  const temperature =
    fits(passed['temperature'], TEMPERATURE) ??
    (await askNumber(TEMPERATURE, suggestionTemperature || SAMPLE_TEMPERATURE));
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
      title: localize`Char-RNN is writing a sample`,
      cancellable: true,
    },
    async (progress, token) => {
      const writer = new DocumentWriter(document);
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const seed = Math.floor(Math.random() * 2 ** 32);
      await client.sample(
        { prime: prime.slice(-MAX_PRIME_LENGTH), length, temperature, seed },
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

/** Appends text to a document in few edits, one after the other. */
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
    this.timer ??= setTimeout(() => this.flush(), EDIT_INTERVAL_MS);
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
      if (text === '') return;
      // VS Code refuses an edit if the user typed in the document at the same time.
      for (let attempt = 0; attempt < MAX_EDIT_ATTEMPTS && !this.document.isClosed; attempt++) {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(this.document.uri, this.document.lineAt(this.document.lineCount - 1).range.end, text);
        if (await vscode.workspace.applyEdit(edit)) return;
        await sleep(EDIT_INTERVAL_MS);
      }
    });
  }
}

/** A value passed by a program, if it is a number within the range. */
function fits(value: unknown, { minimum, maximum, whole }: Quantity): number | undefined {
  const isRight =
    typeof value === 'number' && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  return isRight ? value : undefined;
}

async function askNumber(quantity: Quantity, value: number): Promise<number | undefined> {
  const { prompt, minimum, maximum, whole } = quantity;
  const parsed = (text: string): number | undefined =>
    text.trim() === '' ? undefined : fits(Number(text), quantity);
  const answer = await vscode.window.showInputBox({
    title: localize`Char-RNN: Generate Sample`,
    prompt: localized(prompt),
    value: String(value),
    validateInput: (text) => {
      if (parsed(text) !== undefined) return undefined;
      return whole
        ? localize`A whole number from ${minimum} to ${maximum}, please.`
        : localize`A number from ${minimum} to ${maximum}, please.`;
    },
  });
  return answer === undefined ? undefined : parsed(answer);
}
