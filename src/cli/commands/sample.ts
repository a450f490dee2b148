import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';
import { normalized } from '../../common/text.ts';
import { loadNetwork } from '../../completion/index.ts';
import { Vocabulary } from '../../corpus/index.ts';
import { sample } from '../../sampling/index.ts';
import type { SampleOptions } from '../../sampling/index.ts';
import { readSource } from '../source-text.ts';
import { integerOption, seedOption, temperatureOption } from '../options/option-values.ts';
import { UsageError } from '../output/exit-status.ts';
import type { Output } from '../output/output.ts';

type SampleFlags = SampleOptions & { readonly primeFile?: string };

/** Limit on the unknown characters that the warning lists. */
const MAX_NAMED = 20;

export function sampleCommand(output: Output): Command {
  return new Command('sample')
    .description(
      'Lets a model write: from the start of a file, or on from --prime, which is not printed again.',
    )
    .argument('<file>', 'model file')
    .option('--prime <text>', 'text to continue', '')
    .option('--prime-file <file>', 'file whose text to continue; - is standard input')
    .addOption(integerOption('--length <n>', 'characters to write', 0, 1e9).default(500))
    .addOption(temperatureOption(0.5))
    .addOption(seedOption('the same seed writes the same text'))
    .addHelpText(
      'after',
      '\nThe network writes alone, whether or not it was trained together with a context model of the files; Generate Sample in the\neditor writes with both. Above temperature 0 no passage of more than about 40 characters is repeated.\n' +
        '\nExample:\n  char-rnn sample code.safetensors --prime "int main" --temperature 0.4',
    )
    .action(async (path: string, { primeFile, ...given }: SampleFlags) => {
      if (primeFile !== undefined && given.prime !== '') {
        throw new UsageError('--prime and --prime-file both name what to continue; give one of them.');
      }
      const options = primeFile === undefined ? given : { ...given, prime: await readSource(primeFile) };
      const { stepper, vocabulary } = await loadNetwork(resolve(path));
      const unknown = unknownCharacters(options.prime, vocabulary);
      if (unknown.length > 0) process.stderr.write(`${unknownSentence(unknown)}\n`);
      let last = '';
      for (const text of sample(stepper, vocabulary, options)) {
        await output.write(text);
        last = text;
        // Ctrl-C is only seen between two chunks.
        await setImmediate();
      }
      // Scripts get exactly the sample; on a terminal, a line end keeps the prompt off its last line.
      if (output.isTerminal && !last.endsWith('\n')) await output.write('\n');
    });
}

/** The characters of a prime that the model never saw, each once, in their order. */
function unknownCharacters(prime: string, vocabulary: Vocabulary): readonly string[] {
  const isUnknown = (character: string) => vocabulary.encode(character).includes(Vocabulary.unknown);
  return [...new Set(normalized(prime))].filter(isUnknown);
}

function unknownSentence(unknown: readonly string[]): string {
  const named = unknown.slice(0, MAX_NAMED).map((character) => JSON.stringify(character).slice(1, -1));
  const rest = unknown.length > MAX_NAMED ? ` and ${unknown.length - MAX_NAMED} others` : '';
  return `This model does not know the characters ${named.join(' ')}${rest} of the prime, so it reads each as an unknown one; train it on files that have them.`;
}
