import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { detailOf, sentenceOf, UserFacingError } from '../common/errors.ts';
import { completeCommand } from './commands/complete.ts';
import { corpusCommand } from './commands/corpus.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { EXIT_STATUS, UsageError } from './output/exit-status.ts';
import type { ExitStatus } from './output/exit-status.ts';
import { importCommand } from './commands/import.ts';
import { inspectCommand } from './commands/inspect.ts';
import { lspCommand } from './commands/lsp.ts';
import { catchInterrupts } from './interruption.ts';
import { Output, OutputClosedError } from './output/output.ts';
import { recipeCommand } from './commands/recipe.ts';
import { sampleCommand } from './commands/sample.ts';
import { surpriseCommand } from './commands/surprise.ts';
import { timelineCommand } from './commands/timeline.ts';
import { trainCommand } from './commands/train.ts';

const EXAMPLES = `
Examples:
  char-rnn corpus src                                what would be learnt, and what not and why
  char-rnn train src --model code.safetensors        learn it; Ctrl-C saves, --resume goes on
  char-rnn sample code.safetensors --prime "if ("    let the model write
  char-rnn recipe shakespeare                        as the classic networks were trained
  char-rnn complete code.safetensors src/main.c --line 12 --column 9
  char-rnn surprise src/main.c --model code.safetensors --workspace src

Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted (train saves its model first).`;

/** Runs the command that `parameters` ask for, and ends the process with its exit status. */
export async function run(parameters: readonly string[]): Promise<void> {
  catchInterrupts();
  const output = new Output(process.stdout);
  // There is nowhere to report that standard error cannot be written.
  process.stderr.on('error', () => undefined);
  let status: ExitStatus;
  try {
    status = await parse(parameters, output);
  } catch (error) {
    status = report(error);
  }
  // Everything written has been awaited; threads of the engine must not keep the process.
  process.exit(status);
}

async function parse(parameters: readonly string[], output: Output): Promise<ExitStatus> {
  let status: ExitStatus = EXIT_STATUS.done;
  /**
   * Ends a command's action; an interrupted training and a language server whose client went away end otherwise than
   * `done` without an error.
   */
  const end = (value: ExitStatus): void => {
    status = value;
  };
  const program = new Command('char-rnn')
    .description(
      'Trains a character-level recurrent network on your own text, on your own machine, and writes on from it.',
    )
    .version(version)
    .addHelpText('after', EXAMPLES);
  for (const command of [
    trainCommand(output, end),
    sampleCommand(output),
    evaluateCommand(output),
    completeCommand(output),
    surpriseCommand(output),
    inspectCommand(output),
    timelineCommand(output),
    recipeCommand(output, end),
    importCommand(output),
    corpusCommand(output),
    lspCommand(output, end),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    command.configureOutput({ outputError: (message, write) => write(usageSentence(message, command)) });
  }
  if (parameters.length === 0) throw new UsageError(`Name a command, such as train; see char-rnn --help.`);
  await program.parseAsync(parameters, { from: 'user' });
  return status;
}

/** Prints what went wrong to standard error. @returns the exit status for it. */
function report(error: unknown): ExitStatus {
  // Commander has written the help, the version or an error message.
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? EXIT_STATUS.done : EXIT_STATUS.wrongUsage;
  if (error instanceof OutputClosedError) return EXIT_STATUS.done;
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT_STATUS.wrongUsage;
  }
  if (process.env['CHAR_RNN_DEBUG']) {
    process.stderr.write(`${detailOf(error)}\n`);
  } else if (error instanceof UserFacingError) {
    process.stderr.write(`${error.message}\n`);
  } else {
    const what = sentenceOf(error).split('\n')[0];
    process.stderr.write(
      `Something unexpected went wrong in char-rnn (${what}); set CHAR_RNN_DEBUG=1 to see the details.\n`,
    );
  }
  return EXIT_STATUS.failed;
}

/** One sentence out of commander's message, such as "error: unknown option '--x'\n(Did you mean --y?)". */
function usageSentence(message: string, command: Command): string {
  const text = message
    .replace(/^error: /, '')
    .trim()
    .replace(/\.?\s*\n/g, ' ')
    .replace(/\.$/, '')
    .replace(/\. ([A-Z])/g, (_, letter: string) => `: ${letter.toLowerCase()}`);
  const name = command.parent ? `char-rnn ${command.name()}` : 'char-rnn';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}; see ${name} --help.\n`;
}
