import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { readModel } from '../../src/model/index.ts';
import { smallSettings } from './constants.ts';
import { configure, extension, untilStatus, type TestView } from './editor.ts';

/** Nothing is held out, so that what is saved is always what was learnt last rather than what was best so far. */
export const nothingHeldOut = { 'charRnn.training.validationFraction': 0 };

export async function train(settings: Readonly<Record<string, unknown>> = smallSettings): Promise<void> {
  await configure(settings);
  await vscode.commands.executeCommand('charRnn.train');
}

/** The extension with a model that suggestions use; trains one where there is none. */
export async function trained(): Promise<TestView & { modelPath: string }> {
  const view = await extension();
  if (!existsSync(view.modelPath)) await train();
  await untilStatus(view, 'ready');
  return view;
}

/** Steps the model on disk was trained for; throws when the file is not whole. */
export async function stepsTrained(modelPath: string): Promise<number> {
  const { training } = await readModel(modelPath);
  return training.steps;
}
