/** Runs in VS Code's extension host (extensionTestsPath): trains, types, and writes what it measured to CHAR_RNN_LATENCY. */
import { readFile, writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Suggestion, SuggestionRequest } from '../../src/completion/index.ts';
import type { TestView } from '../../src/extension.ts';
import type { Keystroke, Latency, Pass, Plan } from './measured.ts';
import { sampleStacks } from './stacks.ts';

/** Interval of the timer that measures the event loop; what exceeds it is a delay. */
const RESOLUTION_MS = 1;

export async function run(): Promise<void> {
  const plan = JSON.parse(await readFile(process.env['CHAR_RNN_PLAN']!, 'utf8')) as Plan;
  const latency = await measure(plan);
  await writeFile(process.env['CHAR_RNN_LATENCY']!, JSON.stringify(latency));
}

async function measure(plan: Plan): Promise<Latency> {
  const view = (await vscode.extensions
    .getExtension<TestView>('char-rnn.char-rnn')!
    .activate()) as Required<TestView>;
  await configure({
    'charRnn.suggestions.maxLength': plan.maxLength,
    'charRnn.training.minutes': plan.trainingMinutes,
  });
  await vscode.commands.executeCommand('charRnn.train');
  await untilReady(view);

  const typist = new Typist(plan, view);
  const passes: Pass[] = [];
  passes.push(await typist.pass('idle, asked at each change', { asks: 'bench' }));
  passes.push(await typist.pass('idle, asked by VS Code', { asks: 'editor' }));
  for (const { lineEnd, files } of plan.freshFiles)
    passes.push(await typist.firstKeys(`idle, first key in a file just opened, ${lineEnd}`, files));
  await setSuggestions(false);
  passes.push(await typist.pass('idle, suggestions off', { asks: 'editor' }));

  await configure({ 'charRnn.training.minutes': 60 });
  const training = vscode.commands.executeCommand('charRnn.train');
  await until(() => view.status()?.kind === 'training');
  await sleep(4000);
  passes.push(await typist.pass('training, suggestions off', { asks: 'editor' }));
  await setSuggestions(true);
  const takeBack = withoutRests(view);
  passes.push(await typist.pass('training without rests, asked at each change', { asks: 'bench' }));
  takeBack();
  passes.push(await typist.pass('training, asked at each change', { asks: 'bench' }));
  passes.push(await typist.pass('training, asked by VS Code', { asks: 'editor' }));
  passes.push(await typist.pass('training, asked by VS Code, sampled', { asks: 'editor', sampled: true }));
  await vscode.commands.executeCommand('charRnn.stopTraining');
  await training;
  return { passes, offered: typist.answers.filter(({ suggestion }) => suggestion !== undefined).length };
}

/** Hides the typing from the training, so that it does not pause. @returns a function that ends this. */
function withoutRests(view: TestView): () => void {
  const run = view.training && (Reflect.get(view.training, 'run') as { noteTyping: () => void } | undefined);
  if (run === undefined) throw new Error('no training is under way');
  const { noteTyping } = run;
  run.noteTyping = () => undefined;
  return () => (run.noteTyping = noteTyping);
}

interface Answer {
  readonly request: SuggestionRequest;
  readonly suggestion: Suggestion | undefined;
}

/** Types at another line in each pass, and records the answer to each keystroke. */
class Typist {
  /** The worker's answers to the last requests of the bench itself. */
  answers: Answer[] = [];

  private readonly plan: Plan;
  private readonly provider: TestView['suggestions']['provider'];
  private passes = 0;
  /** The token of requests by the bench itself; while it is set, VS Code's own requests are not counted. */
  private token: vscode.CancellationToken | undefined;
  private changedAt = 0;
  private keystrokes: Keystroke[] = [];

  constructor(plan: Plan, { suggestions: { provider, client } }: Required<TestView>) {
    this.plan = plan;
    this.provider = provider;
    const suggest = client.suggest.bind(client);
    client.suggest = async (request, signal) => {
      const suggestion = await suggest(request, signal);
      if (!signal?.aborted) this.answers.push({ request, suggestion });
      return suggestion;
    };
    const provide = provider.provideInlineCompletionItems.bind(provider);
    provider.provideInlineCompletionItems = async (...asked) => {
      const begin = performance.now();
      const pending = provide(...asked);
      const held = performance.now() - begin;
      const answer = await pending;
      const text = answer[0]?.insertText ?? '';
      const characters = typeof text === 'string' ? text.length : text.value.length;
      const untilAnswered = performance.now() - begin;
      if (!asked[3].isCancellationRequested && (!this.token || this.token === asked[3]))
        this.keystrokes.push({ untilAsked: begin - this.changedAt, untilAnswered, held, characters });
      return answer;
    };
  }

  /** Opens each file and types one key in it, half a second after the cursor came there. */
  async firstKeys(name: string, files: readonly string[]): Promise<Pass> {
    await configure({ 'editor.inlineSuggest.enabled': false });
    const source = new vscode.CancellationTokenSource();
    this.token = source.token;
    this.keystrokes = [];
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    for (const file of files) {
      const [root] = vscode.workspace.workspaceFolders!;
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root.uri, file));
      const editor = await vscode.window.showTextDocument(document);
      const start = new vscode.Position(this.plan.line, 0);
      editor.selection = new vscode.Selection(start, start);
      await sleep(500);
      await vscode.commands.executeCommand('type', { text: 'r' });
      this.changedAt = performance.now();
      await this.provider.provideInlineCompletionItems(
        document,
        start.translate(0, 1),
        AUTOMATIC,
        source.token,
      );
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    delay.disable();
    return {
      name,
      keystrokes: this.keystrokes,
      longestHold: delay.max / 1e6 - RESOLUTION_MS,
      hold99: delay.percentile(99) / 1e6 - RESOLUTION_MS,
    };
  }

  async pass(
    name: string,
    { asks, sampled = false }: { asks: 'bench' | 'editor'; sampled?: boolean },
  ): Promise<Pass> {
    const { plan } = this;
    await configure({ 'editor.inlineSuggest.enabled': asks === 'editor' });
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, plan.file),
    );
    const editor = await vscode.window.showTextDocument(document);
    const start = new vscode.Position(plan.line - 100 * this.passes++, 0);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start));
    await editor.edit((edit) => edit.insert(start, '\n'));
    editor.selection = new vscode.Selection(start, start);
    await sleep(1500);
    const source = new vscode.CancellationTokenSource();
    this.token = asks === 'bench' ? source.token : undefined;
    const listener = vscode.workspace.onDidChangeTextDocument(
      ({ document: changed, contentChanges: [change] }) => {
        if (changed !== document || change === undefined) return;
        this.changedAt = performance.now();
        if (asks === 'editor' || change.text.includes('\n')) return;
        const position = change.range.start.translate(0, change.text.length);
        void this.provider.provideInlineCompletionItems(document, position, AUTOMATIC, source.token);
      },
    );
    this.keystrokes = [];
    this.answers = [];
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const samples = sampled ? await sampleStacks() : undefined;
    const keys = [...plan.lines.join('\n')].slice(0, plan.keystrokes);
    for (const key of keys) {
      const next = sleep(plan.interval);
      await vscode.commands.executeCommand('type', { text: key });
      await next;
    }
    await sleep(300);
    delay.disable();
    listener.dispose();
    const ours = await samples?.();
    const typed = document.getText(
      new vscode.Range(start, start.translate(keys.filter((key) => key === '\n').length, 200)),
    );
    if (!typed.startsWith(keys.join('')))
      throw new Error(`typed ${JSON.stringify(keys.join(''))}, found ${JSON.stringify(typed)}`);
    return {
      name,
      keystrokes: this.keystrokes,
      longestHold: delay.max / 1e6 - RESOLUTION_MS,
      hold99: delay.percentile(99) / 1e6 - RESOLUTION_MS,
      ...(ours && { ours }),
    };
  }
}

const AUTOMATIC: vscode.InlineCompletionContext = {
  triggerKind: vscode.InlineCompletionTriggerKind.Automatic,
  selectedCompletionInfo: undefined,
};

async function setSuggestions(on: boolean): Promise<void> {
  await configure({ 'charRnn.suggestions.enabled': { '*': on } });
}

async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) {
    await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);
  }
}

async function untilReady(view: TestView): Promise<void> {
  await until(() => view.status()?.kind === 'ready');
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 60_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('waited 60 s in vain');
    await sleep(50);
  }
}
