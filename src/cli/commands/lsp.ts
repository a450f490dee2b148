import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { BASE_NETWORK, TRAINING_PROCESS } from '../programs.ts';
import { EXIT_STATUS } from '../output/exit-status.ts';
import type { ExitStatus } from '../output/exit-status.ts';
import { integerOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';

interface LspFlags {
  readonly clientProcessId?: number;
}

const HELP = `
Editors start it and speak the Language Server Protocol (3.18) with it over standard input and output: inline
completions as you type, and commands to train. Standard error has the log. See docs/editors.md for settings, commands
and how to set up Neovim, Emacs and Helix.`;

/** @param end called with the exit status: whether the client shut the server down as the protocol says. */
export function lspCommand(output: Output, end: (status: ExitStatus) => void): Command {
  return new Command('lsp')
    .description('Serves editors over the Language Server Protocol.')
    .option('--stdio', 'speak over standard input and output, as it does in any case')
    .addOption(integerOption('--clientProcessId <pid>', 'end when this process ends', 1))
    .addHelpText('after', HELP)
    .action(async ({ clientProcessId }: LspFlags) => {
      const { serve } = await import('../../lsp/index.ts');
      const program = fileURLToPath(import.meta.url);
      const isOrderly = await serve(
        { input: process.stdin, output: process.stdout, log: process.stderr, closed: output.closed },
        {
          worker: program,
          training: [program, TRAINING_PROCESS],
          basePath: existsSync(BASE_NETWORK) ? BASE_NETWORK : undefined,
        },
        clientProcessId,
      );
      end(isOrderly ? EXIT_STATUS.done : EXIT_STATUS.failed);
    });
}
