import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { UserFacingError } from '../../common/errors.ts';
import { importNetwork, writeModel } from '../../model/index.ts';
import { lockModel } from '../../common/lock-file.ts';
import { checkModelTarget } from '../options/model-target.ts';
import type { Output } from '../output/output.ts';

const HELP = `
SOURCE holds the parameters of a PyTorch module: an embedding (or one-hot input), one nn.LSTM, nn.GRU or nn.RNN, and a
linear layer, as 32- or 16-bit floats under any names. interop/char_rnn.py exports such files.

Examples:
  char-rnn import cluster.safetensors --model code.safetensors
  char-rnn import weights.safetensors --vocabulary characters.json --model code.safetensors
  char-rnn train src --model code.safetensors --resume`;

export function importCommand(output: Output): Command {
  return new Command('import')
    .description('Makes a model of a network that was trained elsewhere, such as with PyTorch on a cluster.')
    .argument('<source>', 'safetensors file')
    .addOption(new Option('--model <file>', 'model file to write').makeOptionMandatory())
    .addOption(
      new Option(
        '--vocabulary <file>',
        'JSON list of its characters by id (default: in the metadata of SOURCE)',
      ),
    )
    .addHelpText('after', HELP)
    .action(async (source: string, options: { model: string; vocabulary?: string }) => {
      const modelPath = resolve(options.model);
      if (await checkModelTarget(modelPath, [source], false)) {
        throw new UserFacingError(
          `There is a model ${options.model} already, which importing would replace; name another file, or remove it first.`,
        );
      }
      const model = await importNetwork(
        resolve(source),
        options.vocabulary === undefined ? undefined : resolve(options.vocabulary),
      );
      const lock = await lockModel(modelPath);
      try {
        await writeModel(modelPath, model);
      } finally {
        lock.release();
      }
      const { cell, layers, units, vocabularySize } = model.specification;
      await output.line(
        `imported ${cell}, ${layers} x ${units} units, ${vocabularySize} symbols, as ${options.model}`,
      );
    });
}
