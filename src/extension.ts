import * as vscode from 'vscode';
import manifest from '../package.json';
import { SuggestionClient } from './completion/index.ts';
import { isEnabledFor, MemoryStore, PowerSource } from './session/index.ts';
import { Settings } from './settings.ts';
import {
  CountsFile,
  Experience,
  GhostTextProvider,
  ModelSession,
  ModelStore,
  openFirstSteps,
  PanelSource,
  registerCommands,
  SettingFaults,
  sharedStorage,
  Snooze,
  registerGhostText,
  StatusView,
  SuggestionTally,
  SurpriseView,
  TrainingController,
  TrainingMark,
  TrainingPanel,
  UnaskedNotices,
  UnitView,
  useDisplayLanguage,
  WorkspaceChanges,
} from './ui/index.ts';
import type { StatusText } from './ui/index.ts';

/** The parts that tests and benches of the extension inspect. */
export interface TestView {
  readonly modelPath: string | undefined;
  trainingPid(): number | undefined;
  status(): StatusText | undefined;
  readonly training: TrainingController | undefined;
  readonly suggestions: {
    readonly client: SuggestionClient;
    readonly provider: GhostTextProvider;
    readonly tally: SuggestionTally;
  };
  readonly surprise: SurpriseView;
  readonly units: UnitView;
}

/** Creates the parts and connects them. The worker and the training process start when they are first needed. */
export function activate(context: vscode.ExtensionContext): TestView {
  useDisplayLanguage();
  // VS Code disposes from the front, so the part that was made last is disposed of first, and the log last.
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.unshift(part);
    return part;
  };
  const bundle = (name: string): string => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;

  const base = {
    path: vscode.Uri.joinPath(context.extensionUri, 'media', 'base-network.safetensors').fsPath,
    version: manifest.version,
    isBase: true,
  } as const;

  const log = own(vscode.window.createOutputChannel('Char-RNN', { log: true }));
  const settings = own(new Settings(() => undefined));
  const faults = own(new SettingFaults(log));
  const client = own(
    new SuggestionClient(bundle('suggestion-worker.cjs'), {
      onStatus: () => {
        status.refresh();
        surprise.noteWorkspace();
        units.noteNetwork();
      },
      onLog: (line) => log.info(line),
    }),
  );
  const storage = context.storageUri && sharedStorage(context.storageUri);
  const store = storage && own(new ModelStore(storage));
  const memory = storage && new MemoryStore(storage.fsPath, log);
  const mark = store && new TrainingMark(store.path);
  const experience = new Experience(context.globalState);
  const notices = new UnaskedNotices(experience, log);
  const training =
    store &&
    mark &&
    own(new TrainingController(bundle('training-process.cjs'), base.path, store, log, mark, notices));
  const changes = store && own(new WorkspaceChanges((path) => client.isIgnored(path), new PowerSource()));
  const snooze = own(new Snooze());
  const status = own(new StatusView({ client, training, changes, faults, snooze }));
  const workspace = store && memory && training && changes && { store, memory, training, changes };
  const session = own(new ModelSession(client, workspace, base, log));
  const counts = new CountsFile(
    vscode.Uri.joinPath(context.globalStorageUri, 'suggestion-counts.json').fsPath,
  );
  const tally = own(new SuggestionTally(counts, log));
  own(tally.onDidTake(() => experience.noteAccepted()));
  const source = own(new PanelSource(workspace, log));
  const bundles = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const panel = own(new TrainingPanel({ source, tally, log, bundles }));
  const units = own(new UnitView(client, log));
  const surprise = own(
    new SurpriseView(
      client,
      () => ({
        isOn: settings.get('charRnn.surprise.enabled'),
        threshold: settings.get('charRnn.surprise.threshold'),
      }),
      log,
    ),
  );
  own(registerCommands({ client, session, training, snooze, panel, units, surprise, log }));
  if (session.obstacle === undefined) void mark?.reportCutOff(notices);
  void openFirstSteps({ experience, context, obstacle: session.obstacle, store });

  const provider = new GhostTextProvider(
    client,
    () => ({
      temperature: settings.get('charRnn.temperature'),
      maxLength: settings.get('charRnn.suggestions.maxLength'),
      delay: settings.get('charRnn.suggestions.delay'),
      eagerness: settings.get('charRnn.suggestions.eagerness'),
      isSnoozed: snooze.isOn,
      isEnabled: (languageId) => isEnabledFor(settings.get('charRnn.suggestions.enabled'), languageId),
    }),
    tally,
  );
  own(registerGhostText(client, provider));

  return {
    modelPath: store?.path,
    trainingPid: () => training?.pid,
    status: () => status.shown,
    training,
    suggestions: { client, provider, tally },
    surprise,
    units,
  };
}
