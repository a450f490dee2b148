import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import { sample } from '../../sampling/index.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import { openStepper } from '../open-network.ts';
import { integerOption, seedOption, temperatureOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';

export function sampleCommand(output: Output): Command {
  return new Command('sample')
    .description(
      'Lets a model write: from the start of a file, or on from --prime, which is not printed again.',
    )
    .argument('<file>', 'model file')
    .option('--prime <text>', 'text to continue', '')
    .addOption(integerOption('--length <n>', 'characters to write', 0, 1e9).default(500))
    .addOption(temperatureOption(0.5))
    .addOption(seedOption('the same seed writes the same text'))
    .addHelpText(
      'after',
      '\nThe network writes alone, whether or not it was trained together with a context model of the files; Generate Sample in the\neditor writes with both. Above temperature 0 no passage of more than about 40 characters is repeated.\n' +
        '\nExample:\n  char-rnn sample code.safetensors --prime "int main" --temperature 0.4',
    )
    .action(async (path: string, options: SampleOptions) => {
      const { stepper, vocabulary } = await openStepper(path);
      let last = '';
      for (const text of sample(stepper, vocabulary, options)) {
        await output.write(text);
        last = text;
        // Ctrl-C is only seen between two chunks.
        await setImmediate();
      }
      // Scripts get the sample to the letter; the prompt of a terminal goes on a line of its own.
      if (output.isTerminal && !last.endsWith('\n')) await output.write('\n');
    });
}
