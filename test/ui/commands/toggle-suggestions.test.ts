import { beforeEach, describe, expect, it, vi } from 'vitest';

type Enabled = Readonly<Record<string, boolean>>;
interface Scene {
  language: string | undefined;
  global: Enabled | undefined;
  workspace: Enabled | undefined;
}
const scene = vi.hoisted((): Scene => ({ language: 'c', global: undefined, workspace: undefined }));
const byDefault = { '*': true };
vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 'global', Workspace: 'workspace' },
  window: {
    get activeTextEditor() {
      return scene.language && { document: { languageId: scene.language } };
    },
    setStatusBarMessage: () => undefined,
  },
  workspace: {
    getConfiguration: () => ({
      // As VS Code does it: objects of all levels are merged.
      get: () => ({ ...byDefault, ...scene.global, ...scene.workspace }),
      inspect: () => ({
        defaultValue: byDefault,
        globalValue: scene.global,
        workspaceValue: scene.workspace,
      }),
      update: (_key: string, value: Enabled, target: 'global' | 'workspace') => {
        scene[target] = value;
        return Promise.resolve();
      },
    }),
  },
}));

const { toggleSuggestions } = await import('../../../src/ui/commands/toggle-suggestions.ts');
const { isEnabledFor } = await import('../../../src/settings.ts');

const isOn = (language: string): boolean =>
  isEnabledFor({ ...byDefault, ...scene.global, ...scene.workspace }, language);

describe('toggling suggestions', () => {
  beforeEach(() => Object.assign(scene, { language: 'c', global: undefined, workspace: undefined }));

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
      Object.assign(scene, { global, workspace });
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
    expect(scene.global).toEqual({ c: false });
    await toggleSuggestions();
    expect(scene.global).toEqual({});
  });

  it('switches everything where no editor is open', async () => {
    scene.language = undefined;
    await toggleSuggestions();
    expect(isOn('go')).toBe(false);
    await toggleSuggestions();
    expect(isOn('go')).toBe(true);
  });
});
