import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import { sample } from '../completion/index.ts';
import type { SampleOptions } from '../completion/index.ts';
import { openStepper } from './open-network.ts';
import { integerOption, seedOption, temperatureOption } from './option-values.ts';
import type { Output } from './output.ts';

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
