import { resolve } from 'node:path';
import { Command } from 'commander';
import { languageIdOf, Suggester } from '../../completion/index.ts';
import { UsageError } from '../output/exit-status.ts';
import { indentationOf } from '../../session/index.ts';
import { loadAsInEditor, predictorFor } from '../text-predictor.ts';
import { integerOption, jsonOption, seedOption, temperatureOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';
import { offsetOf } from '../options/position.ts';
import { readSource } from '../source-text.ts';

interface CompleteFlags {
  readonly line?: number;
  readonly column?: number;
  readonly temperature: number;
  readonly seed: number;
  readonly maxLength: number;
  readonly json?: true;
}

const HELP = `
The cursor is at the end of SOURCE, or at --line and --column; columns are counted in UTF-16 code units, as editors
do, and --line alone is the end of that line. Nothing is printed where nothing is worth suggesting. A network that was
trained with a context model (--memory) predicts together with a context model of SOURCE up to the cursor; in the
editor, that also knows the files of the workspace.

Examples:
  char-rnn complete code.safetensors src/main.c --line 12 --column 9
  printf 'for (int i = ' | char-rnn complete code.safetensors - --json`;

export function completeCommand(output: Output): Command {
  return new Command('complete')
    .description('Suggests how a text goes on at the cursor.')
    .argument('<file>', 'model file')
    .argument('<source>', 'text file; - is standard input')
    .addOption(integerOption('--line <l>', 'line of the cursor, from 1', 1))
    .addOption(integerOption('--column <c>', 'column of the cursor, from 1', 1))
    .addOption(temperatureOption(0))
    .addOption(seedOption('the same seed suggests the same'))
    .addOption(
      integerOption('--max-length <n>', 'largest number of characters to suggest', 1, 500).default(80),
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (path: string, source: string, flags: CompleteFlags) => {
      const { line, column } = flags;
      if (line === undefined && column !== undefined) {
        throw new UsageError('--column says nothing without --line; give both, or --line alone.');
      }
      const text = await readSource(source);
      const offset = line === undefined ? text.length : offsetOf(text, { line, column });
      const document = source === '-' ? source : resolve(source);
      const prefix = text.slice(0, offset);
      const predictor = await predictorFor(await loadAsInEditor(resolve(path)), document, prefix);
      const languageId = languageIdOf(source);
      const suggestion = new Suggester(predictor).suggest({
        document,
        prefix,
        atFileStart: true,
        suffix: text.slice(offset),
        ...(languageId !== undefined && { languageId }),
        indentation: indentationOf(text),
        temperature: flags.temperature,
        seed: flags.seed,
        maxLength: flags.maxLength,
        eagerness: 'eager',
        explicit: true,
      });
      if (flags.json) {
        await output.json({ text: suggestion?.text ?? '', confidence: suggestion?.confidence ?? 0 });
      } else if (suggestion) {
        await output.write(output.isTerminal ? `${suggestion.text}\n` : suggestion.text);
      }
    });
}
