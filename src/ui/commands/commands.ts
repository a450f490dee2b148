import * as vscode from 'vscode';
import { UserFacingError } from '../../common/errors.ts';
import { localize } from '../../common/localization/localize.ts';
import { message, englishText } from '../../common/localization/message.ts';
import type { SuggestionClient } from '../../completion/index.ts';
import type { MemoryStore } from '../../session/index.ts';
import { readSetting } from '../../settings.ts';
import { COMMAND_IDS, type CommandName } from '../command-ids.ts';
import type { ModelStore } from '../model/model-store.ts';
import type { TrainingPanel } from '../panel/training-panel.ts';
import type { ModelSession } from '../session/model-session.ts';
import { notify, notifyError } from '../status/notifications.ts';
import type { SurpriseView } from '../surprise/surprise-view.ts';
import { askSampleKind, samplesOf, showTimeline } from '../training/timeline.ts';
import type { TrainingController } from '../training/training-controller.ts';
import { type DeletableStore, deleteModel } from './delete-model.ts';
import { generateSample } from './generate-sample.ts';
import { chooseSnooze, type Snoozable } from './choose-snooze.ts';
import { showUnit, type UnitShower } from './show-unit.ts';
import { goToNextSurprise } from './next-surprise.ts';
import { toggleSuggestions } from './toggle-suggestions.ts';
import { toggleSurprise } from './toggle-surprise.ts';
import { type AdoptingStore, useModelFile } from './use-model-file.ts';

/** The parts of the model and training of this workspace that commands use. */
interface CommandWorkspace {
  readonly store: DeletableStore & AdoptingStore & Pick<ModelStore, 'path'>;
  readonly memory: Pick<MemoryStore, 'forget'>;
  readonly training: Pick<TrainingController, 'state' | 'train' | 'stop' | 'forgetFailure'>;
}

/** The parts of the extension that commands act on. */
export interface CommandContext {
  readonly client: Pick<SuggestionClient, 'status' | 'whenLoaded' | 'requireModel' | 'sample'> & {
    readonly units: Pick<SuggestionClient['units'], 'network' | 'requireNetwork' | 'find'>;
  };
  readonly session: Pick<ModelSession, 'refresh' | 'noteModelMissing'> & {
    requireWorkspace(): CommandWorkspace;
    requireIdleWorkspace(done: 'deleted' | 'replaced'): CommandWorkspace;
  };
  /** Undefined where no folder is open. */
  readonly training: CommandWorkspace['training'] | undefined;
  readonly snooze: Snoozable;
  readonly panel: Pick<TrainingPanel, 'show'>;
  readonly units: UnitShower;
  readonly surprise: Pick<SurpriseView, 'marksOf'>;
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'warn' | 'show'>;
}

/** What the Settings editor searches for to show the settings of this extension alone. */
const EXTENSION_SETTINGS = '@ext:char-rnn.char-rnn';

/** @param given the first argument of a key binding or of `executeCommand`. */
type Run = (context: CommandContext, given?: unknown) => unknown;

const RUNS: Readonly<Record<CommandName, Run>> = {
  train: ({ session }) => session.requireWorkspace().training.train(),
  trainWithWasm: ({ session }) => session.requireWorkspace().training.train('wasm'),
  stopTraining: async ({ training }) => {
    if (training?.stop()) return;
    await notify('information', localize`Char-RNN is not training, so there is nothing to stop.`);
  },
  generate,
  toggleSuggestions: () => toggleSuggestions(),
  snooze: ({ snooze }) => chooseSnooze(snooze),
  toggleSurprise: showSurprise,
  nextSurprise: ({ surprise }) => goToNextSurprise(surprise),
  showUnit: async ({ client, session, training, units, log }, given) => {
    session.requireWorkspace();
    // Just after a window was opened, the model may not have been found yet.
    if (!training?.state) await session.refresh();
    await showUnit(units, client, log, given);
  },
  useModelFile: async ({ session }, given) => {
    const { store, training } = session.requireIdleWorkspace('replaced');
    await useModelFile(store, given, () => {
      training.forgetFailure();
      void session.refresh();
    });
  },
  deleteModel: async ({ session }) => {
    const { store, memory, training } = session.requireIdleWorkspace('deleted');
    await memory.forget();
    const lookAgain = (): void => {
      training.forgetFailure();
      void session.refresh();
    };
    const suggestsBeforeTraining = readSetting('charRnn.suggestions.beforeTraining', () => undefined);
    await deleteModel(store, lookAgain, () => session.noteModelMissing(), suggestsBeforeTraining);
  },
  openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', EXTENSION_SETTINGS),
  showLog: ({ log }) => log.show(),
  showTraining: ({ panel }) => panel.show(),
};

/** A command as it is registered. */
export interface Command {
  readonly id: string;
  readonly run: Run;
}

/** Every command of the extension. */
export const COMMANDS: readonly Command[] = Object.entries(COMMAND_IDS).map(([name, id]) => ({
  id,
  run: RUNS[name as CommandName],
}));

/** Registers every command; whatever one throws is shown as one sentence. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const registered = COMMANDS.map(({ id, run }) =>
    vscode.commands.registerCommand(id, async (given?: unknown) => {
      try {
        await run(context, given);
      } catch (error) {
        notifyError(error, context.log);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

async function showSurprise({ client, session }: CommandContext): Promise<void> {
  session.requireWorkspace();
  const isOn = await toggleSurprise();
  const isReadUntrained = readSetting('charRnn.suggestions.beforeTraining', () => undefined);
  if (!isOn || isReadUntrained || client.status.kind !== 'noModel') return;
  await notify(
    'information',
    localize`No surprise is shown yet, because this workspace is read only once it has been trained on; train, or turn on charRnn.suggestions.beforeTraining.`,
  );
}

async function generate({ client, session, log }: CommandContext, given?: unknown): Promise<void> {
  const { store, training } = session.requireWorkspace();
  if (training.state && client.status.kind === 'noModel') {
    throw new UserFacingError(
      message`There is no model to write a sample with before the first checkpoint of this training; try again in half a minute.`,
    );
  }
  // Just after a window was opened, the model may not have been found or loaded yet.
  if (!training.state) await session.refresh();
  await client.whenLoaded();
  client.requireModel();
  const samples = given === undefined ? await samplesOf(store.path) : [];
  const kind = await askSampleKind(samples);
  if (kind === undefined) return;
  if (kind === 'timeline') return showTimeline(samples);
  await generateSample(
    client,
    readSetting('charRnn.temperature', (sentence) => log.warn(englishText(sentence))),
    given,
  );
}
