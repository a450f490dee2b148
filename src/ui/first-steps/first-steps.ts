import * as vscode from 'vscode';
import type { Obstacle } from '../../session/index.ts';
import type { ModelStore } from '../model/model-store.ts';
import type { Experience } from './experience.ts';

/** The walkthrough of the manifest, as VS Code names it: the extension's id and its own. */
export const WALKTHROUGH = 'char-rnn.char-rnn#firstSteps';

/** VS Code's setting for whether walkthroughs open after an installation. */
const OPEN_ON_INSTALL = 'workbench.welcomePage.walkthroughs.openOnInstall';
/** The extension starts within so many seconds after its host; later only where it was installed in the meantime. */
const MAX_START_SECONDS = 60;

/** What decides whether the walkthrough is opened. */
export interface FirstStepsInputs {
  readonly hasSeen: boolean;
  /** Whether the person has accepted a suggestion or trained, and so knows their way. */
  readonly isExperienced: boolean;
  /** Whether VS Code's setting allows it. */
  readonly isAllowed: boolean;
  /** Whether the extension was installed from this window, so that VS Code itself opens the walkthrough. */
  readonly isOpenedByEditor: boolean;
  /** Whether the extension is installed, rather than run by its developers or tests. */
  readonly isInstalled: boolean;
  readonly isWeb: boolean;
  /** Of several windows, only the one that a person looks at opens it. */
  readonly isFocused: boolean;
  readonly obstacle: Obstacle;
}

/**
 * Whether to open the walkthrough now, never, or perhaps in another window: without a trusted folder, a window was
 * opened for something else.
 */
export function firstStepsDecision(inputs: FirstStepsInputs): 'now' | 'never' | 'later' {
  const { isInstalled, isWeb, isFocused, obstacle } = inputs;
  if (inputs.hasSeen || inputs.isExperienced || !inputs.isAllowed || inputs.isOpenedByEditor) return 'never';
  return isInstalled && !isWeb && isFocused && obstacle === undefined ? 'now' : 'later';
}

/** What the opening depends on. */
export interface FirstStepsParts {
  readonly experience: Pick<Experience, 'hasAccepted' | 'hasSeenFirstSteps' | 'noteFirstSteps'>;
  readonly context: Pick<vscode.ExtensionContext, 'extensionMode'>;
  readonly obstacle: Obstacle;
  /** Undefined where no folder is open. */
  readonly store: Pick<ModelStore, 'version'> | undefined;
}

/**
 * Opens the walkthrough once after installing. VS Code does so itself where the extension is installed from its window,
 * but not after an installation by the command line.
 */
export async function openFirstSteps({
  experience,
  context,
  obstacle,
  store,
}: FirstStepsParts): Promise<void> {
  if (experience.hasSeenFirstSteps) return;
  const hasModel = obstacle === undefined && (await store?.version()) !== undefined;
  const decision = firstStepsDecision({
    hasSeen: experience.hasSeenFirstSteps,
    isExperienced: experience.hasAccepted || hasModel,
    isAllowed: vscode.workspace.getConfiguration().get<boolean>(OPEN_ON_INSTALL) !== false,
    isOpenedByEditor: process.uptime() > MAX_START_SECONDS,
    isInstalled: context.extensionMode === vscode.ExtensionMode.Production,
    isWeb: vscode.env.uiKind === vscode.UIKind.Web,
    isFocused: vscode.window.state.focused,
    obstacle,
  });
  if (decision === 'later') return;
  experience.noteFirstSteps();
  if (decision === 'never') return;
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}
