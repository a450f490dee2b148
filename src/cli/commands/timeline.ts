import { resolve } from 'node:path';
import { Command } from 'commander';
import { readModel } from '../../model/index.ts';
import { jsonOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';
import { sampleHeading, shownSample } from '../output/shown-sample.ts';

export function timelineCommand(output: Output): Command {
  return new Command('timeline')
    .description('Shows how the writing of a model grew up: the samples it wrote while it was trained.')
    .argument('<file>', 'model file, of a training with --sample-every')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  char-rnn timeline code.safetensors')
    .action(async (path: string, options: { json?: true }) => {
      const { samples } = (await readModel(resolve(path))).training;
      if (options.json) {
        await output.json({ samples });
      } else if (samples.length === 0) {
        await output.line(
          'This model wrote nothing while it was trained; train with --sample-every to have it do so.',
        );
      } else {
        const entries = samples.map((sample) => `${sampleHeading(sample)}\n${shownSample(sample.text)}\n`);
        await output.line(entries.join('\n').trimEnd());
      }
    });
}
