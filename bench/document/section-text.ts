import { isMachineDescription } from '../machine.ts';

/** What a section says of how it was measured. */
export interface Measurement {
  readonly command: string;
  /** Of this machine, as `describeMachine` has it. */
  readonly machine: string;
  /** Like 2026-11-29. */
  readonly date: string;
}

/** The text of a section: how it was measured, and what the benchmark printed, which stays as it is unless it has tables. */
export function sectionText({ command, machine, date }: Measurement, output: string): string {
  const lines = output.split('\n').filter((line) => !isMachineDescription(line));
  const printed = lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  const isMarkdown = lines.some((line) => line.startsWith('| '));
  const shown = isMarkdown ? printed : `\`\`\`text\n${printed}\n\`\`\``;
  return `\`npm run bench -- ${command}\`, ${date}, ${machine}:\n\n${shown}`;
}
