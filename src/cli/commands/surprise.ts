import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { rateFile, loadNetwork, languageIdOf } from '../../completion/index.ts';
import type { LineSurprise } from '../../surprise/index.ts';
import { UserFacingError } from '../../common/errors.ts';
import { filesOfDiff, filesWithLines, type FileToRank } from '../diff/ranked-files.ts';
import { integerOption, jsonOption, numberOption } from '../options/option-values.ts';
import { UsageError } from '../output/exit-status.ts';
import type { Output } from '../output/output.ts';
import { readDiff } from '../source-text.ts';
import { knownWorkspace } from '../known-workspace.ts';

interface SurpriseFlags {
  readonly model: string;
  readonly workspace?: readonly string[];
  readonly diff?: string;
  readonly top: number;
  readonly failAbove?: number;
  readonly json?: true;
}

/** A line as it is printed. */
interface RankedLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units: where the most surprising token begins. */
  readonly column: number;
  /** Bits. */
  readonly surprise: number;
  readonly text: string;
  /** What would rather have stood at the column; empty where nothing in particular. */
  readonly expected: string;
}

const HELP = `
A line's surprise is -log2 of the probability that all of it is what was meant, in bits: at 1 bit a mistake is as
likely as none, in files that have one in every fortieth line. It is judged by the network of the model file together
with a context model of the files in --workspace, and by the other lines of the file itself. The FILEs are left out of
the workspace. Blank lines are not ranked.

With --diff only lines that a unified diff adds are ranked: of the FILEs, or of all files that it names when no FILE is
given. The files must be as they are after the diff. Its names are looked for from the root of the repository to the
present folder; one that leads out of there is read only if it is a FILE, too. A file that is no text is not ranked,
which is said on standard error.

Exit status: 0 done, 1 failed, or a line has more than --fail-above bits, 2 wrong usage.

Examples:
  char-rnn surprise src/main.c --model code.safetensors --workspace src
  git diff main | char-rnn surprise --diff - --model code.safetensors --workspace . --fail-above 6`;

export function surpriseCommand(output: Output): Command {
  return new Command('surprise')
    .description('Ranks lines by how little a code base would have written them, for reviews.')
    .argument('[file...]', 'text files; may be left out with --diff')
    .requiredOption('--model <file>', 'model file')
    .addOption(new Option('--workspace <path...>', 'files and folders of the same code base'))
    .addOption(new Option('--diff <file>', 'rank what a unified diff adds; - is standard input'))
    .addOption(integerOption('--top <n>', 'number of lines to print', 1).default(20))
    .addOption(
      numberOption(
        '--fail-above <bits>',
        'fail where a line has more bits',
        'of at least 0',
        (bits) => bits >= 0,
      ),
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(async (paths: string[], flags: SurpriseFlags) => {
      if (paths.length === 0 && flags.diff === undefined)
        throw new UsageError('Name a FILE or a --diff; see char-rnn surprise --help.');
      if (paths.includes('-'))
        throw new UsageError(
          'Standard input can only be the --diff; write the text to a file and name that.',
        );
      const files =
        flags.diff === undefined
          ? await filesWithLines(paths)
          : await filesOfDiff(
              await readDiff(flags.diff),
              paths,
              (sentence) => void process.stderr.write(`${sentence}\n`),
            );
      const ranked = await rank(files, flags, output.closed);
      const { failAbove } = flags;
      try {
        await print(output, ranked.slice(0, flags.top), flags.json === true);
      } finally {
        // The check must not pass because the reader of the output went away.
        if (failAbove !== undefined) failWhereAbove(ranked, failAbove);
      }
    });
}

/** All lines that are to be ranked, the most surprising first. */
async function rank(
  files: readonly FileToRank[],
  { model, workspace = [] }: SurpriseFlags,
  signal: AbortSignal,
): Promise<RankedLine[]> {
  const network = await loadNetwork(resolve(model));
  const known = await knownWorkspace(
    workspace,
    files.map(({ path }) => path),
    signal,
  );
  const ranked: RankedLine[] = [];
  for (const { path, text, isRanked } of files) {
    const name = resolve(path);
    const rated = await rateFile({ ...known, network }, { name, text, languageId: languageIdOf(path) });
    const lines = text.split('\n');
    for (const surprise of rated) {
      if (isRanked(surprise.line + 1)) ranked.push(shown(path, lines[surprise.line], surprise));
    }
  }
  return ranked.sort((a, b) => b.surprise - a.surprise);
}

function shown(path: string, text: string, { line, surprise, worst }: LineSurprise): RankedLine {
  return {
    path,
    line: line + 1,
    column: worst.start + 1,
    surprise: Math.round(surprise * 1000) / 1000,
    text,
    expected: worst.expected,
  };
}

async function print(output: Output, lines: readonly RankedLine[], isJson: boolean): Promise<void> {
  if (isJson) return output.json({ lines });
  for (const { path, line, column, surprise, text, expected } of lines) {
    const instead = expected === '' ? '' : `   (expected: ${expected})`;
    await output.line(
      `${surprise.toFixed(1).padStart(6)} bits  ${path}:${line}:${column}: ${text.trim()}${instead}`.replace(
        /\p{Cc}/gu,
        ' ',
      ),
    );
  }
}

function failWhereAbove(ranked: readonly RankedLine[], limit: number): void {
  const count = ranked.filter(({ surprise }) => surprise > limit).length;
  if (count === 0) return;
  const { path, line } = ranked[0];
  throw new UserFacingError(
    count === 1
      ? `One line has more than ${limit} bits (${path}:${line}); look at it, or raise --fail-above.`
      : `${count} lines have more than ${limit} bits (first ${path}:${line}); look at them, or raise --fail-above.`,
  );
}
