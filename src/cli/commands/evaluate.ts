import { resolve } from 'node:path';
import { Command } from 'commander';
import { readCorpus, Vocabulary } from '../../corpus/index.ts';
import { createWasmEngine } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { readModel } from '../../model/index.ts';
import { evaluateFiles } from '../../training/index.ts';
import { unlimitedCorpusOptions } from '../options/corpus-options.ts';
import { jsonOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';

export function evaluateCommand(output: Output): Command {
  return new Command('evaluate')
    .description('Measures how well a model predicts files, character by character.')
    .argument('<file>', 'model file')
    .argument('<path...>', 'files and folders it is measured on; better ones it has not learnt')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  char-rnn evaluate code.safetensors test/ --json')
    .action(async (path: string, paths: string[], options: { json?: true }) => {
      const model = await readModel(resolve(path));
      const { files } = await readCorpus(unlimitedCorpusOptions(paths), { signal: output.closed });
      const engine = await createWasmEngine();
      const result = await evaluateFiles(
        engine,
        model.specification,
        model.weights,
        Vocabulary.fromSymbols(model.vocabulary),
        files,
        output.closed,
      );
      if (!Number.isFinite(result.bitsPerCharacter)) {
        throw new UserFacingError(
          `The model ${path} predicts nothing that is a number, because its weights are out of all bounds; train it anew with a lower learning rate.`,
        );
      }
      if (options.json) {
        const { characters, bitsPerCharacter, perplexity, accuracy, ...parts } = result;
        await output.json({ characters, bitsPerCharacter, perplexity, accuracy, ...parts });
      } else {
        const { bitsPerCharacterAlone: alone, bitsPerCharacterMemory: contextModel } = result;
        await output.line(
          [
            `characters             ${result.characters}`,
            `bits per character     ${result.bitsPerCharacter.toFixed(4)}`,
            ...(alone === undefined ? [] : [`  network alone        ${alone.toFixed(4)}`]),
            ...(contextModel === undefined ? [] : [`  context model alone  ${contextModel.toFixed(4)}`]),
            `perplexity             ${result.perplexity.toFixed(3)}`,
            `accuracy               ${(100 * result.accuracy).toFixed(1)} %`,
          ].join('\n'),
        );
      }
    });
}
