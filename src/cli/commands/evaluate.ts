import { resolve } from 'node:path';
import { Command } from 'commander';
import { measureTyped, type Network } from '../../completion/index.ts';
import { readCorpus, Vocabulary } from '../../corpus/index.ts';
import type { SourceFile } from '../../corpus/index.ts';
import { createWasmEngine } from '../../engine/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { readModel } from '../../model/index.ts';
import { evaluateFiles } from '../../training/index.ts';
import type { EvaluationResult } from '../../training/index.ts';
import { unlimitedCorpusOptions } from '../options/corpus-options.ts';
import { jsonOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';
import { loadAsInEditor } from '../text-predictor.ts';

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
      const measured = await evaluateFiles(
        engine,
        model.specification,
        model.weights,
        Vocabulary.fromSymbols(model.vocabulary),
        files,
        output.closed,
      );
      const result = model.specification.prior
        ? await together(measured, await loadAsInEditor(resolve(path)), files, output.closed)
        : measured;
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

/** What was measured of a network that was trained with a prior, with the predictions that suggestions are made by. */
async function together(
  measured: EvaluationResult,
  network: Network,
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<EvaluationResult> {
  // The context model predicts syllables, so the editor does not mix in a network that writes Hangul in jamo.
  if (network.vocabulary.decomposesHangul) return measured;
  const { characters, bits, bitsOfContextModel, correct } = await measureTyped(network, files, signal);
  const bitsPerCharacter = bits / characters;
  return {
    ...measured,
    bitsPerCharacter,
    perplexity: 2 ** bitsPerCharacter,
    accuracy: correct / characters,
    bitsPerCharacterMemory: bitsOfContextModel / characters,
  };
}
