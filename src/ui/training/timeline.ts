import * as vscode from 'vscode';
import { localize } from '../../common/localization/localize.ts';
import { numberText } from '../../common/localization/numbers.ts';
import { readModel } from '../../model/index.ts';
import type { WritingSample } from '../../model/index.ts';

/** What `Generate Sample` can show: a new sample, or those written during training. */
export type SampleKind = 'new' | 'timeline';

/**
 * Asks whether to write a new sample or show those of the training, where there are some.
 * @returns undefined when the question was dismissed.
 */
export async function askSampleKind(samples: readonly WritingSample[]): Promise<SampleKind | undefined> {
  if (samples.length === 0) return 'new';
  const [first, last] = [samples[0], samples[samples.length - 1]];
  const chosen = await vscode.window.showQuickPick(
    [
      { label: localize`Write a new sample`, kindOfSample: 'new' as const },
      {
        label: localize`Show how the writing grew up`,
        description:
          samples.length === 1
            ? localize`1 sample, of step ${first.step}`
            : localize`${samples.length} samples, from step ${first.step} to ${last.step}`,
        kindOfSample: 'timeline' as const,
      },
    ],
    { title: 'Char-RNN' },
  );
  return chosen?.kindOfSample;
}

/** The samples that a model wrote while it was trained; none where the file cannot be read. */
export async function samplesOf(modelPath: string): Promise<readonly WritingSample[]> {
  try {
    return (await readModel(modelPath)).training.samples;
  } catch {
    // A fault of the file is reported when the model is used.
    return [];
  }
}

export async function showTimeline(samples: readonly WritingSample[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: timelineText(samples) });
  await vscode.window.showTextDocument(document);
}

/** The samples one after the other, each under a line with its step, epoch and loss. */
export function timelineText(samples: readonly WritingSample[]): string {
  const entries = samples.map(({ step, epoch, loss, text }) => {
    const heading = localize`step ${step}, epoch ${numberText(epoch, 2)}, loss ${numberText(loss, 3)} nats`;
    return `===== ${heading} =====\n${text.replace(/\n$/, '')}\n`;
  });
  return entries.join('\n');
}
