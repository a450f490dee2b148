import {
  type Connection,
  CompletionRequest,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { sentenceOf } from '../common/errors.ts';
import type { NodeProgram } from '../common/rpc/worker-channel.ts';
import { SuggestionClient } from '../completion/index.ts';
import { abilitiesOf, type ClientAbilities, foldersOf } from './client-abilities.ts';
import { COMMANDS } from './features/commands.ts';
import type { ServerLog } from './log.ts';
import { fieldsOf } from './params.ts';
import { Session } from './session.ts';
import { ServerSettings } from './settings/server-settings.ts';
import { Router } from './transport/router.ts';

/** The programs and files that the server works with. */
export interface ServerPrograms {
  /** Runs as the suggestion worker in a thread. */
  readonly worker: string;
  /** Runs as the training process. */
  readonly training: NodeProgram;
  /** File of the base network; undefined where it was not installed. */
  readonly basePath: string | undefined;
}

/** The language server: one client, one workspace, one suggestion worker, one training at a time. */
export class LanguageServer {
  private readonly connection: Connection;
  private readonly programs: ServerPrograms;
  private readonly log: ServerLog;
  private readonly router: Router;
  private readonly client: SuggestionClient;
  private session: Session | undefined;
  private completionIsOffered = false;

  constructor(connection: Connection, programs: ServerPrograms, log: ServerLog) {
    this.connection = connection;
    this.programs = programs;
    this.log = log;
    this.router = new Router(connection, log);
    this.client = new SuggestionClient(programs.worker, { onStatus: () => undefined, onLog: log.info });
    connection.onInitialize((params) => this.initialize(params));
  }

  /** Ends everything that runs. */
  dispose(): void {
    this.session?.dispose();
    this.client.dispose();
  }

  private initialize(params: unknown): InitializeResult {
    const abilities = abilitiesOf(params);
    const { initializationOptions, trace } = fieldsOf(params);
    const settings = new ServerSettings(initializationOptions);
    this.log.isVerbose = trace === 'verbose';
    const { training, basePath } = this.programs;
    const { connection, client, log } = this;
    this.session = new Session(
      { connection, client, settings, abilities, folders: foldersOf(params), training, basePath, log },
      () => this.offerCompletion(settings, abilities),
    );
    this.session.register(this.router);
    this.router.onNotification('$/setTrace', (given) => {
      this.log.isVerbose = fieldsOf(given)['value'] === 'verbose';
    });
    this.router.onNotification('initialized', async () => {
      if (abilities.watchesFiles) this.watchFiles();
      await this.session?.start();
    });
    this.completionIsOffered = settings.completes;
    return {
      serverInfo: { name: 'char-rnn', version },
      capabilities: {
        positionEncoding: abilities.encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        inlineCompletionProvider: true,
        ...(settings.completes && { completionProvider: {} }),
        executeCommandProvider: { commands: Object.keys(COMMANDS) },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private watchFiles(): void {
    const watchers = [{ globPattern: '**/*' }];
    this.connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error: unknown) => {
        this.log.warn(`changes of files are not reported: ${sentenceOf(error)}`);
      });
  }

  /** Offers suggestions as items of a list once the settings ask for them. */
  private offerCompletion(settings: ServerSettings, { registersCompletion }: ClientAbilities): void {
    if (!settings.completes || this.completionIsOffered || !registersCompletion) return;
    this.completionIsOffered = true;
    this.connection.client
      .register(CompletionRequest.type, { documentSelector: null })
      .catch((error: unknown) => {
        this.log.warn(`no items of a list are offered: ${sentenceOf(error)}`);
      });
  }
}
