import { beforeEach, describe, expect, it } from 'vitest';
import { isEnabledFor } from '../../../src/session/index.ts';
import { toggleSuggestions } from '../../../src/ui/commands/toggle-suggestions.ts';
import { fake, resetFake } from '../../vscode-fake/index.ts';

type Enabled = Readonly<Record<string, boolean>>;
const KEY = 'charRnn.suggestions.enabled';
const byDefault = { '*': true };

/** The person's and the workspace's entries. */
const level = (name: 'global' | 'workspace') => fake.settings[name][KEY] as Enabled | undefined;
const set = (global: Enabled | undefined, workspace: Enabled | undefined): void => {
  fake.settings = { global: { [KEY]: global }, workspace: { [KEY]: workspace } };
};

const isOn = (language: string): boolean =>
  isEnabledFor({ ...byDefault, ...level('global'), ...level('workspace') }, language);

describe('toggling suggestions', () => {
  beforeEach(() => {
    resetFake();
    fake.defaults = { [KEY]: byDefault };
    fake.activeTextEditor = { document: { languageId: 'c' } };
  });

  for (const { name, global, workspace } of [
    { name: 'where nothing is set', global: undefined, workspace: undefined },
    { name: 'where the person turned the language off', global: { c: false }, workspace: undefined },
    { name: 'where all are off', global: { '*': false }, workspace: undefined },
    {
      name: 'where the workspace speaks of another language',
      global: { c: false },
      workspace: { go: false },
    },
    { name: 'where the workspace turned all off', global: { c: true }, workspace: { '*': false } },
    { name: 'where person and workspace differ', global: { c: true }, workspace: { c: false } },
  ] as { name: string; global: Enabled | undefined; workspace: Enabled | undefined }[]) {
    it(`switches the language and back ${name}, and leaves the others`, async () => {
      set(global, workspace);
      const before = isOn('c');
      const goBefore = isOn('go');
      await toggleSuggestions();
      expect(isOn('c')).toBe(!before);
      await toggleSuggestions();
      expect(isOn('c')).toBe(before);
      expect(isOn('go')).toBe(goBefore);
    });
  }

  it('leaves no entry that says nothing', async () => {
    await toggleSuggestions();
    expect(level('global')).toEqual({ c: false });
    await toggleSuggestions();
    expect(level('global')).toEqual({});
  });

  it('switches everything where no editor is open', async () => {
    fake.activeTextEditor = undefined;
    await toggleSuggestions();
    expect(isOn('go')).toBe(false);
    await toggleSuggestions();
    expect(isOn('go')).toBe(true);
  });
});
