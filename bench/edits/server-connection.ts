import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type InlineCompletionItem,
  InlineCompletionTriggerKind,
  type Position,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { Eagerness } from '../../src/completion/parts.ts';

/** The built command line, below the folder where benches run. */
const COMMAND_LINE = 'dist/cli.js';

/** The language server as an editor sees it that has one workspace folder and no settings of its own. */
export class ServerConnection {
  private readonly child;
  private readonly connection;
  private readonly folder: string;
  private settings = '';

  /** @param cache folder that is the user's cache. */
  constructor(folder: string, cache: string) {
    this.folder = folder;
    this.child = spawn(process.execPath, [path.resolve(COMMAND_LINE), 'lsp', '--stdio'], {
      env: { ...process.env, XDG_CACHE_HOME: cache },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.listen();
  }

  /** Settles when the files are remembered. @param maxMillions how much of them is. */
  async start(maxMillions: number): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(this.folder).href, name: 'workspace' }],
      initializationOptions: { charRnn: { memory: { maxSize: maxMillions } } },
    });
    await this.notify('initialized', {});
    await this.command('whenReady', {});
  }

  command(name: string, argument: object): Promise<unknown> {
    return this.connection.sendRequest('workspace/executeCommand', {
      command: `charRnn.${name}`,
      arguments: [argument],
    });
  }

  open(uri: string, languageId: string, text: string): Promise<void> {
    return this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  change(
    uri: string,
    version: number,
    range: { start: Position; end: Position },
    text: string,
  ): Promise<void> {
    return this.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  close(uri: string): Promise<void> {
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Sets how readily suggestions come from now on, and how long they are, in characters. */
  async configure(eagerness: Eagerness, maxLength: number): Promise<void> {
    const suggestions = { eagerness, maxLength };
    if (JSON.stringify(suggestions) === this.settings) return;
    this.settings = JSON.stringify(suggestions);
    await this.notify('workspace/didChangeConfiguration', {
      settings: { charRnn: { suggestions } },
    });
  }

  /** The first text that is suggested at a position. */
  async suggestion(uri: string, position: Position, isByHand: boolean): Promise<string | undefined> {
    const { Invoked, Automatic } = InlineCompletionTriggerKind;
    const items: InlineCompletionItem[] = await this.connection.sendRequest('textDocument/inlineCompletion', {
      textDocument: { uri },
      position,
      context: { triggerKind: isByHand ? Invoked : Automatic },
    });
    const text = items[0]?.insertText;
    return typeof text === 'string' ? text : text?.value;
  }

  dispose(): void {
    this.connection.dispose();
    this.child.kill();
  }

  private notify(method: string, params: object): Promise<void> {
    return this.connection.sendNotification(method, params);
  }
}
