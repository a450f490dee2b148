import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { UsageError } from '../benchmark.ts';
import type { Benchmark } from '../benchmark.ts';
import { outputOfProgram, runProgram } from '../child.ts';
import { describeMachine, machine } from '../machine.ts';
import { sectionText } from './section-text.ts';
import { argumentsOf, isChosen, sectionsOf, withSection } from './sections.ts';
import type { Section } from './sections.ts';

/**
 * Measures a document's sections anew, one after the other, each with the command that it names, and writes the
 * document after each. A section whose benchmark fails, or needs what this machine lacks, stays as it is.
 */
export const document: Benchmark = {
  usage: '[FILE] [--set NAME=VALUE]... [--only BEGINNING-OF-COMMAND]...',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { set: { type: 'string', multiple: true }, only: { type: 'string', multiple: true } },
      allowPositionals: true,
    });
    const file = positionals.at(0) ?? 'docs/benchmarks.md';
    const settings = settingsOf(values.set ?? []);
    const sections = sectionsOf(await readFile(file, 'utf8'));
    const chosen = sections.filter(({ command }) => isChosen(command, values.only));
    if (chosen.length === 0) throw new UsageError(`${file} has no section to measure`);
    const failures: string[] = [];
    for (const { command } of chosen) {
      console.log(command);
      const failure = await measure(file, command, settings);
      if (failure === undefined) continue;
      console.log(`  ${failure}`);
      failures.push(command);
    }
    if (failures.length > 0) {
      throw new Error(`${failures.length} of ${chosen.length} sections stay as they were`);
    }
  },
};

/** Of options like `PYTHON=/usr/bin/python3`. @throws UsageError */
function settingsOf(options: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    options.map((option) => {
      const equals = option.indexOf('=');
      if (equals < 1) throw new UsageError(`--set ${option} must be NAME=VALUE`);
      return [option.slice(0, equals), option.slice(equals + 1)];
    }),
  );
}

/** @returns why the section stays as it was, or undefined. */
async function measure(
  file: string,
  command: string,
  settings: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const resolved = argumentsOf(command, settings);
  if ('missing' in resolved) return `not measured: --set ${resolved.missing}=... is missing`;
  const described = describeMachine(machine());
  const output = await outputOfProgram(process.argv[1], resolved.args);
  if (output === undefined) return 'not measured: the benchmark failed, see above';
  const date = new Date().toISOString().slice(0, 10);
  const markdown = await readFile(file, 'utf8');
  const changed = withSection(
    markdown,
    sectionOf(markdown, command),
    sectionText({ command, machine: described, date }, output),
  );
  await writeFile(file, changed);
  await runProgram('node_modules/prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', file]);
  return undefined;
}

/** The section is looked for again, because the document may have been edited while the benchmark ran. */
function sectionOf(markdown: string, command: string): Section {
  const found = sectionsOf(markdown).find((section) => section.command === command);
  if (found === undefined) throw new Error(`the section of "${command}" is gone`);
  return found;
}
