import { describe, expect, it } from 'vitest';
import { sectionText } from '../../../bench/document/section-text.ts';
import { argumentsOf, isChosen, sectionsOf, withSection } from '../../../bench/document/sections.ts';
import { describeMachine, machine } from '../../../bench/machine.ts';

const MARKDOWN = `# Speed

<!-- measured: training --python $PYTHON -->

old

<!-- end of what was measured -->

Between.

<!-- measured: latency -->
<!-- end of what was measured -->
`;

describe('sections of a document', () => {
  it('are found with their commands, empty ones too', () => {
    const sections = sectionsOf(MARKDOWN);
    expect(sections.map(({ command }) => command)).toEqual(['training --python $PYTHON', 'latency']);
    expect(sections.map(({ start, end }) => MARKDOWN.slice(start, end))).toEqual(['\nold\n\n', '']);
  });

  it('change alone', () => {
    const changed = withSection(MARKDOWN, sectionsOf(MARKDOWN)[0], 'new');
    expect(changed).toBe(MARKDOWN.replace('old', 'new'));
    expect(sectionsOf(changed)).toHaveLength(2);
  });

  it('are refused without an end', () => {
    expect(() => sectionsOf(MARKDOWN.replace('<!-- end of what was measured -->', ''))).toThrow(
      'the section measured by "training --python $PYTHON" has no end',
    );
    expect(() => sectionsOf('<!-- measured: training -->\n')).toThrow('has no end');
  });
});

describe("a section's arguments", () => {
  it('have the values of the machine', () => {
    const values = new Map([
      ['PYTHON', '/opt/a b/python'],
      ['DATA', '/data'],
    ]);
    expect(argumentsOf('edits --before $DATA/a --python $PYTHON', values)).toEqual({
      args: ['edits', '--before', '/data/a', '--python', '/opt/a b/python'],
    });
  });

  it('name what is missing', () => {
    expect(argumentsOf('edits --before $DATA/a', new Map())).toEqual({ missing: 'DATA' });
  });
});

describe("a section's text", () => {
  const measurement = { command: 'training', machine: 'on 2 cores', date: '2026-11-29' };
  const line = describeMachine(machine());

  it('has the command, the date and the machine once, and tables as they are', () => {
    expect(sectionText(measurement, `${line}\n\ntitle\n\n| a | b |\n\n${line}\n\n\nmore\n`)).toBe(
      '`npm run bench -- training`, 2026-11-29, on 2 cores:\n\ntitle\n\n| a | b |\n\nmore',
    );
  });

  it('keeps the lines of what is no table', () => {
    expect(sectionText(measurement, `${line}\nfirst\n  second\n`)).toBe(
      '`npm run bench -- training`, 2026-11-29, on 2 cores:\n\n```text\nfirst\n  second\n```',
    );
  });
});

describe('isChosen', () => {
  it('takes commands by whole words of their beginning', () => {
    const command = 'training --units 51 --narrow';
    expect(isChosen(command, undefined)).toBe(true);
    expect(isChosen(command, ['edits', 'training'])).toBe(true);
    expect(isChosen(command, ['training --units 51'])).toBe(true);
    expect(isChosen(command, ['training --units 5', 'train'])).toBe(false);
  });
});
