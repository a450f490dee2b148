import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import type { NodeProgram } from '../common/rpc/worker-channel.ts';
import type { SuggestionClient } from '../completion/index.ts';
import type { ClientAbilities } from './client-abilities.ts';
import { pathOf } from './documents/open-document.ts';
import { OpenDocuments } from './documents/open-documents.ts';
import { COMMANDS, type CommandContext } from './features/commands.ts';
import { progressFor } from './features/progress.ts';
import { SuggestionFeature } from './features/suggestions.ts';
import { ServerTraining } from './features/training.ts';
import type { ServerLog } from './log.ts';
import { fieldsOf, invalidParams } from './params.ts';
import type { ServerSettings } from './settings/server-settings.ts';
import { SettingsSource } from './settings/settings-source.ts';
import type { Router } from './transport/router.ts';
import { ServerWorkspace } from './workspace/workspace.ts';

/** What a session is made of. */
export interface SessionOptions {
  readonly connection: Connection;
  readonly client: SuggestionClient;
  readonly settings: ServerSettings;
  readonly abilities: ClientAbilities;
  /** Paths of the workspace folders. */
  readonly folders: readonly string[];
  /** The training process. */
  readonly training: NodeProgram;
  readonly basePath: string | undefined;
  readonly log: ServerLog;
}

/** Everything that the server knows of its client, from `initialize` on. */
export class Session {
  private readonly options: SessionOptions;
  private readonly workspace: ServerWorkspace;
  private readonly training: ServerTraining;
  private readonly documents: OpenDocuments;
  private readonly suggestions: SuggestionFeature;
  private readonly source: SettingsSource;
  private readonly onSettings: () => void;
  private isStarted: Promise<void> = Promise.resolve();

  /** @param onSettings called when settings may have changed. */
  constructor(options: SessionOptions, onSettings: () => void) {
    const { connection, client, settings, abilities, folders, basePath, log } = options;
    this.options = options;
    this.onSettings = onSettings;
    this.workspace = new ServerWorkspace(client, settings, { folders, basePath }, log);
    this.training = new ServerTraining({
      program: options.training,
      workspace: this.workspace,
      settings,
      log,
    });
    this.documents = new OpenDocuments(client, abilities.encoding, (document, changes) => {
      this.suggestions.flow.noteChange(document.name, changes);
      this.training.noteTyping();
    });
    this.suggestions = new SuggestionFeature(client, this.documents, settings);
    this.source = new SettingsSource(connection, settings, abilities, log, () => {
      this.workspace.noteSettings();
      this.onSettings();
    });
  }

  /** Registers the handlers of everything that comes after `initialize`. */
  register(router: Router): void {
    const { documents, workspace, suggestions } = this;
    router.onNotification('textDocument/didOpen', (params) => documents.open(params));
    router.onNotification('textDocument/didChange', (params) => documents.change(params));
    router.onNotification('textDocument/didClose', (params) => documents.close(params));
    router.onNotification('textDocument/didSave', (params) => {
      const path = pathOf(documents.save(params).uri);
      if (path !== undefined) workspace.changes.noteFile(path);
    });
    router.onNotification('workspace/didChangeConfiguration', (params) => this.source.change(params));
    router.onNotification('workspace/didChangeWatchedFiles', (params) => this.noteFiles(params));
    router.onNotification('workspace/didChangeWorkspaceFolders', (params) => this.changeFolders(params));
    router.onNotification('window/workDoneProgress/cancel', (params) =>
      this.training.noteCancelled(fieldsOf(params)['token']),
    );
    router.onRequest('textDocument/inlineCompletion', (params, token) =>
      unlessCancelled(token, suggestions.inlineCompletions(params, token)),
    );
    router.onRequest('textDocument/completion', (params, token) =>
      unlessCancelled(token, suggestions.completions(params, token)),
    );
    router.onRequest('workspace/executeCommand', (params, token) => this.execute(params, token));
  }

  /** Ends what runs; a training saves what it has learnt by itself. */
  dispose(): void {
    this.training.stop();
    this.workspace.dispose();
  }

  /** After `initialized`. Reads nothing before the settings are known that keep files out. */
  async start(): Promise<void> {
    this.isStarted = this.source.start().then(() => {
      this.workspace.start();
      this.onSettings();
    });
    await this.isStarted;
  }

  private async execute(params: unknown, token: CancellationToken): Promise<unknown> {
    const { command, arguments: args, workDoneToken } = fieldsOf(params);
    if (typeof command !== 'string' || !Object.hasOwn(COMMANDS, command))
      throw invalidParams(
        `There is no command ${JSON.stringify(command)}; there are ${Object.keys(COMMANDS).join(', ')}.`,
      );
    await this.isStarted;
    const { client, settings, connection, abilities } = this.options;
    const { documents, workspace, training } = this;
    const context: CommandContext = {
      client,
      documents,
      settings,
      workspace,
      training,
      watchesFiles: abilities.watchesFiles,
    };
    const given = fieldsOf(Array.isArray(args) ? args[0] : undefined);
    const makeProgress = () => progressFor(connection, workDoneToken, abilities.showsProgress);
    return COMMANDS[command](context, { given, token, makeProgress });
  }

  private noteFiles(params: unknown): void {
    for (const change of listOf(fieldsOf(params)['changes'])) {
      const path = pathIn(change);
      if (path !== undefined) this.workspace.changes.noteFile(path);
    }
  }

  private changeFolders(params: unknown): void {
    const { added, removed } = fieldsOf(fieldsOf(params)['event']);
    const pathsIn = (list: unknown): string[] => listOf(list).flatMap((each) => pathIn(each) ?? []);
    const gone = new Set(pathsIn(removed));
    this.workspace.setFolders((folders) => [
      ...new Set([...folders.filter((each) => !gone.has(each)), ...pathsIn(added)]),
    ]);
  }
}

async function unlessCancelled<T>(token: CancellationToken, answer: Promise<T>): Promise<T> {
  const result = await answer;
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The client cancelled the request.');
  return result;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function pathIn(value: unknown): string | undefined {
  const { uri } = fieldsOf(value);
  return typeof uri === 'string' ? pathOf(uri) : undefined;
}
