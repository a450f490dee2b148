import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import type { Snooze } from '../inline-completion/snooze.ts';

/** What this command needs of the snooze. */
export type Snoozable = Pick<Snooze, 'begin' | 'end' | 'isOn'>;

/** Minutes of each choice; without an end, suggestions rest until the window closes. */
const choices = (): { label: string; minutes: number }[] => [
  { label: localize`For 5 Minutes`, minutes: 5 },
  { label: localize`For an Hour`, minutes: 60 },
  { label: localize`Until This Window Closes`, minutes: Infinity },
];

/** Asks how long no ghost text is to come; where it rests already, ending that is the first choice. */
export async function chooseSnooze(snooze: Snoozable): Promise<void> {
  const end = { label: localize`Suggest Again Now`, minutes: 0 };
  const chosen = await vscode.window.showQuickPick(snooze.isOn ? [end, ...choices()] : choices(), {
    placeHolder: localize`How long suggestions of Char-RNN rest in this window`,
  });
  if (chosen === undefined) return;
  if (chosen === end) snooze.end();
  else snooze.begin(chosen.minutes);
}
