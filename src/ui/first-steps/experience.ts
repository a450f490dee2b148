import type * as vscode from 'vscode';

const ACCEPTED_KEY = 'hasAcceptedSuggestion';
const FIRST_STEPS_KEY = 'hasSeenFirstSteps';

/** How far the person has come with this extension, in all windows and for good. */
export class Experience {
  private readonly state: Pick<vscode.Memento, 'get' | 'update'>;

  /** @param state that is kept across workspaces */
  constructor(state: Pick<vscode.Memento, 'get' | 'update'>) {
    this.state = state;
  }

  /** Whether a suggestion was ever accepted. */
  get hasAccepted(): boolean {
    return this.state.get(ACCEPTED_KEY) === true;
  }

  /** Whether the walkthrough was opened, or need not be any more. */
  get hasSeenFirstSteps(): boolean {
    return this.state.get(FIRST_STEPS_KEY) === true;
  }

  noteAccepted(): void {
    if (!this.hasAccepted) void this.state.update(ACCEPTED_KEY, true);
  }

  noteFirstSteps(): void {
    if (!this.hasSeenFirstSteps) void this.state.update(FIRST_STEPS_KEY, true);
  }
}
