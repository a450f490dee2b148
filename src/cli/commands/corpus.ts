import { relative } from 'node:path';
import { Command, Option } from 'commander';
import { readCorpus } from '../../corpus/index.ts';
import type { Corpus } from '../../corpus/index.ts';
import { corpusOptions } from '../options/corpus-options.ts';
import { jsonOption } from '../options/option-values.ts';
import type { Output } from '../output/output.ts';

export function corpusCommand(output: Output): Command {
  return new Command('corpus')
    .description('Shows what would be learnt from files and folders, and what would not and why.')
    .argument('<path...>', 'folders to walk, and files to take whatever their size and the ignore rules')
    .addOption(new Option('--text', 'print the very text that would be learnt').conflicts('json'))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  char-rnn corpus src --text | less')
    .action(async (paths: string[], options: { text?: true; json?: true }) => {
      const corpus = await readCorpus(corpusOptions(paths), { signal: output.closed });
      if (options.text) await writeText(output, corpus);
      else if (options.json) await writeJson(output, corpus);
      else await writeTable(output, corpus);
    });
}

async function writeText(output: Output, corpus: Corpus): Promise<void> {
  for (const { text } of corpus.files) await output.write(text);
}

async function writeJson(output: Output, { files, leftOut, characters }: Corpus): Promise<void> {
  await output.json({
    files: files.map((file) => ({ path: file.path, encoding: file.encoding, characters: file.characters })),
    leftOut: leftOut.map(({ path, reason }) => ({ path, reason })),
    characters,
  });
}

async function writeTable(output: Output, { files, leftOut, characters }: Corpus): Promise<void> {
  const lines = [
    `${files.length} files, ${characters} characters would be learnt:`,
    ...files.map(
      (file) => `${String(file.characters).padStart(10)}  ${file.encoding.padEnd(12)}  ${shown(file.path)}`,
    ),
    `${leftOut.length} left out:`,
    ...leftOut.map(({ path, reason }) => `  ${shown(path)}: ${reason}`),
  ];
  await output.line(lines.join('\n'));
}

/** A path with its control characters replaced, because a terminal would execute escape sequences in it. */
function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  const short = fromHere === '' ? '.' : fromHere.startsWith('..') ? path : fromHere;
  return short.replace(/\p{Cc}/gu, '?');
}
