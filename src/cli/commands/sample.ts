import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import { besideFor, sample } from '../../sampling/index.ts';
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
      '\nA model trained with a memory writes beside a memory of the prime and of what it has written, and of nothing else.\n' +
        '\nExample:\n  char-rnn sample code.safetensors --prime "int main" --temperature 0.4',
    )
    .action(async (path: string, options: SampleOptions) => {
      const { stepper, vocabulary } = await openStepper(path);
      let last = '';
      const beside = await besideFor(stepper, options.prime);
      for (const text of sample(stepper, vocabulary, options, beside)) {
        await output.write(text);
        last = text;
        // Ctrl-C is only seen between two chunks.
        await setImmediate();
      }
      // Scripts get the sample to the letter; the prompt of a terminal goes on a line of its own.
      if (output.isTerminal && !last.endsWith('\n')) await output.write('\n');
    });
}
